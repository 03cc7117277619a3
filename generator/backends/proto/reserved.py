"""`reserved` of .ipc, which counts ordinals, as that of proto, which counts field numbers."""

from __future__ import annotations

from generator.backends.comments import Lines
from generator.ir import Reserved

_FIRST_SHIFTED = 19000  # protobuf keeps 19000 to 19999 for itself
_SHIFT = 1000


def reserved_fields(reserved: Reserved) -> Lines:
    ranges: list[tuple[int, int]] = []
    for first, last in reserved.ranges:
        below = min(last + 1, _FIRST_SHIFTED - 1)
        if first + 1 <= below:
            ranges.append((first + 1, below))
        if last + 1 >= _FIRST_SHIFTED:
            ranges.append((max(first + 1, _FIRST_SHIFTED) + _SHIFT, last + 1 + _SHIFT))
    return _lines(ranges, reserved.names)


def reserved_values(reserved: Reserved, names: tuple[str, ...]) -> Lines:
    """Of an enum, whose numbers are the same in both."""
    return _lines(list(reserved.ranges), names)


def _lines(ranges: list[tuple[int, int]], names: tuple[str, ...]) -> Lines:
    lines = []
    if ranges:
        said = (str(first) if first == last else f"{first} to {last}" for first, last in ranges)
        lines.append(f"reserved {', '.join(said)};")
    if names:
        quoted = (f'"{name}"' for name in names)
        lines.append(f"reserved {', '.join(quoted)};")
    return tuple(lines)
