"""generated/ is what the generator prints today for idl/ and samples/, byte for byte."""

from __future__ import annotations

import tempfile
from pathlib import Path

from checks.idl import shipped
from checks.tree import GENERATED, Tree


class GeneratorFailed(Exception):
    """ipcgen refused one of our own files; carries what it said."""


def check(tree: Tree) -> list[str]:
    try:
        wanted = _print_all(tree)
    except GeneratorFailed as failure:
        return str(failure).splitlines()
    present = _read_present(tree)
    problems = []
    for name in sorted(wanted.keys() | present.keys()):
        if name not in present:
            problems.append(f"{GENERATED}{name}: missing")
        elif name not in wanted:
            problems.append(f"{GENERATED}{name}: no .ipc file prints it")
        elif wanted[name] != present[name]:
            problems.append(f"{GENERATED}{name}: out of date")
    return problems


def fix(tree: Tree) -> None:
    try:
        wanted = _print_all(tree)
    except GeneratorFailed:
        return  # check() tells
    folder = tree.root / GENERATED
    for name, content in wanted.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for name in _read_present(tree).keys() - wanted.keys():
        (folder / name).unlink()


def _print_all(tree: Tree) -> dict[str, bytes]:
    """What ipcgen prints for every .ipc file that ships, by its path in the output folder."""
    sources = shipped(tree)
    if not sources:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        printed = tree.run(
            "/usr/bin/python3",
            "-B",
            "generator/ipcgen",
            "generate",
            "--backend=cpp",
            "--backend=proto",
            f"--out={folder}",
            *sources,
        )
        if not printed.ok:
            raise GeneratorFailed(printed.output)
        return _read_all(Path(folder))


def _read_present(tree: Tree) -> dict[str, bytes]:
    files = _read_all(tree.root / GENERATED)
    files.pop("README.md", None)
    return files


def _read_all(folder: Path) -> dict[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
