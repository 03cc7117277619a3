"""Whether one program takes what another sends, type by type.

A Judge looks along one direction: every value that the sender's type allows must be taken by the
receiver's, and mean the same. It follows references, once for each way in which a pair of types
is reached.
"""

from __future__ import annotations

from dataclasses import replace

from generator import ir
from generator.backends.ipc_text import Writer, plain
from generator.breaking import bounds, enums, records
from generator.breaking.report import Flow, Outcome, Payload, Place, Report

_LISTS = (ir.Array, ir.Map)  # whose nullable form lies differently on the wire


class Judge:
    """Compares what `flow.sender` writes with what `flow.receiver` reads."""

    def __init__(self, sender: ir.Program, receiver: ir.Program, flow: Flow, report: Report):
        self.sender = sender
        self.receiver = receiver
        self.flow = flow
        self._report = report
        self._seen: dict[tuple, Payload] = {}

    @property
    def sender_is_old(self) -> bool:
        return self.flow.sender.age == "old"

    def by_age(self, sent: object, received: object) -> tuple:
        """The two of them, the old one first."""
        return (sent, received) if self.sender_is_old else (received, sent)

    def refuses(self, rule: str, at: Place, change: str, why: str) -> None:
        self._report.add(rule, at, change, self.flow, Outcome.REFUSES, why)

    def misreads(self, rule: str, at: Place, change: str, why: str) -> None:
        self._report.add(rule, at, change, self.flow, Outcome.MISREADS, why)

    def warns(self, rule: str, at: Place, change: str, why: str) -> None:
        self._report.add(rule, at, change, self.flow, Outcome.WARNS, why)

    def was_is(self, at: Place, sent: ir.Type, received: ir.Type) -> str:
        """`string` became `string?`, as the sentence that a finding begins with."""
        mine, yours = self._text(self.sender, sent), self._text(self.receiver, received)
        old, new = self.by_age(mine, yours)
        return f"`{at.subject}` was `{old}` and is `{new}`"

    @staticmethod
    def _text(program: ir.Program, type: ir.Type) -> str:
        return plain(Writer(program, None).type(type))

    # ---- Types.

    def slot(self, sent: ir.Type, received: ir.Type, at: Place) -> None:
        """An element, a map's value, a union's member: null takes a message around the value."""
        mine, yours = isinstance(sent, ir.Nullable), isinstance(received, ir.Nullable)
        if mine != yours:
            rule, change = "element-nullable-changed", self.was_is(at, sent, received)
            self.refuses(rule, at.only(Payload.BYTES), change, "what may be null lies in a message")
            if mine:
                self.refuses(rule, at.only(Payload.JSON), change, "null")
        self.value(_bare(sent), _bare(received), at)

    def value(self, sent: ir.Type, received: ir.Type, at: Place) -> None:
        """Two types without `?`."""
        match sent, received:
            case ir.Primitive(), ir.Primitive():
                self._number(sent, received, at)
            case (ir.String(), ir.String()) | (ir.Any(), ir.Any()):
                self._text_bounds(sent, received, at)
            case ir.Bytes(), ir.Bytes():
                self._count(sent, received, at)
            case ir.String(), ir.Bytes() if self._takes_all_texts(received):
                self._type_changed(sent, received, at.only(Payload.JSON))
            case ir.Array(), ir.Array():
                self._count(sent, received, at)
                self.slot(sent.element, received.element, at)
            case ir.Map(), ir.Map():
                self._map(sent, received, at)
            case (ir.EnumRef(), ir.EnumRef()) | (ir.StructRef(), ir.StructRef()) | (
                ir.UnionRef(),
                ir.UnionRef(),
            ):
                self._reference(sent, received, at)
            case _ if sent != received:
                self._type_changed(sent, received, at)

    def _type_changed(self, sent: ir.Type, received: ir.Type, at: Place) -> None:
        got, wanted = self._text(self.sender, sent), self._text(self.receiver, received)
        rule = "map-key-changed" if at.in_key else "type-changed"
        change = self.was_is(at, sent, received)
        self.refuses(rule, at, change, f"`{got}` where `{wanted}` is expected")

    def _number(self, sent: ir.Primitive, received: ir.Primitive, at: Place) -> None:
        if sent.kind is not received.kind:
            if not (sent.kind.is_integer and received.kind.is_integer):
                self._type_changed(sent, received, at)
                return
            if beyond := bounds.number(sent).beyond(_range(received.kind)):
                self._integer_changed(sent, received, beyond, at)
                return
        self._bounds(sent, received, bounds.number(sent), bounds.number(received), "", at)

    def _integer_changed(
        self, sent: ir.Primitive, received: ir.Primitive, beyond: str, at: Place
    ) -> None:
        rule = "integer-narrowed" if self.sender_is_old else "integer-widened"
        change = self.was_is(at, sent, received)
        if received.kind.bits == 64:  # holds what is written for a number of the other sign
            self.misreads(rule, at.only(Payload.BYTES), change, beyond)
            self.refuses(rule, at.only(Payload.JSON), change, beyond)
        else:
            self.refuses(rule, at, change, beyond)

    def _text_bounds(
        self, sent: ir.String | ir.Any, received: ir.String | ir.Any, at: Place
    ) -> None:
        self._bounds(sent, received, bounds.size(sent), bounds.size(received), " bytes", at)
        pattern = received.constraints.pattern
        if pattern is not None and pattern != sent.constraints.pattern:
            change = self.was_is(at, sent, received)
            self.refuses("pattern-changed", at, change, f"text that `{pattern}` does not match")

    def _count(self, sent: ir.Type, received: ir.Type, at: Place) -> None:
        mine, yours = bounds.count(sent), bounds.count(received)
        if getattr(sent, "size", None) == getattr(received, "size", None):
            self._bounds(sent, received, mine, yours, " elements", at)
        elif beyond := mine.beyond(yours, "fewer"):
            change = self.was_is(at, sent, received)
            self.refuses("array-size-changed", at, change, f"{beyond} elements")

    def _bounds(
        self,
        sent: ir.Type,
        received: ir.Type,
        mine: bounds.Interval,
        yours: bounds.Interval,
        unit: str,
        at: Place,
    ) -> None:
        if beyond := mine.beyond(yours, "fewer" if unit else "less"):
            rule = "constraint-tightened" if self.sender_is_old else "constraint-loosened"
            self.refuses(rule, at, self.was_is(at, sent, received), beyond + unit)

    @staticmethod
    def _takes_all_texts(received: ir.Bytes) -> bool:
        return received.size is None and received.constraints == ir.Constraints()

    def _map(self, sent: ir.Map, received: ir.Map, at: Place) -> None:
        self._count(sent, received, at)
        key = at.at(f"{at.subject} (key)", at.old, at.new)
        self.value(sent.key, received.key, replace(key, in_key=True))
        self.slot(sent.value, received.value, at)

    def _reference(self, sent: ir.Ref, received: ir.Ref, at: Place) -> None:
        """The declarations behind two names, which may differ: they are not on the wire."""
        key = (sent.module, sent.name, received.module, received.name, at.in_key)
        seen = self._seen.get(key, Payload(0))
        if not at.payload & ~seen:
            return
        self._seen[key] = seen | at.payload
        match sent:
            case ir.EnumRef():
                enums.compare(self, self.sender.enum(sent), self.receiver.enum(received), at)
            case ir.StructRef():
                mine, yours = self.sender.struct(sent), self.receiver.struct(received)
                records.compare_structs(self, mine, yours, at)
            case ir.UnionRef():
                mine, yours = self.sender.union(sent), self.receiver.union(received)
                records.compare_unions(self, mine, yours, at)

    # ---- Fields.

    def field(self, sent: ir.Field, received: ir.Field, at: Place) -> None:
        """Two fields, or parameters, that stand for each other."""
        mine, yours = isinstance(sent.type, ir.Nullable), isinstance(received.type, ir.Nullable)
        change = self.was_is(at, sent.type, received.type)
        if mine != yours:
            rule = "nullable-added" if mine != self.sender_is_old else "nullable-removed"
            if mine:
                self.refuses(rule, at.only(Payload.JSON), change, "null")
            if isinstance(_bare(sent.type), _LISTS):
                why = "what may be null lies in a message"
                self.refuses(rule, at.only(Payload.BYTES), change, why)
        records.compare_absence(self, sent, received, at.only(Payload.BYTES))
        self.value(_bare(sent.type), _bare(received.type), at)


def _bare(type: ir.Type) -> ir.Type:
    return type.inner if isinstance(type, ir.Nullable) else type


def _range(kind: ir.PrimitiveKind) -> bounds.Interval:
    return bounds.Interval(*kind.range)
