"""Structs, parameters and unions: fields have numbers in bytes, and names in JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from generator import ir
from generator.breaking import absence
from generator.breaking.report import Payload, Place

if TYPE_CHECKING:
    from generator.breaking.judge import Judge

Fields = tuple[ir.Field, ...]


def compare_structs(judge: Judge, sent: ir.Struct, received: ir.Struct, at: Place) -> None:
    """Two structs behind references."""
    if sent.native or received.native:
        return
    at = at.at(sent.full_name, *judge.by_age(sent.where, received.where))
    named = {field.name for field in received.fields}
    compare_fields(judge, sent.fields, received.fields, at, by_name=True)
    lost = [field.name for field in sent.fields if field.name not in named]
    if at.in_key and lost:
        change = f"`{lost[0]}` of `{at.subject}`, which is a key, is on one side only"
        judge.refuses("map-key-changed", at, change, f"two keys that differ in `{lost[0]}` only")


def compare_fields(
    judge: Judge, sent: Fields, received: Fields, at: Place, *, by_name: bool
) -> None:
    """Fields by number, and for JSON by name; `by_name` is false where JSON is positional."""
    mine, yours = _Named(sent), _Named(received)
    for field in sent:
        other = yours.number.get(field.number)
        if other is None:
            continue
        here = _place(judge, at, field, other)
        if field.name == other.name:
            judge.field(field, other, here if by_name else here.only(Payload.BYTES))
        elif field.name in yours.name or other.name in mine.name:
            continue  # told below, as what has another number
        elif not by_name:
            judge.field(field, other, here.only(Payload.BYTES))
        elif _family(field.type) == _family(other.type):
            _renamed(judge, field, other, here.only(Payload.JSON))
            judge.field(field, other, here.only(Payload.BYTES))
        else:
            change = _reused(judge, field, other, here)
            _lacks_reused(judge, other, change, here.only(Payload.JSON))
    for field in sent:
        other = yours.name.get(field.name)
        if other is not None and other.number != field.number:
            here = _place(judge, at, field, other)
            _renumbered(judge, field, other, here)
            if by_name:
                judge.field(field, other, here.only(Payload.JSON))
    for field in received:
        _missing(judge, field, at.only(_lacking(field, mine, yours, by_name=by_name)))


class _Named:
    """Fields by what a payload calls them."""

    def __init__(self, fields: Iterable[ir.Field]):
        self.number = {field.number: field for field in fields}
        self.name = {field.name: field for field in fields}


def _lacking(field: ir.Field, mine: _Named, yours: _Named, *, by_name: bool) -> Payload:
    """The payloads in which a receiver's field never comes, and nothing else said so yet."""
    same_number = mine.number.get(field.number)
    if not by_name:
        return Payload(0) if same_number else Payload.BYTES
    if field.name in mine.name:
        return Payload(0)
    if same_number is None:
        return Payload.BOTH
    return Payload.JSON if same_number.name in yours.name else Payload(0)


def _place(judge: Judge, at: Place, sent: ir.Field, received: ir.Field) -> Place:
    old, new = judge.by_age(sent, received)
    return at.at(f"{at.subject}.{new.name}", old.where, new.where)


def _family(type: ir.Type) -> object:
    """Fields of one family may have been renamed; others have nothing in common."""
    if isinstance(type, ir.Nullable):
        type = type.inner
    if isinstance(type, ir.Primitive):
        return "integer" if type.kind.is_integer else type.kind
    return type.__class__


def _renamed(judge: Judge, sent: ir.Field, received: ir.Field, at: Place) -> None:
    old, new = judge.by_age(sent.name, received.name)
    change = f"`{old}` is called `{new}` now"
    if absence.may_lack_json(received):
        why = f"`{sent.name}`, which it does not know"
        judge.misreads("field-renamed", at, change, why)
    else:
        judge.refuses("field-renamed", at, change, f"an object without `{received.name}`")


def _reused(judge: Judge, sent: ir.Field, received: ir.Field, at: Place) -> str:
    """What it does to bytes; the change in words. Names tell JSON apart."""
    old, new = judge.by_age(sent.name, received.name)
    change = f"the number {sent.number} was `{old}` and is `{new}`"
    why = f"`{sent.name}` is read as `{received.name}`"
    judge.misreads("field-number-reused", at.only(Payload.BYTES), change, why)
    return change


def _lacks_reused(judge: Judge, received: ir.Field, change: str, json: Place) -> None:
    """A struct does not have the field that took the number."""
    if absence.may_lack_json(received):
        judge.warns("field-number-reused", json, change, "it does not know it")
    else:
        why = f"an object without `{received.name}`"
        judge.refuses("field-number-reused", json, change, why)


def _renumbered(judge: Judge, sent: ir.Field, received: ir.Field, at: Place) -> None:
    old, new = judge.by_age(sent.number, received.number)
    change = f"`{at.subject}` had the number {old} and has {new}"
    why = f"it looks for `{sent.name}` elsewhere"
    judge.misreads("field-number-changed", at.only(Payload.BYTES), change, why)


