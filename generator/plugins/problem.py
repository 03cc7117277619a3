"""Mistakes in a user's templates, said as those in .ipc files are."""

from __future__ import annotations

from pathlib import Path
from traceback import walk_tb


class Problem(Exception):
    """Something in a user's folder is wrong; the text is ready to be printed."""


def problem(place: str, line: int, source: str, said: str, notes: list[str]) -> Problem:
    """`place` is a file and `source` its text; `said` may have lines of help below the first."""
    what, *help = said.strip().splitlines() or ["it failed and does not say why"]
    lines = source.splitlines()
    shown = [f"{line} | {lines[line - 1].rstrip()}"] if 0 < line <= len(lines) else []
    more = [f"  = {text}" for text in (*(f"help: {one.strip()}" for one in help), *notes)]
    return Problem("\n".join([f"{place}:{line}: error: {what}", *shown, *more]))


def frames_in(failure: BaseException, folder: Path) -> list[tuple[Path, int]]:
    """Files of a folder and lines in them that a failure came through, outermost first."""
    found = []
    for frame, line in walk_tb(failure.__traceback__):
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(folder):
            found.append((path, line))
    return found
