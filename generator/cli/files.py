"""Files on disk: what is read is named relative to an import root, what is written only changes."""

from __future__ import annotations

import os
from pathlib import Path


class Usage(Exception):
    """The command itself is wrong; the text says how."""


def path_in_roots(file: str, roots: tuple[Path, ...]) -> str:
    """The name that a file of the command line has in the program: relative to its import root.

    The file may be given as the shell sees it or already relative to a root.
    """
    if not os.path.isfile(file):
        named = os.path.normpath(file)
        if not named.startswith("..") and any((root / named).is_file() for root in roots):
            return named
        raise Usage(f"there is no file {file}")
    for root in roots:
        relative = os.path.relpath(file, root)
        if not relative.startswith(".."):
            return relative.replace(os.sep, "/")
    raise Usage(f"{file} is in no import root; give its folder with -I")


def write_if_changed(path: Path, text: str) -> None:
    """Leaves a file that has the text already alone, so that nothing is built again for it."""
    data = text.encode("utf-8")
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def depfile_text(target: str, inputs: list[str]) -> str:
    """A rule in make's syntax, as ninja reads it."""

    def escape(path: str) -> str:
        return path.replace(" ", "\\ ").replace("$", "$$")

    return f"{escape(target)}: {' '.join(escape(path) for path in inputs)}\n"
