"""Enums: values are numbers in bytes and names in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import ir
from generator.breaking.report import Payload, Place

if TYPE_CHECKING:
    from generator.breaking.judge import Judge


def compare(judge: Judge, sent: ir.Enum, received: ir.Enum, at: Place) -> None:
    """Every value that the sender has, and those that it keeps without knowing them."""
    if sent.native or received.native:
        return
    known, names = _numbers(received), {value.name: value.number for value in received.values}
    written = {value.number: value for value in reversed(sent.values)}  # the first name counts
    for number, value in sorted(written.items()):
        here = _value_place(judge, at, sent, received, value)
        if names.get(value.name, number) != number:
            _renumbered(judge, sent, received, value, here.only(Payload.BYTES))
        elif number not in known and value.name not in names:
            _unknown(judge, received, value, here)
        elif number in known and value.name not in names:
            _renamed(judge, sent, received, value, here.only(Payload.JSON))
    if sent.extensible and sent.default is None:
        _compare_kept(judge, sent, received, at)


def _value_place(
    judge: Judge, at: Place, sent: ir.Enum, received: ir.Enum, value: ir.EnumValue
) -> Place:
    other = _named(received, value.name)
    places = judge.by_age(value.where, other.where if other else received.where)
    return at.at(f"{sent.full_name}.{value.name}", *places)


def _named(enum: ir.Enum, name: str) -> ir.EnumValue | None:
    return next((one for one in enum.values if one.name == name), None)


def _numbers(enum: ir.Enum) -> set[int]:
    return {value.number for value in enum.values}


def _compare_kept(judge: Judge, sent: ir.Enum, received: ir.Enum, at: Place) -> None:
    """What is [Extensible] and has no default sends unknown numbers as they came."""
    here = at.at(sent.full_name, *judge.by_age(sent.where, received.where))
    if not received.extensible:
        change = f"`{sent.full_name}` is extensible on one side only"
        judge.refuses("extensible-removed", here, change, "a number that it was sent itself")
    elif received.default is not None and at.in_key:
        change = f"`{sent.full_name}` has a default on one side only"
        judge.refuses("map-key-changed", here, change, _both_become(received))


def _both_become(received: ir.Enum) -> str:
    return f"two keys that both become `{received.default.name}`"


def _renumbered(
    judge: Judge, sent: ir.Enum, received: ir.Enum, value: ir.EnumValue, at: Place
) -> None:
    """A number that is not the one which the receiver has for the name."""
    rule, known, default = "enum-value-renumbered", _named(received, value.name), received.default
    old, new = judge.by_age(value.number, known.number)
    change = f"`{at.subject}` was {old} and is {new}"
    if value.number in _numbers(received):
        judge.misreads(rule, at, change, f"{value.number} is something else there")
    elif not received.extensible:
        judge.refuses(rule, at, change, str(value.number))
    elif default is None:
        judge.misreads(rule, at, change, f"{value.number}, which it does not know")
    elif default.number != known.number:
        judge.misreads(rule, at, change, f"{value.number}, which becomes `{default.name}`")
    elif at.in_key and default.number in _numbers(sent):
        judge.refuses(rule, at, change, _both_become(received))
    else:
        judge.warns(rule, at, change, f"{value.number} is unknown, and becomes `{default.name}`")


def _renamed(
    judge: Judge, sent: ir.Enum, received: ir.Enum, value: ir.EnumValue, at: Place
) -> None:
    """A name that the receiver does not have, of a number that it has."""
    rule, default = "enum-value-renamed", received.default
    known = next(one for one in received.values if one.number == value.number)
    old, new = judge.by_age(value.name, known.name)
    change = f"{value.number} of `{received.full_name}` was `{old}` and is `{new}`"
    at = at.at(f"{received.full_name} ({value.number})", at.old, at.new)
    if default is None:
        judge.refuses(rule, at, change, f'"{value.name}"')
    elif default.number != known.number:
        judge.misreads(rule, at, change, f'"{value.name}", which becomes `{default.name}`')
    elif at.in_key and _has_name_of(sent, received, default.number):
        judge.refuses(rule, at, change, _both_become(received))


def _has_name_of(sent: ir.Enum, received: ir.Enum, number: int) -> bool:
    """Whether the sender has a value that the receiver knows by name as that number."""
    names = {value.name for value in received.values if value.number == number}
    return any(value.name in names for value in sent.values)


def _unknown(judge: Judge, received: ir.Enum, value: ir.EnumValue, at: Place) -> None:
    """A value that the receiver does not have: gone when the sender is old, else new."""
    rule = "enum-value-removed" if judge.sender_is_old else "enum-value-added"
    change = f"`{at.subject}` {'was removed' if judge.sender_is_old else 'is new'}"
    what = f"{value.number}, or {value.name} in JSON"
    if not received.extensible:
        judge.refuses(rule, at, change, what)
    elif received.default is None:
        judge.refuses(rule, at.only(Payload.JSON), change, f'"{value.name}"')
    elif at.in_key:
        judge.refuses(rule, at, change, _both_become(received))
    elif judge.sender_is_old:
        judge.warns(rule, at, change, f"{what} becomes `{received.default.name}`")
