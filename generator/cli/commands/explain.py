"""`ipcgen explain ID`: more about a diagnostic, a rule of lint, or a rule of breaking."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from generator import breaking, lint
from generator.cli.files import Usage
from generator.source.catalogue import CATALOGUE, Entry


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "id",
        metavar="ID",
        nargs="?",
        help="what stands in brackets: IPC0031, sync-call; without it, all are listed",
    )


def run(options: argparse.Namespace) -> int:
    """Prints a title and a paragraph; the titles of all when none is asked for."""
    if options.id is None:
        print("\n\n".join(_lists()))
        return 0
    id = options.id.upper() if options.id.upper() in CATALOGUE else options.id
    entry = CATALOGUE.get(id) or lint.find(id) or breaking.find(id)
    if entry is None:
        raise Usage(f"there is no diagnostic and no rule {id}; {_way_out(id)}")
    print(f"{entry.id}: {entry.title}\n")
    print(textwrap.fill(entry.explanation, 80, break_long_words=False))
    return 0


def _lists() -> Iterator[str]:
    yield _list("What the compiler says:", CATALOGUE.values())
    yield _list("Rules of lint:", map(lint.find, lint.RULES))
    yield _list("Rules of breaking:", map(breaking.find, breaking.RULES))


def _list(title: str, entries: Iterable[Entry]) -> str:
    rows = [(entry.id, entry.title) for entry in entries]
    width = max(len(id) for id, _ in rows)
    return "\n".join((title, *(f"  {id:{width}}  {said}" for id, said in rows)))


def _way_out(id: str) -> str:
    close = get_close_matches(id, (*CATALOGUE, *lint.RULES, *breaking.RULES), 1, 0.8)
    return f"did you mean {close[0]}?" if close else "`ipcgen explain` lists them all"
