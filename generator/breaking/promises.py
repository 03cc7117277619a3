"""What declarations promise to every version: numbers kept reserved, [Stable], constants."""

from __future__ import annotations

from collections.abc import Iterator

from generator import ir
from generator.breaking.report import Outcome, Place, Report
from generator.source.file import Span

_Data = ir.Enum | ir.Struct | ir.Union
_Item = ir.Field | ir.EnumValue | ir.Member


def compare_declarations(old: ir.Decl, new: ir.Decl, report: Report) -> None:
    """Two versions of one declaration, of the same kind."""
    place = Place(new.full_name, old.where, new.where)
    match old, new:
        case ir.Const(), ir.Const() if repr(old.value.scalar) != repr(new.value.scalar):
            change = f"`{new.full_name}` was {old.value.scalar!r} and is {new.value.scalar!r}"
            _warn(report, "const-changed", place, change, "the two sides go by different values")
        case ir.Interface(), ir.Interface() if old.methods != new.methods:
            change = f"the methods of `{new.full_name}` differ"
            why = "nothing is generated for interfaces, so they are not compared"
            _warn(report, "interface-changed", place, change, why)
    if getattr(old, "stable", False) and not getattr(new, "stable", False):
        change = f"`{new.full_name}` is not [Stable] any more"
        _warn(report, "stable-removed", place, change, "others may rely on it")
    if hasattr(old, "reserved"):
        _compare_reserved(old, new, place, report)
    if isinstance(old, (ir.Enum, ir.Union)):
        _compare_unknown(old, new, place, report)
    _compare_versions(old, new, report)


def stable_removed(old: _Data, report: Report) -> None:
    """A [Stable] declaration that the new program has not."""
    place = Place(old.full_name, old.where, None)
    change = f"`{old.full_name}`, which is [Stable], was removed"
    report.add("stable-type-removed", place, change, None, Outcome.REFUSES, "others rely on it")


def _warn(report: Report, rule: str, place: Place, change: str, why: str) -> None:
    report.add(rule, place, change, None, Outcome.WARNS, why)


def _items(decl: ir.Decl) -> tuple[_Item, ...]:
    for group in ("fields", "values", "members"):
        if hasattr(decl, group):
            return getattr(decl, group)
    return ()


def _number(item: _Item) -> int:
    """What `reserved` speaks of: an ordinal, of an enum's value its number."""
    return item.number if isinstance(item, ir.EnumValue) else item.ordinal


def _compare_reserved(old: ir.Decl, new: ir.Decl, place: Place, report: Report) -> None:
    was, now = _Kept(old.reserved), _Kept(new.reserved)
    numbers = {_number(item): item for item in _items(new)}
    names = {item.name: item for item in _items(new)}
    kinds = ((numbers, was.numbers, now.numbers, "number "), (names, was.names, now.names, "name "))
    for used, before, after, what in kinds:
        for key in before:
            said = f"the {what}`{key}` of `{new.full_name}`"
            if key in used:
                item = used[key]
                here = place.at(f"{new.full_name}.{item.name}", place.old, item.where)
                why = "programs before the old one may still send it, as something else"
                report.add(
                    "reserved-reused", here, f"{said} was reserved", None, Outcome.MISREADS, why
                )
            elif key not in after:
                here = place.at(f"{new.full_name} ({key})", place.old, place.new)
                why = "nothing keeps it from being used again"
                _warn(report, "reserved-dropped", here, f"{said} is not reserved any more", why)
    for item in _items(old):
        if isinstance(item, ir.Member) or item.name in names or _number(item) in numbers:
            continue
        if _number(item) not in now.numbers:
            _not_reserved(new, item, place.new, report)


def _not_reserved(new: ir.Decl, item: _Item, where: Span | None, report: Report) -> None:
    here = Place(f"{new.full_name}.{item.name}", item.where, where)
    form = f"{item.number}" if isinstance(item, ir.EnumValue) else f"@{item.ordinal}"
    change = f"`{here.subject}` was removed and `{form}` is not reserved"
    why = f'write `reserved {form}, "{item.name}";`'
    _warn(report, "removed-without-reserved", here, change, why)


class _Kept:
    """The numbers and names of a `reserved`; of a very long range the two ends."""

    _MANY = 10_000

    def __init__(self, reserved: ir.Reserved):
        self.names = reserved.names
        self.numbers = [number for range in reserved.ranges for number in self._expand(*range)]

    @classmethod
    def _expand(cls, first: int, last: int) -> Iterator[int]:
        if last - first < cls._MANY:
            yield from range(first, last + 1)
        else:
            yield from (first, last)


def _compare_unknown(
    old: ir.Enum | ir.Union, new: ir.Enum | ir.Union, place: Place, report: Report
) -> None:
    """What becomes of values that a receiver does not know."""
    if old.extensible and not new.extensible:
        change = f"`{new.full_name}` is not [Extensible] any more"
        why = "whatever is added from now on is refused"
        _warn(report, "extensible-removed", place, change, why)
        return
    before = old.default.name if old.default else "kept as it is"
    after = new.default.name if new.default else "kept as it is"
    if old.extensible and new.extensible and before != after:
        change = f"what `{new.full_name}` does not know was `{before}` and is `{after}`"
        why = "old and new programs take it for different values"
        _warn(report, "unknown-default-changed", place, change, why)


def _compare_versions(old: ir.Decl, new: ir.Decl, report: Report) -> None:
    after = {item.name: item for item in _items(new)}
    for item in _items(old):
        other = after.get(item.name)
        before = getattr(item, "min_version", None)
        if other is None or before == getattr(other, "min_version", None):
            continue
        here = Place(f"{new.full_name}.{item.name}", item.where, other.where)
        change = f"`{here.subject}` was of version {before} and is of {other.min_version}"
        _warn(report, "min-version-changed", here, change, "a version is a fact of the past")
