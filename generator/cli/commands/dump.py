"""`ipcgen dump`: what the compiler makes of files, as JSON."""

from __future__ import annotations

import argparse
import sys

from generator.cli.compile import add_inputs, compile_files
from generator.dump import SCHEMA, dump


class _PrintSchema(argparse.Action):
    """--schema needs no files, as --help needs none."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        sys.stdout.write(SCHEMA.read_text(encoding="utf-8"))
        parser.exit()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--schema", action=_PrintSchema, nargs=0, help="print the JSON Schema of the output instead"
    )
    add_inputs(parser)


def run(options: argparse.Namespace) -> int:
    """Prints the files that were named and all that they import; nothing when there are errors."""
    compiled = compile_files(options)
    if compiled is None:
        return 1
    sys.stdout.write(dump(compiled[1]))
    return 0
