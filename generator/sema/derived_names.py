"""Names that every language derives from channels: of messages, and of what channels hold.

`channels Notes` with a member `Read` needs types for its parameters and its answer, NotesReadParams
and NotesReadResponse, and a struct `Item` inside of it is Notes_Item outside. Nothing else can be
called that, in this file or in one of the same module that is used with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.sema.compilation import Compilation, Unit
from generator.source.diagnostic import Label
from generator.source.file import Span
from generator.syntax import ast

_TYPES = ("enum", "struct", "union")


@dataclass(frozen=True, slots=True)
class _Derived:
    """`said` is what has the name; `member` the one that it is derived from, if it is one."""

    name: str
    said: str
    where: Span
    member: ast.Method | None = None


def check_derived_names(compilation: Compilation) -> None:
    """Refuses names that are also derived from channels, and channels that derive the same."""
    derived = {unit.path: tuple(_derived(unit)) for unit in compilation.units}
    for unit in compilation.units:
        beside = [unit, *(link.unit for link in unit.links if link.unit.module == unit.module)]
        if not any(derived[one.path] for one in dict.fromkeys(beside)):
            continue
        known: dict[str, tuple[Unit, _Derived]] = {}
        for one in dict.fromkeys(reversed(beside)):
            for item in derived[one.path]:
                owner, first = known.setdefault(item.name, (one, item))
                if first is not item and unit in (owner, one):
                    _check_pair(compilation, item, first)
        for one in dict.fromkeys(beside):
            _check_declared(compilation, unit, one, known)


def _derived(unit: Unit) -> Iterator[_Derived]:
    for node in unit.tree.definitions:
        if isinstance(node, (ast.Channels, ast.Interface)):
            held = (*node.enums, *(node.structs if isinstance(node, ast.Channels) else ()))
            for inner in held:
                name, said = f"{node.name.text}_{inner.name.text}", f"`{inner.name.text}`"
                yield _Derived(name, f"{said} of `{node.name.text}`", unit.span(inner.name))
        for member in node.members if isinstance(node, ast.Channels) else ():
            yield from _of_member(unit, node, member)


def _of_member(unit: Unit, node: ast.Channels, member: ast.Method) -> Iterator[_Derived]:
    owner, where = f"{node.name.text}{_camel(member.name.text)}", unit.span(member.name)
    said = f"`{node.name.text}.{member.name.text}`"
    yield _Derived(f"{owner}Params", f"the parameters of {said}", where, member)
    if member.response is not None:
        yield _Derived(f"{owner}Response", f"the answer of {said}", where, member)


def _camel(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in name.split("_") if part)


def _check_pair(compilation: Compilation, item: _Derived, first: _Derived) -> None:
    one, two = item.member, first.member
    if one and two and one.name.text == two.name.text and item.said == first.said:
        return  # declared twice, which is said already
    answers = item.name.endswith("Response") and one and two and one.response and two.response
    if answers:
        return  # said of their parameters already
    compilation.report(
        "IPC0080",
        item.where,
        f"in generated code `{item.name}` would be both {first.said} and {item.said}",
        labels=(Label(first.where, "the first of them"),),
        help="rename one of them",
    )


def _check_declared(
    compilation: Compilation, unit: Unit, one: Unit, known: dict[str, tuple[Unit, _Derived]]
) -> None:
    """Of `unit` and another file, one derives what the other declares; or one does both."""
    for symbol in one.symbols.values():
        owner, item = known.get(symbol.node.name.text, (None, None))
        if owner is None or symbol.parent is not None or symbol.kind not in _TYPES:
            continue
        if unit not in (owner, one):
            continue
        places = [(one, one.span(symbol.node.name)), (owner, item.where)]
        places.sort(key=lambda place: place[0] is not unit)  # in this file, if either is
        compilation.report(
            "IPC0080",
            places[0][1],
            f"`{item.name}` is what generated code calls {item.said}",
            labels=(Label(places[1][1], "the other one"),),
            help="rename one of them",
        )
