"""`ipcgen COMMAND`; commands/ has a module for each.

Exit codes: 0 all is well (there may be warnings), 1 the files have errors, 2 the command is wrong
or the disk is.
"""

from __future__ import annotations

import argparse
import importlib
import sys

from generator.cli.commands import COMMANDS
from generator.cli.files import Usage


def main(arguments: list[str]) -> int:
    """Runs one command and returns its exit code."""
    options = _parser(arguments).parse_args(arguments)
    try:
        return options.run(options)
    except (Usage, OSError) as problem:
        print(f"ipcgen: {problem}", file=sys.stderr)
        return 2


def _parser(arguments: list[str]) -> argparse.ArgumentParser:
    """Of every command the name; what it takes only of the one that `arguments` begin with."""
    parser = argparse.ArgumentParser(prog="ipcgen", description="The compiler of .ipc files.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, help in COMMANDS.items():
        command = commands.add_parser(name, help=help)
        if arguments[:1] == [name]:
            module = importlib.import_module(f"generator.cli.commands.{name}")
            command.set_defaults(run=module.run)
            module.add_arguments(command)
    return parser
