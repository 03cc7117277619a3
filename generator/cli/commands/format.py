"""`ipcgen format`: files in their one layout."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from generator.cli.compile import print_all
from generator.cli.files import Usage, write_if_changed
from generator.format import difference, format_source
from generator.source import Diagnostic, decode

_STDIN = "-"


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it was read; `formatted` is None where it has mistakes."""

    path: str
    text: str
    formatted: str | None
    mistakes: list[Diagnostic]

    @property
    def name(self) -> str:
        return _name(self.path)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--check", action="store_true", help="write nothing; show what would change, and fail for it"
    )
    what.add_argument("--stdout", action="store_true", help="print the files, write nothing")
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="`-` goes from standard input to standard output"
    )


def run(options: argparse.Namespace) -> int:
    """Formats each file that has no mistakes of form, whatever is wrong with the others."""
    files = [_format(path) for path in options.files]
    print_all([found for file in files for found in file.mistakes])
    sound = [file for file in files if file.formatted is not None]
    if options.check:
        return 1 if _show_changes(sound) or len(sound) < len(files) else 0
    for file in sound:
        if options.stdout or file.path == _STDIN:
            sys.stdout.buffer.write(file.formatted.encode("utf-8"))
        else:
            write_if_changed(Path(file.path), file.formatted)
    return 0 if len(sound) == len(files) else 1


def _format(path: str) -> _File:
    if path != _STDIN and not Path(path).is_file():
        raise Usage(f"there is no file {path}")
    data = sys.stdin.buffer.read() if path == _STDIN else Path(path).read_bytes()
    source, not_utf8 = decode(_name(path), data)
    if not_utf8:
        return _File(path, source.text, None, [not_utf8])
    formatted, mistakes = format_source(source)
    return _File(path, data.decode("utf-8"), formatted, mistakes)


def _show_changes(files: list[_File]) -> bool:
    """Prints what formatting would change; whether it is anything."""
    changed = [file for file in files if file.formatted != file.text]
    for file in changed:
        print(difference(file.name, file.text, file.formatted), end="")
    for file in changed:
        print(f"{file.name}: not as ipcgen format writes it", file=sys.stderr)
    return bool(changed)


def _name(path: str) -> str:
    return "<stdin>" if path == _STDIN else path
