"""Completion: what can stand at the cursor, from the language and from the names in scope."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from generator.ir.types import EnumRef, Nullable
from generator.lsp import proposals
from generator.lsp.context import Context, context
from generator.lsp.proposals import item
from generator.lsp.snapshot import Snapshot
from generator.lsp.workspace import Workspace, name_in
from generator.sema.compilation import Symbol, Unit
from generator.sema.names import look_up

_DATA_TYPES = ("enum", "struct", "union", "type")
_ITEM_KINDS = {
    "enum": proposals.ENUM,
    "struct": proposals.STRUCT,
    "union": proposals.STRUCT,
    "type": proposals.CLASS,
    "interface": proposals.INTERFACE,
    "const": proposals.CONSTANT,
    "value": proposals.MEMBER,
}
_FOLLOWING = re.compile(r"[^\]\n]*\]\s*([A-Za-z_]\w*)")
_SPECIAL = ("INFINITY", "NEGATIVE_INFINITY", "NAN")


def completion(
    workspace: Workspace, snapshot: Snapshot, unit: Unit, offset: int
) -> list[dict]:
    """CompletionItems that replace the word before the offset."""
    text = unit.source.text
    place = context(text, offset)
    where = snapshot.lines(unit.source).range(place.start, offset)
    found: dict[str, dict] = {}
    for proposal in _Finder(workspace, snapshot, unit, place).items(text[offset:]):
        new_text = proposal.pop("insertText")
        proposal["textEdit"] = {"range": where, "newText": new_text}
        found.setdefault(proposal["label"], proposal)
    return list(found.values())


class _Finder:
    """Finds the items for one place in one file."""

    def __init__(self, workspace: Workspace, snapshot: Snapshot, unit: Unit, place: Context):
        self._workspace = workspace
        self._snapshot = snapshot
        self._unit = unit
        self._place = place
        self._scope = self._find_scope()

    def items(self, following: str) -> Iterator[dict]:
        place = self._place
        if place.qualifier:
            kinds = {"value": ("value", "const"), "constraint": ()}.get(place.kind, _DATA_TYPES)
            if place.inside.startswith("pending_"):
                kinds = ("interface",)
            yield from self._named(kinds)
            return
        match place.kind:
            case "definition":
                yield from proposals.words(place)
            case "member":
                yield from proposals.words(place)
                if place.holder in ("struct", "union"):
                    yield from self._types()
            case "type":
                yield from self._types()
            case "response":
                yield from proposals.responses()
            case "value":
                yield from self._values()
            case "constraint":
                yield from proposals.constraints(place)
            case "attribute":
                match = _FOLLOWING.match(following)
                yield from proposals.attributes(place, match[1] if match else "")
            case "import":
                yield from self._paths()
            case "as":
                yield item("as", proposals.KEYWORD, "a name for the imported module")
            case "alias":
                yield from self._alias()

    def _find_scope(self) -> Symbol | None:
        names = [name for _, name in self._place.holders]
        full_name = ".".join(name for name in (self._unit.module, *names) if name)
        return self._unit.symbols.get(full_name) if names else None

    def _types(self) -> Iterator[dict]:
        if self._place.inside.startswith("pending_"):
            yield from self._named(("interface",))
            return
        if self._place.inside != "handle":
            yield from self._named(_DATA_TYPES)
        yield from proposals.builtin_types(self._place)

    def _values(self) -> Iterator[dict]:
        """Values of the enum that is expected; else what numbers, strings and booleans can be."""
        words = self._place.statement
        type = words[1] if words[:1] == ("const",) else words[0] if words else ""
        enum = None if self._place.inside else self._expected_enum()
        if enum:
            for value in enum.node.values:
                symbol = self._snapshot.compilation.scopes[value]
                yield self._item(symbol, self._spellings(symbol)[0])
        elif type == "bool":
            yield from (item(word, proposals.KEYWORD) for word in ("true", "false"))
        elif type in ("float", "double"):
            yield from (item(f"{type}.{name}", proposals.CONSTANT) for name in _SPECIAL)
        yield from self._named(("const",))

    def _expected_enum(self) -> Symbol | None:
        """The enum whose value a default or a constant has to be."""
        path = self._type_path()
        for symbol in look_up(self._unit, self._scope, path) if path else ():
            if symbol.kind == "enum":
                return symbol
            if symbol.kind == "type":
                type = self._snapshot.compilation.types.get(symbol.node.type)
                type = type.inner if isinstance(type, Nullable) else type
                if isinstance(type, EnumRef):
                    return self._snapshot.compilation.units_by_path[type.module].symbols[type.name]
        return None

    def _type_path(self) -> str:
        """The dotted name that a field's or a constant's statement begins with."""
        words = list(self._place.statement)
        if words[:1] == ["const"]:
            del words[0]
        path = words[:1]
        while len(words) > len(path) + 1 and words[len(path)] == ".":
            path += words[len(path) : len(path) + 2]
        return "".join(path)

    def _named(self, kinds: tuple[str, ...]) -> Iterator[dict]:
        """Declared names; behind a dot what is left of those that begin with the qualifier."""
        before = f"{self._place.qualifier}." if self._place.qualifier else ""
        units = (self._unit, *(link.unit for link in self._unit.links))
        for unit in units:
            for symbol in unit.symbols.values():
                if symbol.kind not in kinds:
                    continue
                spellings = self._spellings(symbol) if before else self._spellings(symbol)[:1]
                for spelling in spellings:
                    if spelling.startswith(before):
                        yield self._item(symbol, spelling.removeprefix(before))

    def _item(self, symbol: Symbol, label: str) -> dict:
        detail = f"{symbol.kind} in {symbol.unit.path}"
        found = item(label, _ITEM_KINDS[symbol.kind], detail)
        return {**found, "documentation": symbol.node.docs} if symbol.node.docs else found

    def _spellings(self, symbol: Symbol) -> list[str]:
        """How a symbol can be written here, the shortest first."""
        name = symbol.full_name
        module = f"{symbol.unit.module}." if symbol.unit.module else ""
        found = [] if symbol.unit is not self._unit else [name]
        for link in self._unit.links:
            if link.unit is symbol.unit:
                local = name.removeprefix(module)
                found.append(f"{link.alias}.{local}" if link.alias else name)
        around = self._scope
        while around is not None:
            if name.startswith(f"{around.full_name}."):
                found.append(name.removeprefix(f"{around.full_name}."))
            around = around.parent
        own = f"{self._unit.module}." if self._unit.module else ""
        found += [spelling.removeprefix(own) for spelling in found]
        return sorted(dict.fromkeys(found), key=len)

    def _paths(self) -> Iterator[dict]:
        """Files that are not imported yet, in quotes unless these are there."""
        unit = self._unit
        known = {unit.path, *(str(statement.path.value) for statement in unit.tree.imports)}
        typed = unit.source.text[self._place.start :].partition("\n")[0].partition('"')[0]
        roots = self._workspace.settings.roots
        for name in sorted(name_in(file, roots) for file in self._workspace.files()):
            if name not in known or name == typed:
                text = name if self._place.inside else f'"{name}"'
                yield item(name, proposals.FILE, text=text)

    def _alias(self) -> Iterator[dict]:
        """The last word of the imported module's name."""
        path = self._place.statement[1].strip('"')
        imported = self._snapshot.compilation.units_by_path.get(path)
        name = imported.module if imported and imported.module else Path(path).stem
        yield item(name.split(".")[-1], proposals.MODULE, f"module {name}")