def _missing(judge: Judge, field: ir.Field, at: Place) -> None:
    """A field of the receiver that the sender does not have."""
    rule = "field-added" if judge.sender_is_old else "field-removed"
    change = f"`{at.subject}.{field.name}` {'is new' if judge.sender_is_old else 'was removed'}"
    where = (at.old, field.where) if judge.sender_is_old else (field.where, at.new)
    here = at.at(f"{at.subject}.{field.name}", *where)
    if why := absence.may_lack_bytes(judge.receiver, field):
        judge.refuses(rule, here.only(Payload.BYTES), change, f"a message without it: {why}")
    if not absence.may_lack_json(field):
        why = "an object without it: it is neither nullable nor has it a default"
        judge.refuses(rule, here.only(Payload.JSON), change, why)


def compare_absence(judge: Judge, sent: ir.Field, received: ir.Field, at: Place) -> None:
    """What the sender leaves out has to mean the same to the receiver."""
    left_out = absence.omitted(judge.sender, sent)
    if left_out is None:
        _compare_defaults(judge, sent, received, at)
        return
    mine = absence.meaning(judge.sender, sent)
    yours = absence.meaning(judge.receiver, received)
    if mine == yours:
        return
    rule, change = _absence_rule(judge, sent, received, mine, yours, at)
    what = absence.in_words(mine)
    if yours == absence.REFUSED:
        judge.refuses(rule, at, change, f"{what}, which is not written")
    else:
        judge.misreads(rule, at, change, f"{what} is read as {absence.in_words(yours)}")


def _absence_rule(
    judge: Judge,
    sent: ir.Field,
    received: ir.Field,
    mine: absence.Meaning,
    yours: absence.Meaning,
    at: Place,
) -> tuple[str, str]:
    """The rule that a difference falls under, and the change in words."""
    nullable = isinstance(sent.type, ir.Nullable), isinstance(received.type, ir.Nullable)
    if nullable[0] != nullable[1]:
        rule = "nullable-added" if nullable[0] != judge.sender_is_old else "nullable-removed"
        return rule, judge.was_is(at, sent.type, received.type)
    if yours == absence.REFUSED:
        return "must-be-present", f"`{at.subject}` can no longer be left out by both"
    old, new = judge.by_age(absence.as_value(mine), absence.as_value(yours))
    return "default-changed", f"`{at.subject}` was {old} when absent, and is {new}"


def _compare_defaults(judge: Judge, sent: ir.Field, received: ir.Field, at: Place) -> None:
    mine = absence.meaning(judge.sender, sent)
    yours = absence.meaning(judge.receiver, received)
    if mine == yours or absence.REFUSED in (mine, yours) or yours == absence.NULL:
        return
    old, new = judge.by_age(absence.as_value(mine), absence.as_value(yours))
    change = f"`{at.subject}` was {old} when absent, and is {new}"
    judge.warns("default-changed", at, change, "it is always written, but not by other languages")


def compare_unions(judge: Judge, sent: ir.Union, received: ir.Union, at: Place) -> None:
    """Exactly one member is set, and the receiver has to know it."""
    at = at.at(sent.full_name, *judge.by_age(sent.where, received.where))
    mine, yours = _Named(sent.fields), _Named(received.fields)
    for field in sent.fields:
        by_number, by_name = yours.number.get(field.number), yours.name.get(field.name)
        if by_number is not None and by_number is by_name:
            judge.slot(field.type, by_number.type, _place(judge, at, field, by_number))
        elif by_name is not None:
            here = _place(judge, at, field, by_name)
            _renumbered(judge, field, by_name, here)
            judge.slot(field.type, by_name.type, here.only(Payload.JSON))
        elif by_number is not None:
            here = _place(judge, at, field, by_number)
            is_renamed = by_number.name not in mine.name
            if is_renamed and _family(field.type) == _family(by_number.type):
                _member_renamed(judge, received, field, by_number, here.only(Payload.JSON))
                judge.slot(field.type, by_number.type, here.only(Payload.BYTES))
            else:
                change = _reused(judge, field, by_number, here)
                json = here.only(Payload.JSON)
                _unknown_member(judge, received, field, "field-number-reused", change, json)
        else:
            _new_or_gone(judge, received, field, at)


def _member_renamed(
    judge: Judge, received: ir.Union, sent: ir.Field, other: ir.Field, json: Place
) -> None:
    old, new = judge.by_age(sent.name, other.name)
    change = f"the member `{old}` is called `{new}` now"
    if received.extensible and received.default is not None:
        why = f"`{sent.name}`, which becomes `{received.default.name}`"
        judge.misreads("field-renamed", json, change, why)
    else:
        judge.refuses("field-renamed", json, change, f"`{sent.name}`")


def _new_or_gone(judge: Judge, received: ir.Union, field: ir.Field, at: Place) -> None:
    is_gone = judge.sender_is_old
    rule = "union-member-removed" if is_gone else "union-member-added"
    change = f"`{at.subject}.{field.name}` {'was removed' if is_gone else 'is new'}"
    where = (field.where, at.new) if is_gone else (at.old, field.where)
    here = at.at(f"{at.subject}.{field.name}", *where)
    _unknown_member(judge, received, field, rule, change, here)


def _unknown_member(
    judge: Judge, received: ir.Union, field: ir.Field, rule: str, change: str, at: Place
) -> None:
    """What becomes of a member that the receiver does not know."""
    if not received.extensible or received.default is None:
        judge.refuses(rule, at, change, f"`{field.name}`")
    elif at.in_key:
        judge.refuses(rule, at, change, f"two keys that both become `{received.default.name}`")
    elif judge.sender_is_old:
        judge.warns(rule, at, change, f"`{field.name}` becomes `{received.default.name}`")
