"""Whether what a receiver read is what the sender wrote: the truth that `breaking` is held to.

Both are JSON of the whole message. A field, a member and an enum's value are who they are by name,
as people see it: one that is there under its name in both versions has to arrive as itself. One
whose name is gone is found by its number, in bytes always, in JSON where it is still of that kind:
then it was renamed. What the receiver does not know is not missed; what only the receiver knows
may be anything; an unknown value of something [Extensible] is its default.
"""

from __future__ import annotations

from generator import ir

class Meaning:
    """Compares values of the sender's types with values of the receiver's."""

    def __init__(self, sender: ir.Program, receiver: ir.Program, *, by_name: bool):
        self._sender = sender
        self._receiver = receiver
        self._by_name = by_name

    def same_fields(
        self, sent: dict, mine: tuple[ir.Field, ...], got: dict, yours: tuple[ir.Field, ...]
    ) -> bool:
        return all(
            self.same(sent[partner.name], partner.type, got[one.name], one.type)
            for one in yours
            if (partner := self._partner(one, mine, yours)) is not None
        )

    def same(self, sent: object, mine: ir.Type, got: object, yours: ir.Type) -> bool:
        if isinstance(mine, ir.Nullable) or isinstance(yours, ir.Nullable):
            if sent is None or got is None:
                return sent is None and got is None
            return self.same(sent, _bare(mine), got, _bare(yours))
        match mine, yours:
            case ir.StructRef(), ir.StructRef():
                fields = self._sender.struct(mine).fields, self._receiver.struct(yours).fields
                return self.same_fields(sent, fields[0], got, fields[1])
            case ir.UnionRef(), ir.UnionRef():
                return self._same_member(
                    sent, self._sender.union(mine), got, self._receiver.union(yours)
                )
            case ir.EnumRef(), ir.EnumRef():
                return self._same_value(
                    sent, self._sender.enum(mine), got, self._receiver.enum(yours)
                )
            case ir.Array(), ir.Array():
                return len(sent) == len(got) and all(
                    self.same(one, mine.element, other, yours.element)
                    for one, other in zip(sent, got)
                )
            case ir.Map(), ir.Map():
                return self._same_map(sent, mine, got, yours)
            case ir.String(), ir.Bytes():
                return not self._by_name  # the codec copies bytes; text is no base64
            case _:
                return type(mine) is type(yours) and _equal(sent, got)

    def _partner(
        self, one: ir.Field, others: tuple[ir.Field, ...], beside: tuple[ir.Field, ...]
    ) -> ir.Field | None:
        """Who a field of one side is on the other."""
        for other in others:
            if other.name == one.name:
                return other
        for other in others:
            if other.number == one.number and (not self._by_name or _kind(other) == _kind(one)):
                is_elsewhere = other.name in {field.name for field in beside}
                return None if is_elsewhere and self._by_name else other
        return None

    def _same_member(self, sent: dict, mine: ir.Union, got: dict, yours: ir.Union) -> bool:
        ((name, value),) = sent.items()
        ((got_name, got_value),) = got.items()
        one = next(field for field in mine.fields if field.name == name)
        known = self._partner(one, yours.fields, mine.fields)
        if known is None:
            return yours.extensible and got_name == yours.default.name
        return got_name == known.name and self.same(value, one.type, got_value, known.type)

    def _same_value(self, sent: object, mine: ir.Enum, got: object, yours: ir.Enum) -> bool:
        number, received = _number(sent, mine), _number(got, yours)
        name = next((one.name for one in mine.values if one.number == number), None)
        known = [one.number for one in yours.values if one.name == name]
        known = known or [one.number for one in yours.values if one.number == number]
        if known:
            return received == known[0]
        if yours.default is not None:
            return received == yours.default.number
        return received == number

    def _same_map(self, sent: object, mine: ir.Map, got: object, yours: ir.Map) -> bool:
        left, right = _pairs(sent, mine.key), _pairs(got, yours.key)
        return len(left) == len(right) and all(
            any(
                self.same(key, mine.key, other, yours.key)
                and self.same(value, mine.value, received, yours.value)
                for other, received in right
            )
            for key, value in left
        )


def _kind(field: ir.Field) -> object:
    """What a field that was renamed still is; integers may have changed their width."""
    type = _bare(field.type)
    is_integer = isinstance(type, ir.Primitive) and type.kind.is_integer
    is_number = isinstance(type, ir.Primitive) and not is_integer
    return "integer" if is_integer else type.kind if is_number else type.__class__


def _bare(type: ir.Type) -> ir.Type:
    return type.inner if isinstance(type, ir.Nullable) else type


def _equal(sent: object, got: object) -> bool:
    return isinstance(sent, bool) == isinstance(got, bool) and sent == got


def _number(value: object, enum: ir.Enum) -> int:
    if isinstance(value, int):
        return value
    named = [one.number for one in enum.values if one.name == value]
    return named[0] if named else int(str(value))


def _pairs(map: object, key: ir.Type) -> list[tuple[object, object]]:
    """Entries, with keys as the values that their names stand for."""
    if isinstance(map, list):
        return [(name, value) for name, value in map]
    return [(_key(name, key), value) for name, value in map.items()]


def _key(name: str, key: ir.Type) -> object:
    if isinstance(key, ir.Primitive):
        return name == "true" if key.kind is ir.PrimitiveKind.BOOL else int(name)
    return name
