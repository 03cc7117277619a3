"""What a receiver refuses, and how long a caller waits: in words."""

from __future__ import annotations

from generator.docs.views import Line, Part
from generator.ir import Any, Array, Bytes, Constraints, Map, Nullable, Primitive, String, Type


def rules(type: Type) -> Line:
    """The bounds of a type and of what it is made of, () without any."""
    line: list[Part] = []
    for part in _rules(type):
        line += [Part("; "), *part] if line else part
    return tuple(line)


def duration(ms: int) -> str:
    """`2 s`, `1.5 s`, `250 ms`."""
    return f"{ms} ms" if ms < 1000 else f"{ms / 1000:g} s"


def _rules(type: Type) -> list[list[Part]]:
    match type:
        case Nullable():
            return _rules(type.inner)
        case Primitive():
            return _bounds(type.constraints.min, type.constraints.max, "", "")
        case String() | Any():
            return _text(type.constraints)
        case Bytes():
            return _bounds(type.constraints.min, type.constraints.max, " byte", " bytes")
        case Array():
            count = _bounds(type.constraints.min, type.constraints.max, " element", " elements")
            return count + _inner("each ", type.element)
        case Map():
            count = _bounds(type.constraints.min, type.constraints.max, " entry", " entries")
            return count + _inner("keys ", type.key) + _inner("values ", type.value)
        case _:
            return []


def _text(constraints: Constraints) -> list[list[Part]]:
    found = _bounds(constraints.min_bytes, constraints.max_bytes, " byte", " bytes")
    if constraints.pattern is not None:
        found.append([Part("matches "), Part(constraints.pattern, code=True)])
    return found


def _inner(whose: str, type: Type) -> list[list[Part]]:
    return [[Part(whose), *rule] for rule in _rules(type)]


def _bounds(least, most, one: str, many: str) -> list[list[Part]]:
    if least is None and most is None:
        return []
    unit = one if (most if most is not None else least) == 1 else many
    if most is None:
        said = f"at least {least}{unit}"
    elif least is None:
        said = f"at most {most}{unit}"
    elif least == most:
        said = f"exactly {most}{unit}"
    else:
        said = f"{least} to {most}{unit}"
    return [[Part(said)]]
