"""`ipcgen generate | check | explain`.

Exit codes: 0 all is well (there may be warnings), 1 the files have errors, 2 the command is wrong
or the disk is.
"""

from __future__ import annotations

import argparse
import sys

from generator.cli.files import Usage


def main(arguments: list[str]) -> int:
    """Runs one command and returns its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except (Usage, OSError) as problem:
        print(f"ipcgen: {problem}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ipcgen", description="The compiler of .ipc files.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    generate = commands.add_parser("generate", help="write code for .ipc files")
    generate.set_defaults(run=_generate)
    generate.add_argument(
        "--backend", action="append", required=True, metavar="NAME", help="cpp or proto; repeatable"
    )
    generate.add_argument("--out", required=True, metavar="DIR", help="folder for the files")
    generate.add_argument("--depfile", metavar="FILE", help="write what was read, for ninja")
    generate.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a setting of a backend; repeatable",
    )
    _add_inputs(generate)

    check = commands.add_parser("check", help="report mistakes and write nothing")
    check.set_defaults(run=_check)
    _add_inputs(check)

    explain = commands.add_parser("explain", help="say more about a diagnostic")
    explain.set_defaults(run=_explain)
    explain.add_argument("id", metavar="IPC0031")
    return parser


def _add_inputs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-I",
        action="append",
        dest="roots",
        metavar="ROOT",
        help="folder that import paths are relative to; repeatable; default: the current one",
    )
    parser.add_argument(
        "--enable",
        action="append",
        default=[],
        metavar="FEATURE",
        help="feature that EnableIf asks for; repeatable",
    )
    parser.add_argument("files", nargs="+", metavar="FILE")


def _generate(options: argparse.Namespace) -> int:
    from generator.cli.generate import generate

    return generate(options)


def _check(options: argparse.Namespace) -> int:
    from generator.cli.compile import compile_files

    return 0 if compile_files(options) else 1


def _explain(options: argparse.Namespace) -> int:
    from generator.cli.explain import explain

    return explain(options.id)
