"""What the passes share: the files of one run and everything learnt about them.

The trees are never changed. What a pass finds out about a node is kept in a table under the node.
"""

from __future__ import annotations

import errno
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from generator.ir.types import Type
from generator.ir.values import Value
from generator.source.diagnostic import Diagnostic, Label, Severity, error, warning
from generator.source.file import SourceFile, Span
from generator.syntax import ast

# What can have attributes, the ones of imports and modules aside.
Attributed = ast.Definition | ast.Field | ast.Method | ast.EnumValue


@dataclass(eq=False, slots=True)
class Symbol:
    """A declared name that others can refer to.

    `kind` is "const", "enum", "value" (of an enum), "struct", "union", "interface", "channels",
    "feature" or "type" (an alias). `parent` is the declaration around it.
    """

    kind: str
    node: ast.Definition | ast.EnumValue
    full_name: str
    unit: Unit
    parent: Symbol | None


@dataclass(eq=False, slots=True)
class Link:
    """An import that was found: the file, the name after `as` or "", the statement."""

    unit: Unit
    alias: str
    node: ast.Import


@dataclass(eq=False, slots=True)
class Unit:
    """One file.

    `damage`: offsets of mistakes in its form, ascending. `dropped`: the full names that the
    features rule out, with the condition that does. `symbols` by full name. `incomplete`: an
    import is missing, so an unknown name may be fine.
    """

    source: SourceFile
    tree: ast.File
    damage: list[int]
    dropped: dict[str, ast.Attribute] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    symbols: dict[str, Symbol] = field(default_factory=dict)
    incomplete: bool = False

    @property
    def path(self) -> str:
        return self.source.path

    @property
    def module(self) -> str:
        return self.tree.module.name.text if self.tree.module else ""

    def span(self, node: ast.Name | ast.TypeNode | ast.Constant | ast.Attribute) -> Span:
        return Span(self.source, node.start, node.end)

    def damaged(self, node: ast.Definition | ast.Method | ast.EnumValue) -> bool:
        """Whether part of a node was not understood: then nothing can be said to lack in it."""
        at = bisect_left(self.damage, node.start)
        return at < len(self.damage) and self.damage[at] <= node.end


def read_from_disk(path: Path) -> bytes | None:
    """What a file holds, None when there is no such file, and none can be called that."""
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError as failure:
        if failure.errno == errno.ENAMETOOLONG:
            return None
        raise


def as_written(importer: str, path: str) -> Iterable[str]:
    """An import names its file by the path from an import root, wherever it stands."""
    return (path,)


@dataclass(eq=False)
class Compilation:
    """One run over some files.

    Given: `paths` relative to an import root, `roots` to look in (in order), `features` that
    EnableIf asks for, `read` to get at a file (an editor lays its buffers over the disk),
    `candidates` for the files that an import may mean: the first that is there counts. With
    `opaque_imports` the files need not be the whole program: names that an absent import would
    have declared, or that the features rule out, stand as ir.Opaque for whatever is needed.
    Found: `units` in import order, the `absent` imports, and the tables. A node that is missing
    from a table was refused; whoever needs it passes over it. `refused` are the constants and
    aliases that are looked at again and again, so that each is reported once.
    """

    paths: tuple[str, ...]
    roots: tuple[Path, ...]
    features: frozenset[str] = frozenset()
    read: Callable[[Path], bytes | None] = read_from_disk
    candidates: Callable[[str, str], Iterable[str]] = as_written
    opaque_imports: bool = False

    units: list[Unit] = field(default_factory=list)
    absent: list[ast.Import] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    scopes: dict[object, Symbol] = field(default_factory=dict)
    types: dict[object, Type] = field(default_factory=dict)
    values: dict[object, Value] = field(default_factory=dict)
    refused: set[object] = field(default_factory=set)
    ordinals: dict[object, int] = field(default_factory=dict)
    wire_names: dict[ast.Method, str] = field(default_factory=dict)

    @cached_property
    def units_by_path(self) -> dict[str, Unit]:
        """To be asked for once every file is loaded."""
        return {unit.path: unit for unit in self.units}

    def report(
        self,
        id: str,
        span: Span,
        message: str,
        note: str = "",
        labels: tuple[Label, ...] = (),
        help: str = "",
    ) -> None:
        self.diagnostics.append(error(id, span, message, note, labels, help))

    def warn(
        self, id: str, span: Span, message: str, labels: tuple[Label, ...] = (), help: str = ""
    ) -> None:
        self.diagnostics.append(warning(id, span, message, "", labels, help))

    @property
    def failed(self) -> bool:
        return any(found.severity is Severity.ERROR for found in self.diagnostics)

    def definitions(self, kind: type) -> Iterator[tuple[Unit, ast.Definition]]:
        """Every definition of a kind, nested ones included."""
        for unit in self.units:
            for node in walk(unit.tree):
                if isinstance(node, kind):
                    yield unit, node


def walk(tree: ast.File) -> Iterator[ast.Definition]:
    """Every definition of a file, outer before inner."""
    for definition in tree.definitions:
        yield definition
        yield from inner_definitions(definition)


def inner_definitions(node: ast.Definition) -> Iterator[ast.Definition]:
    """Definitions inside of one, at any depth."""
    if isinstance(node, (ast.Struct, ast.Interface, ast.Channels, ast.Feature)):
        yield from node.consts
        if not isinstance(node, ast.Feature):
            yield from node.enums
    if isinstance(node, ast.Channels):
        for struct in node.structs:
            yield struct
            yield from inner_definitions(struct)


def field_groups(node: ast.Definition) -> Iterator[tuple[ast.Field, ...]]:
    """The lists of fields in a definition: of the data, of each call, of each answer."""
    if isinstance(node, (ast.Struct, ast.Union)):
        yield node.fields
    for method in methods(node):
        yield method.params
        if method.response:
            yield method.response.params


def methods(node: ast.Definition) -> tuple[ast.Method, ...]:
    """The calls of an interface or of channels."""
    if isinstance(node, ast.Interface):
        return node.methods
    return node.members if isinstance(node, ast.Channels) else ()


def attribute(node: Attributed, name: str) -> ast.Attribute | None:
    """The attribute of that name, if the node has it."""
    for candidate in node.attributes:
        if candidate.name.text == name:
            return candidate
    return None


def has_flag(node: Attributed, name: str) -> bool:
    """Whether [name] stands there, and does not say `false`."""
    found = attribute(node, name)
    return found is not None and not (
        isinstance(found.value, ast.Literal) and found.value.value is False
    )


def number(node: Attributed, name: str) -> int | None:
    """The number that an attribute gives, if it is there and gives one."""
    found = attribute(node, name)
    value = found.value.value if found and isinstance(found.value, ast.Literal) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None
