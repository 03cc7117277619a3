"""The planted bugs stay plantable: each patch applies to the tree as it is, and says what it breaks.

tests/simulation/plant shows that each is caught.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATCHES = sorted((Path(__file__).parent / "bugs").glob("*.patch"))


def test_there_are_twenty() -> None:
    assert len(PATCHES) == 20


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.stem)
def test_it_says_what_it_breaks_and_applies(patch: Path) -> None:
    title, blank, first = patch.read_text(encoding="utf-8").splitlines()[:3]
    checked = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "apply", "--check", "-C0", str(patch)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )

    assert title.endswith(".") and blank == ""
    assert first.startswith("--- a/runtime/")
    assert checked.returncode == 0, checked.stdout
