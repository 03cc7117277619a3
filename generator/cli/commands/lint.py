"""`ipcgen lint`: what is allowed and regretted later."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from generator.cli.compile import add_inputs, compile_files
from generator.cli.files import Usage
from generator.lint import UnknownRule, choose, lint, render_rules, settings_choice
from generator.source import render

_SETTINGS = Path(".ipcgen")


class _PrintRules(argparse.Action):
    """--list needs no files, as --help needs none."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        sys.stdout.write(render_rules())
        parser.exit()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--list", action=_PrintRules, nargs=0, help="print the rules instead")
    for name, help in (("--only", "run this rule or category"), ("--disable", "leave it out")):
        parser.add_argument(
            name, action="append", default=[], metavar="RULE", help=f"{help}; repeatable"
        )
    add_inputs(parser)


def run(options: argparse.Namespace) -> int:
    """Prints the findings in the files that were named; 1 when there is one."""
    try:
        chosen = choose(options.only, [*options.disable, *_disabled_here()])
    except UnknownRule as problem:
        raise Usage(str(problem)) from problem
    compiled = compile_files(options)
    if compiled is None:
        return 1
    found = lint(compiled[0], chosen)
    print("\n".join(render(diagnostic) for diagnostic in found), end="")
    if found:
        print(f"ipcgen: {len(found)} finding{'s' if len(found) > 1 else ''}", file=sys.stderr)
    return 1 if found else 0


def _disabled_here() -> list[str]:
    """What the settings of the current folder disable; editors read the same file."""
    if not _SETTINGS.is_file():
        return []
    try:
        settings = json.loads(_SETTINGS.read_bytes())
    except (ValueError, RecursionError) as problem:
        raise Usage(f"{_SETTINGS}: {problem}") from problem
    return settings_choice(settings, str(_SETTINGS))
