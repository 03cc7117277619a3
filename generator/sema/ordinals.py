"""Ordinals: of fields, parameters, channels and methods, and what is reserved among them."""

from __future__ import annotations

from collections.abc import Sequence

from generator.sema.compilation import Compilation, Unit, field_groups, methods, walk
from generator.source.diagnostic import Label
from generator.syntax import ast

_MAX_FIELD_NUMBER = 2**29 - 1
_Numbered = ast.Field | ast.Method


def field_number(ordinal: int) -> int:
    """The protobuf field number of an ordinal: 19000 to 19999 are protobuf's own."""
    number = ordinal + 1
    return number if number < 19000 else number + 1000


def assign_ordinals(compilation: Compilation) -> None:
    """Gives every field, parameter and call its ordinal; checks gaps and what is reserved."""
    for unit in compilation.units:
        for node in walk(unit.tree):
            reserved = _Reserved(compilation, unit, node)
            if isinstance(node, ast.Enum):
                _check_enum(compilation, unit, node, reserved)
            elif isinstance(node, ast.Interface):
                _assign_methods(compilation, unit, node)
            for group in field_groups(node):
                in_data = isinstance(node, (ast.Struct, ast.Union))
                taken = reserved if in_data else _Reserved(compilation, unit, None)
                _assign(compilation, unit, node, group, taken)
            if isinstance(node, ast.Channels):
                _assign(compilation, unit, node, node.members, reserved)


class _Reserved:
    """The reserved numbers and names of a declaration, checked for sense; parameters have none."""

    def __init__(self, compilation: Compilation, unit: Unit, node: ast.Definition | None):
        self.names: dict[str, ast.Literal] = {}
        self.ranges: list[ast.ReservedRange] = []
        self.allowed = node is not None
        in_enum = isinstance(node, ast.Enum)
        for statement in getattr(node, "reserved", ()):
            for item in statement.ranges:
                if item.first > item.last:
                    self._refuse(compilation, unit, item, None, "this range ends before it begins")
                elif other := self._overlapping(item.first, item.last):
                    self._refuse(compilation, unit, item, other, "this is reserved already")
                elif in_enum or 0 <= item.first:
                    self.ranges.append(item)
                else:
                    self._refuse(compilation, unit, item, None, "ordinals are not negative")
            for name in statement.names:
                first = self.names.setdefault(str(name.value), name)
                if first is not name:
                    self._refuse(compilation, unit, name, first, "this is reserved already")
        self.ranges.sort(key=lambda item: item.first)

    def at(self, number: int) -> ast.ReservedRange | None:
        return self._overlapping(number, number)

    def _overlapping(self, first: int, last: int) -> ast.ReservedRange | None:
        for item in self.ranges:
            if item.first <= last and first <= item.last:
                return item
        return None

    @staticmethod
    def _refuse(
        compilation: Compilation,
        unit: Unit,
        item: ast.ReservedRange | ast.Literal,
        other: ast.ReservedRange | ast.Literal | None,
        message: str,
    ) -> None:
        labels = (Label(unit.span(other), "first reserved here"),) if other else ()
        compilation.report(
            "IPC0059",
            unit.span(item),
            message,
            labels=labels,
            help="reserve each number and each name once",
        )


def _assign(
    compilation: Compilation,
    unit: Unit,
    owner: ast.Definition,
    items: Sequence[_Numbered],
    reserved: _Reserved,
) -> None:
    for item in items:
        _check_name(compilation, unit, item.name, reserved)
    explicit = [item for item in items if item.ordinal is not None]
    if not explicit:
        ordinal = 0
        for item in items:
            while (skipped := reserved.at(ordinal)) is not None:
                ordinal = skipped.last + 1
            compilation.ordinals[item] = ordinal
            ordinal += 1
        return
    if len(explicit) < len(items):
        if not unit.damaged(owner):
            _refuse_mixture(compilation, unit, items)
        return
    _check_explicit(compilation, unit, owner, items, reserved)


def _check_explicit(
    compilation: Compilation,
    unit: Unit,
    owner: ast.Definition,
    items: Sequence[_Numbered],
    reserved: _Reserved,
) -> None:
    """Every item has an ordinal: each is free, and together they count from 0."""
    taken: dict[int, _Numbered] = {}
    free = _next_free(items, reserved)
    clean = True
    for item in items:
        ordinal = item.ordinal.value
        first = taken.setdefault(ordinal, item)
        compilation.ordinals[item] = ordinal
        range = reserved.at(ordinal)
        if first is not item:
            _refuse_second_use(compilation, unit, first, item, free)
        elif range:
            compilation.report(
                "IPC0033",
                unit.span(item.ordinal),
                f"ordinal @{ordinal} is reserved",
                labels=(Label(unit.span(range), "reserved here"),),
                help=f"give `{item.name.text}` the next free ordinal, @{free}",
            )
        elif field_number(ordinal) > _MAX_FIELD_NUMBER:
            compilation.report(
                "IPC0035",
                unit.span(item.ordinal),
                "this ordinal is too large",
                help=f"field numbers end at {_MAX_FIELD_NUMBER}",
            )
        else:
            continue
        clean = False
    if clean and not unit.damaged(owner):
        _check_dense(compilation, unit, items, reserved)


