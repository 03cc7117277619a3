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
from generator.plugins.problem import Problem
from generator.sema import Compilation
from generator.source import Diagnostic, Severity

_HOME = Path(__file__).resolve().parents[2]

# The packages that decide what is written.
_PACKAGES = ("source", "syntax", "sema", "ir", "backends", "plugins", "cli")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--backend",
        action="append",
        required=True,
        metavar="NAME",
        help="cpp, cpp_fakes, proto, or a folder of your own templates; repeatable",
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
    """Writes the files; nothing at all when the program, or a template of a user, has errors."""
    settings = ir.Options(tuple(_setting(text) for text in options.option))
    try:
        backends = {name: _load(name) for name in dict.fromkeys(options.backend)}
        compiled = compile_files(options)
        if compiled is None:
            return 1
        compilation, program = compiled
        if not _print_unsupported(program, backends):
            return 1
        files = _generate(program, backends, settings)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    out = Path(options.out)
    for path, text in files.items():
        write_if_changed(out / path, text)
    if options.depfile:
        inputs = _inputs(compilation, backends)
        target = os.path.join(options.out, next(iter(files)))
        write_if_changed(Path(options.depfile), depfile_text(target, inputs))
    return 0


def _load(name: str) -> ir.Backend:
    known = sorted(folder.parent.name for folder in (_HOME / "backends").glob("*/__init__.py"))
    if name in known:
        return importlib.import_module(f"generator.backends.{name}")
    if not os.path.isdir(name):
        listed = ", ".join(known) or "none"
        raise Usage(f"there is no backend {name}; there are {listed}, and no folder is called that")
    folder = importlib.import_module("generator.plugins.folder").Folder(name)
    if not folder.templates:
        raise Usage(f"{name} holds no template: a file like module.md.j2")
    return folder


def _print_unsupported(program: ir.Program, backends: dict[str, ir.Backend]) -> bool:
    """Says what is left out; whether the rest can be generated."""
    found: list[Diagnostic] = []
    for path in program.roots:
        for backend in backends.values():
            found += backend.unsupported(program, program.module(path))
    print_all(found)
    return all(one.severity is not Severity.ERROR for one in found)


def _generate(
    program: ir.Program, backends: dict[str, ir.Backend], settings: ir.Options
) -> dict[str, str]:
    """Texts by path."""
    files: dict[str, str] = {}
    for path in program.roots:
        module = program.module(path)
        for backend in backends.values():
            made = backend.generate(program, module, settings)
            if twice := files.keys() & made.keys():
                raise Usage(f"{min(twice)} would be written twice; change a template's name")
            files |= made
    return files


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise Usage(f"--option takes NAME=VALUE, not {text}")
    return name, value


def _inputs(compilation: Compilation, backends: dict[str, ir.Backend]) -> list[str]:
    """What the output depends on: the .ipc files, templates of users, the generator itself."""
    own = [path for path in _HOME.rglob("*") if path.is_file() and _matters(path, backends)]
    read = [unit.source.disk_path for unit in compilation.units]
    theirs = [path for one in backends.values() for path in getattr(one, "inputs", ())]
    return sorted(os.path.relpath(path) for path in [*own, *read, *theirs])


def _matters(path: Path, backends: dict[str, ir.Backend]) -> bool:
    parts = path.relative_to(_HOME).parts
    if "__pycache__" in parts or path.suffix == ".md":
        return False
    if parts[0] == "backends":
        return len(parts) == 2 or parts[1] in backends
    return len(parts) == 1 or parts[0] in _PACKAGES
