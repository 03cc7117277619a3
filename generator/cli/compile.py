"""The front end, run over the files of a command line."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path

from generator import ir
from generator.cli.files import Usage, path_in_roots
from generator.sema import Compilation, analyze
from generator.source import Diagnostic, Severity, render


def add_inputs(parser: argparse.ArgumentParser) -> None:
    """The arguments that compile_files() reads."""
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


def compile_files(options: argparse.Namespace) -> tuple[Compilation, ir.Program] | None:
    """Prints every diagnostic; None when one is an error.

    A run only ever adds objects and ends soon: looking for garbage would take a third of its time.
    """
    gc.disable()
    roots = tuple(Path(root) for root in options.roots or ["."])
    for root in roots:
        if not root.is_dir():
            raise Usage(f"there is no folder {root}")
    paths = dict.fromkeys(path_in_roots(file, roots) for file in options.files)
    compilation = Compilation(tuple(paths), roots, frozenset(options.enable))
    program = analyze(compilation)
    order = {unit.path: at for at, unit in enumerate(compilation.units)}
    print_all(
        sorted(
            compilation.diagnostics,
            key=lambda found: (order[found.span.file.path], found.span.start),
        )
    )
    return (compilation, program) if program else None


def print_all(diagnostics: list[Diagnostic]) -> None:
    """To stderr, with the number of errors at the end."""
    if diagnostics:
        print("\n".join(render(found) for found in diagnostics), file=sys.stderr)
    errors = sum(found.severity is Severity.ERROR for found in diagnostics)
    if errors:
        print(f"ipcgen: {errors} error{'s' if errors > 1 else ''}", file=sys.stderr)
