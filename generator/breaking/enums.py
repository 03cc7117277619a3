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
    known = {value.number: value for value in reversed(received.values)}
    names = {value.name: value for value in received.values}
    written = {value.number: value for value in reversed(sent.values)}  # the first name counts
    for number, value in sorted(written.items()):
        here = _value_place(judge, at, sent, received, value)
        if value.name in names and names[value.name].number != number:
            _renumbered(judge, value, names[value.name], here.only(Payload.BYTES))
        elif number not in known and value.name not in names:
            _unknown(judge, received, value, here)
        elif number in known and value.name not in names:
            _renamed(judge, received, value, known[number], here.only(Payload.JSON))
    if _keeps_unknown(sent) and not received.extensible:
        here = at.at(sent.full_name, *judge.by_age(sent.where, received.where))
        change = f"`{sent.full_name}` is extensible on one side only"
        judge.refuses("extensible-removed", here, change, "a number that it was sent itself")


def _value_place(
    judge: Judge, at: Place, sent: ir.Enum, received: ir.Enum, value: ir.EnumValue
) -> Place:
    other = next((one for one in received.values if one.name == value.name), None)
    places = judge.by_age(value.where, other.where if other else received.where)
    return at.at(f"{sent.full_name}.{value.name}", *places)


def _keeps_unknown(enum: ir.Enum) -> bool:
    return enum.extensible and enum.default is None


def _renumbered(judge: Judge, value: ir.EnumValue, other: ir.EnumValue, at: Place) -> None:
    old, new = judge.by_age(value.number, other.number)
    change = f"`{at.subject}` was {old} and is {new}"
    judge.misreads("enum-value-renumbered", at, change, f"{value.number} is something else there")


def _renamed(
    judge: Judge, received: ir.Enum, value: ir.EnumValue, other: ir.EnumValue, at: Place
) -> None:
    old, new = judge.by_age(value.name, other.name)
    change = f"{value.number} of `{received.full_name}` was `{old}` and is `{new}`"
    at = at.at(f"{received.full_name} ({value.number})", at.old, at.new)
    if received.default and received.default.number == other.number:
        return  # it is what an unknown name becomes
    if received.default:
        why = f'"{value.name}", which becomes `{received.default.name}`'
        judge.misreads("enum-value-renamed", at, change, why)
    else:
        judge.refuses("enum-value-renamed", at, change, f'"{value.name}"')


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
        judge.refuses(rule, at, change, f"two keys that both become `{received.default.name}`")
    elif judge.sender_is_old:
        judge.warns(rule, at, change, f"{what} becomes `{received.default.name}`")
