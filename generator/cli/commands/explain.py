"""`ipcgen explain IPC0031`."""

from __future__ import annotations

import argparse
import textwrap

from generator.cli.files import Usage
from generator.source.catalogue import CATALOGUE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="IPC0031")


def run(options: argparse.Namespace) -> int:
    """Prints a diagnostic's title and paragraph."""
    entry = CATALOGUE.get(options.id.upper())
    if entry is None:
        raise Usage(f"there is no diagnostic {options.id}; they go from IPC0001 to {max(CATALOGUE)}")
    print(f"{entry.id}: {entry.title}\n")
    print(textwrap.fill(entry.explanation, 80, break_long_words=False))
    return 0
