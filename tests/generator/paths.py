"""Where the project is, for tests that need more of it than their own folder."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
