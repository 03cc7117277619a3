"""`ipcgen generate`: the front end once, then every backend over every file that was named."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from pathlib import Path

from generator import ir
from generator.cli.compile import add_inputs, compile_files, print_all
from generator.cli.files import Usage, depfile_text, write_if_changed
from generator.sema import Compilation
from generator.source import Diagnostic

_HOME = Path(__file__).resolve().parents[2]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--backend", action="append", required=True, metavar="NAME", help="cpp or proto; repeatable"
    )
    parser.add_argument("--out", required=True, metavar="DIR", help="folder for the files")
    parser.add_argument("--depfile", metavar="FILE", help="write what was read, for ninja")
    parser.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a setting of a backend; repeatable",
    )
    add_inputs(parser)


def run(options: argparse.Namespace) -> int:
    """Writes the files; nothing at all when the program has errors."""
    backends = {name: _load(name) for name in dict.fromkeys(options.backend)}
    settings = ir.Options(tuple(_setting(text) for text in options.option))
    compiled = compile_files(options)
    if compiled is None:
        return 1
    compilation, program = compiled
    files: dict[str, str] = {}
    left_out: list[Diagnostic] = []
    for path in program.roots:
        module = program.module(path)
        for name, backend in backends.items():
            left_out += backend.unsupported(program, module)
            made = backend.generate(program, module, settings)
            if not made:
                print_all(left_out)
                print(f"ipcgen: backend {name} has nothing to write for {path}", file=sys.stderr)
                return 1
            files.update(made)
    print_all(left_out)
    out = Path(options.out)
    for path, text in files.items():
        write_if_changed(out / path, text)
    if options.depfile:
        inputs = _inputs(compilation, list(backends))
        target = os.path.join(options.out, next(iter(files)))
        write_if_changed(Path(options.depfile), depfile_text(target, inputs))
    return 0


def _load(name: str) -> ir.Backend:
    known = sorted(folder.parent.name for folder in (_HOME / "backends").glob("*/__init__.py"))
    if name not in known:
        raise Usage(f"there is no backend {name}; there are {', '.join(known) or 'none'}")
    return importlib.import_module(f"generator.backends.{name}")


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise Usage(f"--option takes NAME=VALUE, not {text}")
    return name, value


def _inputs(compilation: Compilation, backends: list[str]) -> list[str]:
    """What the output depends on: the .ipc files, and the generator itself."""
    own = [path for path in _HOME.rglob("*") if path.is_file() and _matters(path, backends)]
    read = [unit.source.disk_path for unit in compilation.units]
    return sorted(os.path.relpath(path) for path in [*own, *read])


def _matters(path: Path, backends: list[str]) -> bool:
    parts = path.relative_to(_HOME).parts
    if "__pycache__" in parts or path.suffix == ".md":
        return False
    return parts[0] != "backends" or len(parts) == 2 or parts[1] in backends
