"""Bytes to the text of a source file."""

from __future__ import annotations

from generator.source.diagnostic import Diagnostic, error
from generator.source.file import SourceFile, Span

_MARK = "\ufeff"


def decode(path: str, data: bytes, disk_path: str = "") -> tuple[SourceFile, Diagnostic | None]:
    """The file under the name that users know it by, and what is wrong where it is not UTF-8.

    A byte order mark at the beginning is no part of the text.
    """
    try:
        return SourceFile(path, data.decode("utf-8").removeprefix(_MARK), disk_path), None
    except UnicodeDecodeError as failure:
        source = SourceFile(path, data.decode("utf-8", "replace").removeprefix(_MARK), disk_path)
        at = len(data[: failure.start].decode("utf-8").removeprefix(_MARK))
        bad = Span(source, at, at + 1)
        return source, error("IPC0006", bad, "this is not UTF-8", help="save the file as UTF-8")
