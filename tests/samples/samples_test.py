"""The samples, run as build/demo runs them, against what is said of them."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / os.environ.get("IPC_OUT_DIR", "out/gcc")
SECONDS = 60


def told_in(readme: Path) -> list[str]:
    """The lines of the README's block that begins as the program does."""
    blocks = re.findall(r"^```\n(main .*?)^```$", readme.read_text(encoding="utf-8"), re.M | re.S)
    assert len(blocks) == 1
    return blocks[0].splitlines()


def test_the_editor_prints_the_story_of_its_readme() -> None:
    run = subprocess.run(
        [OUT / "samples/editor/main"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )

    assert run.stdout.splitlines() == told_in(ROOT / "samples/editor/README.md"), run.stderr
    assert run.returncode == 0
