"""Constants as C++ writes them."""

from __future__ import annotations

import math
import struct

from generator.ir import PrimitiveKind

_INT64_MIN = -(2**63)


def integer(value: int) -> str:
    if value == _INT64_MIN:  # its digits alone are no int64_t
        return "std::numeric_limits<int64_t>::min()"
    return f"{value}u" if value >= 2**63 else str(value)


def floating(value: float, kind: PrimitiveKind) -> str:
    """The shortest digits that read back as the same number."""
    if math.isnan(value):
        return f"std::numeric_limits<{kind.value}>::quiet_NaN()"
    if math.isinf(value):
        sign = "-" if value < 0 else ""
        return f"{sign}std::numeric_limits<{kind.value}>::infinity()"
    if kind is PrimitiveKind.DOUBLE:
        return repr(value)
    single = _single(value)
    digits = next(text for p in range(1, 10) if _single(float(text := f"{single:.{p}g}")) == single)
    return f"{digits}f" if "." in digits or "e" in digits else f"{digits}.0f"


def _single(value: float) -> float:
    """The nearest number that a float holds."""
    return struct.unpack("f", struct.pack("f", value))[0]


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def quoted(text: str) -> str:
    """A string literal; what is not printable ASCII or beyond it becomes an octal escape."""
    if text.isprintable() and "\\" not in text and '"' not in text:
        return f'"{text}"'
    return '"' + "".join(_ESCAPES.get(char) or _character(char) for char in text) + '"'


def _character(char: str) -> str:
    return char if char.isprintable() else "".join(f"\\{byte:03o}" for byte in char.encode())


def string(text: str, type: str) -> str:
    """An expression of `type` (std::string or std::string_view), NULs included."""
    if "\0" in text:
        return f"{type}({quoted(text)}, {len(text.encode())})"
    return quoted(text)
