"""The files that are open in the editor, as it has them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from generator.lsp.positions import Lines
from generator.lsp.protocol import get

_AXES = ("line", "character")


@dataclass
class Document:
    """`uri` is the editor's own spelling: it is answered as it came."""

    uri: str
    path: Path
    version: int | None
    text: str

    def change(self, change: dict) -> None:
        """Applies one of the changes of a didChange: a range's new text, or all of it."""
        text = get(change, "text", str)
        if change.get("range") is None:
            self.text = text
            return
        lines = Lines(self.text)
        start, end = (
            lines.offset(*(get(change, f"range.{end}.{axis}", int) for axis in _AXES))
            for end in ("start", "end")
        )
        self.text = self.text[:start] + text + self.text[max(start, end) :]


class Documents:
    """Open documents by path. A document that is no file (`untitled:`) is not kept."""

    def __init__(self) -> None:
        self._open: dict[Path, Document] = {}

    def __iter__(self) -> Iterator[Document]:
        return iter(self._open.values())

    def open(self, uri: str, version: int | None, text: str) -> None:
        path = path_of(uri)
        if path is not None:
            self._open[path] = Document(uri, path, version, text)

    def close(self, uri: str) -> None:
        self._open.pop(path_of(uri), None)

    def get(self, path: Path | None) -> Document | None:
        return self._open.get(path)

    def uri(self, path: Path) -> str:
        document = self._open.get(path)
        return document.uri if document else path.as_uri()

    def read(self, path: Path) -> bytes | None:
        """A file as the editor has it, else as the disk has it; None when neither does."""
        document = self._open.get(path)
        if document:
            return document.text.encode("utf-8", "replace")
        try:
            return path.read_bytes() if path.is_file() else None
        except OSError:
            return None


def path_of(uri: str) -> Path | None:
    """The file that a URI names, None when it names something else."""
    parts = urlsplit(uri)
    if parts.scheme != "file":
        return None
    path = os.path.normpath(url2pathname(parts.path))
    return Path(path) if os.path.isabs(path) and "\0" not in path else None
