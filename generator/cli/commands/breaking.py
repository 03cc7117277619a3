"""`ipcgen breaking OLD NEW`: what stops old and new programs from understanding each other."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator import ir
from generator.breaking import Payload, compare, render_report, render_rules
from generator.cli.compile import print_all
from generator.cli.files import Usage
from generator.dump import DumpError, load
from generator.sema import Compilation, analyze
from generator.source import Severity

_PAYLOADS = {"bytes": Payload.BYTES, "json": Payload.JSON, "both": Payload.BOTH}


class _PrintRules(argparse.Action):
    """--list needs no versions, as --help needs none."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        sys.stdout.write(render_rules())
        parser.exit()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--list", action=_PrintRules, nargs=0, help="print the rules instead")
    parser.add_argument(
        "--all", action="store_true", help="compare also data that no channel carries"
    )
    parser.add_argument(
        "--payload",
        choices=_PAYLOADS,
        default="both",
        help="what applications send: bytes when all of them use typed stubs; default: both",
    )
    parser.add_argument(
        "--enable",
        action="append",
        default=[],
        metavar="FEATURE",
        help="feature that EnableIf asks for; repeatable",
    )
    for name in ("old", "new"):
        parser.add_argument(
            name,
            metavar=name.upper(),
            help="an import root, whose files are all compared, or the output of `ipcgen dump`",
        )


def run(options: argparse.Namespace) -> int:
    """Prints the report; 1 when something breaks."""
    features = frozenset(options.enable)
    old, new = (_program(Path(given), features) for given in (options.old, options.new))
    if old is None or new is None:
        return 2
    report = compare(old, new, all=options.all, payload=_PAYLOADS[options.payload])
    sys.stdout.write(render_report(report))
    return 1 if report.breaks() else 0


def _program(given: Path, features: frozenset[str]) -> ir.Program | None:
    """One version; None when it has errors, which are printed."""
    if given.suffix == ".json":
        try:
            return load(given.read_text(encoding="utf-8"))
        except (DumpError, UnicodeDecodeError) as problem:
            raise Usage(f"{given}: {problem}") from problem
    if not given.is_dir():
        raise Usage(f"there is no folder {given}, and it is no .json file")
    paths = sorted(path.relative_to(given).as_posix() for path in given.rglob("*.ipc"))
    if not paths:
        raise Usage(f"there are no .ipc files in {given}")
    compilation = Compilation(tuple(paths), (given,), features)
    program = analyze(compilation)
    print_all([one for one in compilation.diagnostics if one.severity is Severity.ERROR])
    return program
