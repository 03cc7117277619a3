"""Where fuzzing begins: files that people wrote, good ones and bad ones."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from paths import ROOT


@dataclass(frozen=True)
class Seed:
    """A file, and the folders that its imports are looked up in."""

    path: Path
    text: str
    roots: tuple[Path, ...]


def seeds(corpus: Path | None = None) -> list[Seed]:
    """Every .ipc of the project, and of another folder every mojom, in a fixed order."""
    listed = subprocess.run(
        ["git", "ls-files", "*.ipc"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    paths = [ROOT / name for name in listed.stdout.splitlines()]
    if corpus:
        paths += sorted(path for path in corpus.rglob("*mojom") if path.is_file())
    root = corpus or ROOT
    return [
        Seed(path, path.read_text(encoding="utf-8", errors="replace"), (path.parent, ROOT, root))
        for path in paths
        if path.is_file()
    ]


class Imports:
    """Reads what files import, from memory when it was asked for before.

    What is imported stands without imports of its own: a mojom's would be hundreds of files.
    """

    def __init__(self) -> None:
        self._known: dict[Path, bytes | None] = {}

    def of(self, seed: Seed, path: str) -> bytes | None:
        """What `path` means to a seed; a file that is not there is one that is empty, at times."""
        for root in seed.roots:
            data = self._read(root / path)
            if data is not None:
                return data
        return b"" if len(path) % 2 else None

    def _read(self, path: Path) -> bytes | None:
        if path not in self._known:
            self._known[path] = _without_imports(path) if _is_file(path) else None
        return self._known[path]


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that no disk can hold
        return False


def _without_imports(path: Path) -> bytes:
    lines = path.read_bytes().split(b"\n")
    return b"\n".join(line for line in lines if not line.startswith(b"import "))
