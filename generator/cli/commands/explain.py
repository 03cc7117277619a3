"""`ipcgen explain ID`: more about a diagnostic, a rule of lint, or a rule of breaking."""

from __future__ import annotations

import argparse
import textwrap
from difflib import get_close_matches

from generator import breaking, lint
from generator.cli.files import Usage
from generator.source.catalogue import CATALOGUE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="what stands in brackets: IPC0031, sync-call")


def run(options: argparse.Namespace) -> int:
    """Prints a title and a paragraph."""
    id = options.id.upper() if options.id.upper() in CATALOGUE else options.id
    entry = CATALOGUE.get(id) or lint.find(id) or breaking.find(id)
    if entry is None:
        raise Usage(f"there is no diagnostic and no rule {id}; {_way_out(id)}")
    print(f"{entry.id}: {entry.title}\n")
    print(textwrap.fill(entry.explanation, 80, break_long_words=False))
    return 0


def _way_out(id: str) -> str:
    close = get_close_matches(id, (*lint.RULES, *breaking.RULES), 1)
    return f"did you mean {close[0]}?" if close else f"numbers go from IPC0001 to {max(CATALOGUE)}"