def _check_dense(
    compilation: Compilation, unit: Unit, items: Sequence[_Numbered], reserved: _Reserved
) -> None:
    free = 0
    for item in sorted(items, key=lambda item: item.ordinal.value):
        ordinal = item.ordinal.value
        while (skipped := reserved.at(free)) is not None:
            free = skipped.last + 1
        if free < ordinal:
            several = free + 1 < ordinal and reserved.at(free + 1) is None
            missing = f"@{free}..@{ordinal - 1}" if several else f"@{free}"
            keep = f", or keep the gap with `reserved {missing};`" if reserved.allowed else ""
            compilation.report(
                "IPC0032",
                unit.span(item.ordinal),
                f"nothing has ordinal @{free}",
                help=f"give `{item.name.text}` @{free}{keep}",
            )
            return
        free = ordinal + 1


def _next_free(items: Sequence[_Numbered], reserved: _Reserved) -> int:
    used = {item.ordinal.value for item in items if item.ordinal}
    free = 0
    while free in used or reserved.at(free):
        skipped = reserved.at(free)
        free = skipped.last + 1 if skipped else free + 1
    return free


def _refuse_second_use(
    compilation: Compilation,
    unit: Unit,
    first: _Numbered,
    item: _Numbered,
    free: int,
) -> None:
    compilation.report(
        "IPC0031",
        unit.span(item.ordinal),
        f"ordinal @{item.ordinal.value} is already used by `{first.name.text}`",
        note="used again here",
        labels=(Label(unit.span(first.ordinal), "first used here"),),
        help=f"give `{item.name.text}` the next free ordinal, @{free}",
    )


def _refuse_mixture(compilation: Compilation, unit: Unit, items: Sequence[_Numbered]) -> None:
    without = next(item for item in items if item.ordinal is None)
    beside = next(item for item in items if item.ordinal is not None)
    compilation.report(
        "IPC0030",
        unit.span(without.name),
        f"`{without.name.text}` has no ordinal, and others here have",
        labels=(Label(unit.span(beside.ordinal), "one that has"),),
        help="give every one an ordinal, or none",
    )


def _assign_methods(compilation: Compilation, unit: Unit, node: ast.Interface) -> None:
    """mojom's rule for methods: one without an ordinal follows the one before; gaps are fine."""
    taken: dict[int, ast.Method] = {}
    following = 0
    for method in methods(node):
        ordinal = method.ordinal.value if method.ordinal else following
        following = ordinal + 1
        first = taken.setdefault(ordinal, method)
        compilation.ordinals[method] = ordinal
        if first is not method:
            compilation.report(
                "IPC0031",
                unit.span(method.ordinal or method.name),
                f"ordinal @{ordinal} is already used by `{first.name.text}`",
                note="used again here",
                labels=(Label(unit.span(first.ordinal or first.name), "first used here"),),
                help=f"give `{method.name.text}` the next free ordinal, @{max(taken) + 1}",
            )
        elif ordinal >= 2**32:
            compilation.report(
                "IPC0035",
                unit.span(method.ordinal or method.name),
                "this ordinal is too large",
                help="the ordinal of a method has 32 bits",
            )


def _check_enum(
    compilation: Compilation, unit: Unit, node: ast.Enum, reserved: _Reserved
) -> None:
    for value in node.values:
        _check_name(compilation, unit, value.name, reserved)
        constant = compilation.values.get(value)
        range = reserved.at(constant.scalar.number) if constant else None
        if range:
            compilation.report(
                "IPC0033",
                unit.span(value.value or value.name),
                f"the number {constant.scalar.number} is reserved",
                labels=(Label(unit.span(range), "reserved here"),),
                help=f"give `{value.name.text}` another number",
            )


def _check_name(
    compilation: Compilation, unit: Unit, name: ast.Name, reserved: _Reserved
) -> None:
    kept = reserved.names.get(name.text)
    if kept:
        compilation.report(
            "IPC0034",
            unit.span(name),
            f"the name `{name.text}` is reserved",
            labels=(Label(unit.span(kept), "reserved here"),),
            help="choose another name",
        )
