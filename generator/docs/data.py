"""Views of data: consts, enums, structs, unions, aliases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from generator.backends.ipc_text import Writer, quoted
from generator.docs.links import Links, local
from generator.docs.prose import inline, prose
from generator.docs.rules import rules
from generator.docs.usage import Usage
from generator.docs.views import Badge, DeclView, Fact, Line, Part, Prose, Row, Rows
from generator.docs.wire import WireFacts
from generator.ir import (
    Alias,
    Attribute,
    Const,
    Decl,
    Enum,
    EnumConstant,
    EnumValue,
    Feature,
    Field,
    Struct,
    Type,
    Union,
    Value,
)

# Said by badges and facts of their own.
_SAID = frozenset(
    "Channel DeadlineMs Default Deprecated Extensible MaxBytes MinVersion Native Note Stable "
    "Sync".split()
)


@dataclass(frozen=True)
class Views:
    """Makes the views of one page."""

    links: Links
    writer: Writer
    wire: WireFacts
    usage: Usage

    def data(self, decl: Const | Enum | Struct | Union | Alias | Feature) -> DeclView:
        match decl:
            case Const():
                facts = (
                    Fact("Type", self._type(decl.type)),
                    Fact("Value", self._constant(decl.value, decl.type)),
                )
                return self.decl(decl, "const", facts=facts)
            case Alias():
                facts = (Fact("Stands for", self._type(decl.type)),)
                return self.decl(decl, "type", facts=(*facts, *_limits(decl.type)))
            case Feature():
                return self.decl(decl, "feature", facts=tuple(self.inside(decl)))
            case Enum():
                rows = Rows("Values", tuple(self._value(decl, one) for one in decl.values))
            case Struct() | Union():
                rows = Rows("Fields", self.rows(decl.full_name, decl.fields, decl.full_name))
        kind = type(decl).__name__.lower()
        return self.decl(
            decl,
            kind,
            facts=tuple(self.inside(decl)),
            rows=(rows,) if rows.rows else (),
            wire=self.wire.of_type(decl),
        )

    def decl(self, decl: Decl, kind: str, *, facts: tuple[Fact, ...] = (), **more) -> DeclView:
        """What all declarations have."""
        flags = [Badge(flag) for flag in ("native",) if getattr(decl, flag, False)]
        flags += [Badge(flag, "good") for flag in ("stable", "extensible") if _has(decl, flag)]
        return DeclView(
            id=local(decl.full_name, self.writer.module),
            kind=kind,
            name=local(decl.full_name, self.writer.module),
            badges=(*flags, *badges(decl.attributes)),
            docs=self.docs(decl.docs, decl.full_name),
            facts=(*self.notes(decl.attributes, decl.full_name), *facts),
            used_by=self._used_by(decl),
            **more,
        )

    def docs(self, text: str, scope: str) -> Prose:
        return prose(text, self.find(scope))

    def find(self, scope: str) -> Callable[[str], str]:
        return lambda text: self.links.mentioned(scope, text)

    def rows(
        self, anchor: str, fields: tuple[Field, ...], scope: str, variadic: bool = False
    ) -> tuple[Row, ...]:
        """Fields or parameters; `anchor` begins their ids."""
        last = fields[-1] if variadic else None
        return tuple(self._field(anchor, one, scope, "..." * (one is last)) for one in fields)

    def _field(self, anchor: str, field: Field, scope: str, dots: str) -> Row:
        facts = []
        if field.default is not None:
            facts.append(Fact("Default", self._constant(field.default, field.type)))
        return Row(
            id=local(f"{anchor}.{field.name}", self.writer.module),
            name=field.name,
            type=(*self.links.line(self.writer.type(field.type)), Part(dots)),
            badges=badges(field.attributes),
            docs=self.docs(field.docs, scope),
            facts=(*facts, *_limits(field.type), *self.notes(field.attributes, scope)),
        )

    def _type(self, type: Type) -> Line:
        return _as_code(self.links.line(self.writer.type(type)))

    def _constant(self, value: Value, type: Type) -> Line:
        return _as_code(self.links.line(self.writer.value(value, type)))

    def _value(self, enum: Enum, value: EnumValue) -> Row:
        return Row(
            id=local(f"{enum.full_name}.{value.name}", self.writer.module),
            name=value.name,
            type=(Part(f"= {value.number}"),),
            badges=((Badge("default", "good"),) if value.is_default else ())
            + badges(value.attributes),
            docs=self.docs(value.docs, enum.full_name),
            facts=self.notes(value.attributes, enum.full_name),
        )

    def notes(self, attributes: tuple[Attribute, ...], scope: str) -> tuple[Fact, ...]:
        """[Note], and the attributes that nothing else shows."""
        facts = [
            Fact("Note", inline(str(one.value), self.find(scope)))
            for one in attributes
            if one.name == "Note"
        ]
        others = [_attribute(one) for one in attributes if one.name not in _SAID]
        if others:
            facts.append(Fact("Attributes", (Part(f"[{', '.join(others)}]", code=True),)))
        return tuple(facts)

    def inside(self, decl: Decl) -> Iterator[Fact]:
        """What is declared inside of a declaration, which has a place of its own on the page."""
        groups = (getattr(decl, group, ()) for group in ("structs", "enums", "consts"))
        inner = [one for group in groups for one in group]
        if inner:
            parts: list[Part] = []
            for one in inner:
                href = self.links.to((one.module, one.full_name))
                parts += [Part(", ")] * bool(parts) + [Part(one.name, href, code=True)]
            yield Fact("Declares", tuple(parts))

    def _used_by(self, decl: Decl) -> Line:
        users = self.usage.get((decl.module, decl.full_name), {})
        return tuple(Part(label, self.links.to(name), code=True) for name, label in users.items())


def badges(attributes: tuple[Attribute, ...]) -> tuple[Badge, ...]:
    values = {one.name: one.value for one in attributes}
    found = [Badge("deprecated", "warn")] if values.get("Deprecated") else []
    if version := values.get("MinVersion"):
        found.append(Badge(f"since version {version}"))
    return tuple(found)


def _as_code(line: Line) -> Line:
    return tuple(replace(part, code=True) for part in line)


def _limits(type: Type) -> tuple[Fact, ...]:
    line = rules(type)
    return (Fact("Limits", line),) if line else ()


def _has(decl: Decl, flag: str) -> bool:
    return bool(getattr(decl, flag, False)) or any(
        one.name == flag.capitalize() for one in decl.attributes
    )


def _attribute(attribute: Attribute) -> str:
    match attribute.value:
        case True:
            return attribute.name
        case EnumConstant(name=name):
            value = name
        case str() as text if not text.replace("_", "").isalnum():
            value = quoted(text)
        case other:
            value = str(other)
    return f"{attribute.name}={value}"
