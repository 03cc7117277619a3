"""The mojoms of a folder as one program, of which parts may be missing."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from generator.sema import Compilation

_SUFFIXES = (".mojom", ".test-mojom")


def compilation_of(root: Path) -> Compilation:
    """Of every mojom below `root`; an import is looked up from each folder above its file."""
    paths = _paths_below(root)
    files = frozenset(paths)

    def above(importer: str, path: str) -> Iterable[str]:
        return (name for name in _names_above(importer, path) if name in files)

    return Compilation(tuple(paths), (root,), candidates=above, opaque_imports=True)


def _paths_below(root: Path) -> list[str]:
    """Relative to the folder, in an order that every disk has."""
    found = []
    for folder, _, names in os.walk(root):
        below = os.path.relpath(folder, root).replace(os.sep, "/")
        found += [f"{below}/{name}" for name in names if name.endswith(_SUFFIXES)]
    return sorted(path.removeprefix("./") for path in found)


def _names_above(importer: str, path: str) -> Iterable[str]:
    """What an import's path means from each folder above a file, the nearest first."""
    folder = importer
    while folder:
        folder = folder.rpartition("/")[0]
        yield f"{folder}/{path}" if folder else path
