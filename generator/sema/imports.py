"""Reads the files of a run and those that they import."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from generator.sema.compilation import Compilation, Link, Unit
from generator.sema.conditions import Pruner
from generator.source.decode import decode
from generator.source.diagnostic import Label, error
from generator.syntax import ast
from generator.syntax.parser import parse


class MissingFile(Exception):
    """A file that the command line names is in no import root."""


@dataclass
class _Visit:
    """A file whose imports are being read; `next` is the import that comes next."""

    unit: Unit
    next: int = 0


def load_files(compilation: Compilation) -> None:
    """Reads and parses every file, each after those it imports, without what is disabled."""
    done: dict[str, Unit] = {}
    for path in compilation.paths:
        if path not in done:
            unit = _read(compilation, path)
            if unit is None:
                raise MissingFile(path)
            _load_with_imports(compilation, unit, done)


def _load_with_imports(compilation: Compilation, root: Unit, done: dict[str, Unit]) -> None:
    stack = [_Visit(root)]
    open_paths = {root.path: 0}
    known = ChainMap(open_paths, done)
    while stack:
        visit = stack[-1]
        if visit.next == len(visit.unit.tree.imports):
            stack.pop()
            open_paths.pop(visit.unit.path)
            _check_aliases(compilation, visit.unit)
            compilation.units.append(visit.unit)
            done[visit.unit.path] = visit.unit
            continue
        statement = visit.unit.tree.imports[visit.next]
        path, imported = _imported(compilation, visit.unit, statement, known)
        if imported is not None:
            open_paths[path] = len(stack)
            stack.append(_Visit(imported))
            continue
        visit.next += 1
        if path in open_paths:
            visit.unit.incomplete = True
            _refuse_cycle(compilation, stack[open_paths[path] :], statement)
        elif path in done:
            _link(visit.unit, done[path], statement)
        else:
            _miss(compilation, visit.unit, statement)


def _imported(
    compilation: Compilation, importer: Unit, statement: ast.Import, known: Container[str]
) -> tuple[str, Unit | None]:
    """The path of the file that an import means; the file itself only when it is new."""
    for path in compilation.candidates(importer.path, str(statement.path.value)):
        unit = None if path in known else _read(compilation, path)
        if path in known or unit is not None:
            return path, unit
    return "", None


def _link(unit: Unit, imported: Unit, statement: ast.Import) -> None:
    alias = statement.alias.text if statement.alias else ""
    if all(link.unit is not imported or link.alias != alias for link in unit.links):
        unit.links.append(Link(imported, alias, statement))


def _read(compilation: Compilation, path: str) -> Unit | None:
    found = _find(compilation, path)
    if found is None:
        return None
    disk_path, data = found
    source, not_utf8 = decode(path, data, str(disk_path))
    tree, diagnostics = parse(source)
    if not_utf8:
        diagnostics = [not_utf8]
    compilation.diagnostics += diagnostics
    unit = Unit(source, tree, sorted(found.span.start for found in diagnostics))
    if "EnableIf" in source.text:
        _prune(compilation, unit)
    return unit


def _prune(compilation: Compilation, unit: Unit) -> None:
    """Takes what the features rule out from a file."""
    pruner = Pruner(compilation.features)
    whole, unit.tree = unit.tree, pruner.file(unit.tree)
    unit.dropped = pruner.dropped
    unit.incomplete = compilation.opaque_imports and len(unit.tree.imports) < len(whole.imports)
    for needed, refused in pruner.doubled:
        compilation.report(
            "IPC0064",
            unit.span(refused.name),
            "`EnableIfNot` cannot stand beside `EnableIf`",
            labels=(Label(unit.span(needed.name), "this is a condition already"),),
            help="write one condition, of names joined by `|` or by `&`",
        )


def _find(compilation: Compilation, path: str) -> tuple[Path, bytes] | None:
    """Where a file of that name is, in the first root that has it, and what it holds."""
    if not path or path.startswith("/") or ".." in path.split("/"):
        return None
    for root in compilation.roots:
        data = compilation.read(root / path)
        if data is not None:
            return root / path, data
    return None


def _miss(compilation: Compilation, unit: Unit, statement: ast.Import) -> None:
    """Nothing is there for an import: that is a mistake, where imports are not opaque."""
    unit.incomplete = True
    compilation.absent.append(statement)
    written = unit.span(statement.path).text
    has_end = len(written) > 1 and written[-1] == written[0]
    if has_end and not compilation.opaque_imports:
        _refuse_missing(compilation, unit, statement)


def _refuse_missing(compilation: Compilation, unit: Unit, statement: ast.Import) -> None:
    path = str(statement.path.value)
    help = "paths are relative to an import root; give another one with -I"
    if path.startswith("/") or ".." in path.split("/"):
        help = "write the path from an import root, without a leading `/` and without `..`"
    compilation.report(
        "IPC0020", unit.span(statement.path), f"there is no file `{path}`", help=help
    )


def _refuse_cycle(compilation: Compilation, circle: list[_Visit], statement: ast.Import) -> None:
    """`circle` are the open files from the one that is imported again to the one that does it."""
    labels = tuple(
        Label(
            visit.unit.span(visit.unit.tree.imports[visit.next].path),
            f"`{visit.unit.path}` imports `{following.unit.path}`",
        )
        for visit, following in zip(circle, circle[1:])
    )
    unit = circle[-1].unit
    compilation.report(
        "IPC0021",
        unit.span(statement.path),
        f"`{unit.path}` imports itself"
        if len(circle) == 1
        else f"`{circle[0].unit.path}` and `{unit.path}` import each other",
        note="this closes the circle" if labels else "",
        labels=labels,
        help="remove this import"
        if len(circle) == 1
        else "move what both need into a file that both import",
    )


def _check_aliases(compilation: Compilation, unit: Unit) -> None:
    """A name after `as` is given once. Importing a file twice does no harm; mojoms do."""
    taken: dict[str, ast.Name] = {}
    for statement in unit.tree.imports:
        name = statement.alias
        first = taken.setdefault(name.text, name) if name else None
        if first is not name:
            compilation.report(
                "IPC0022",
                unit.span(name),
                f"`{name.text}` is the name of another import",
                labels=(Label(unit.span(first), "first here"),),
                help="choose another name",
            )
