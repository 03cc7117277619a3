"""Sets of values that types allow, and whether one holds all of another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator import ir
from generator.ir.patterns import to_re2

_CODE = re.compile(r"\\x\{([0-9a-f]+)\}")  # how RE2 writes a character that Python writes otherwise


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both included; None is no bound."""

    low: int | float | None = None
    high: int | float | None = None

    def beyond(self, other: Interval, less: str = "less") -> str:
        """What of this interval the other leaves out, in words; "" when nothing."""
        parts = []
        if other.low is not None and (self.low is None or self.low < other.low):
            parts.append(f"{less} than {other.low}")
        if other.high is not None and (self.high is None or self.high > other.high):
            parts.append(f"more than {other.high}")
        is_one = len(parts) == 2 and other.low == other.high
        return f"other than {other.low}" if is_one else " or ".join(parts)

    def holds(self, value: int | float) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


def number(type: ir.Primitive) -> Interval:
    """The values of a number: its width, narrowed by its constraints."""
    bounds = type.constraints
    if not type.kind.is_integer:
        return Interval(bounds.min, bounds.max)
    low, high = type.kind.range
    return Interval(
        low if bounds.min is None else max(low, bounds.min),
        high if bounds.max is None else min(high, bounds.max),
    )


def size(type: ir.String | ir.Any) -> Interval:
    """The bytes of a text."""
    return Interval(type.constraints.min_bytes or 0, type.constraints.max_bytes)


def count(type: ir.Array | ir.Bytes | ir.Map) -> Interval:
    """The elements of a container: exactly its size, or what its constraints allow."""
    fixed = getattr(type, "size", None)
    low, high = (type.constraints.min or 0, type.constraints.max) if fixed is None else (fixed,) * 2
    return Interval(low, high)


def matches(type: ir.String, text: str) -> bool:
    """Whether a text that the author wrote has the type's pattern."""
    pattern = type.constraints.pattern
    if pattern is None:
        return True
    expression = _CODE.sub(lambda found: f"\\U{int(found[1], 16):08x}", to_re2(pattern))
    return re.fullmatch(expression, text) is not None


def admits_zero(type: ir.Type) -> bool:
    """Whether a receiver's checks pass what it takes an absent field for."""
    match type:
        case ir.Primitive():
            return type.kind is ir.PrimitiveKind.BOOL or Interval(
                type.constraints.min, type.constraints.max
            ).holds(0)
        case ir.String():
            return size(type).holds(0) and matches(type, "")
        case ir.Any():
            return size(type).holds(len("null"))
        case ir.Bytes() | ir.Array():
            return type.size is not None or count(type).holds(0)
        case ir.Map():
            return count(type).holds(0)
        case _:
            return True
