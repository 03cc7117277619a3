"""`ipcgen docs`: reference pages of the files that were named and of all that they import."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.cli.compile import add_inputs, compile_files
from generator.cli.files import write_if_changed
from generator.docs import site


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", required=True, metavar="DIR", help="folder for the pages")
    parser.add_argument(
        "--title", default="IPC reference", metavar="TEXT", help="what stands above every page"
    )
    add_inputs(parser)


def run(options: argparse.Namespace) -> int:
    """Writes the pages; nothing at all when the program has errors."""
    compiled = compile_files(options)
    if compiled is None:
        return 1
    _, program = compiled
    for path, text in site(program, options.title).items():
        write_if_changed(Path(options.out) / path, text)
    return 0
