"""The constraints of a type: which apply, and whether they make sense."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from generator.ir.patterns import PatternError, to_re2
from generator.ir.types import (
    NO_CONSTRAINTS,
    Any,
    Array,
    Bytes,
    Constraints,
    Map,
    Primitive,
    PrimitiveKind,
    String,
    Type,
)
from generator.ir.values import Opaque
from generator.sema.compilation import Compilation, Symbol, Unit
from generator.source.diagnostic import Label
from generator.syntax import ast

if TYPE_CHECKING:
    from generator.sema.constants import Evaluator

_COUNT = Primitive(PrimitiveKind.UINT32)


def constrain(
    compilation: Compilation,
    evaluator: Evaluator,
    unit: Unit,
    scope: Symbol | None,
    node: ast.ConstrainedType,
    type: Type,
) -> Type | None:
    """The type with the constraints of a node; None when one of them was refused."""
    if isinstance(type, Opaque):
        return type
    allowed = _allowed(type)
    found: dict[str, object] = {}
    first: dict[str, ast.Constraint] = {}
    for constraint in node.constraints:
        name = constraint.name.text
        expected = allowed.get(name)
        earlier = first.setdefault(name, constraint)
        if expected is None:
            _refuse_kind(compilation, unit, constraint, type, allowed)
        elif earlier is not constraint:
            compilation.report(
                "IPC0043",
                unit.span(constraint.name),
                f"`{name}` is given twice",
                labels=(Label(unit.span(earlier.name), "first given here"),),
                help="remove one of them",
            )
        else:
            value = evaluator.value(unit, scope, constraint.value, expected)
            if value is not None:
                found[name] = None if isinstance(value.scalar, Opaque) else value.scalar
    bounds = replace(getattr(type, "constraints", NO_CONSTRAINTS), **found)
    if len(found) < len(node.constraints) or not _make_sense(compilation, unit, node, bounds):
        return None
    return replace(type, constraints=bounds)


def _allowed(type: Type) -> dict[str, Type]:
    """The constraints that a type can have, and the type of each one's value."""
    match type:
        case Primitive() if type.kind is not PrimitiveKind.BOOL:
            plain = replace(type, constraints=NO_CONSTRAINTS)
            return {"min": plain, "max": plain}
        case String():
            return {"min_bytes": _COUNT, "max_bytes": _COUNT, "pattern": String()}
        case Any():
            return {"min_bytes": _COUNT, "max_bytes": _COUNT}
        case Map():
            return {"min": _COUNT, "max": _COUNT}
        case Array() | Bytes() if type.size is None:
            return {"min": _COUNT, "max": _COUNT}
        case _:
            return {}


def _refuse_kind(
    compilation: Compilation,
    unit: Unit,
    constraint: ast.Constraint,
    type: Type,
    allowed: dict[str, Type],
) -> None:
    name = constraint.name.text
    known = name in Constraints.__dataclass_fields__
    compilation.report(
        "IPC0043",
        unit.span(constraint.name),
        f"`{name}` does not apply to this type" if known else f"there is no constraint `{name}`",
        help=f"what applies here: {', '.join(allowed)}" if allowed else "this type has none",
    )


def _make_sense(
    compilation: Compilation, unit: Unit, node: ast.ConstrainedType, bounds: Constraints
) -> bool:
    by_name = {constraint.name.text: constraint for constraint in node.constraints}
    for least, most in (("min", "max"), ("min_bytes", "max_bytes")):
        low, high = getattr(bounds, least), getattr(bounds, most)
        if low is not None and high is not None and not low <= high:
            compilation.report(
                "IPC0044",
                unit.span(by_name.get(most) or by_name[least]),
                f"no value is at least {low} and at most {high}",
                help=f"make `{most}` larger than `{least}`",
            )
            return False
    if bounds.pattern is not None and "pattern" in by_name:
        try:
            to_re2(bounds.pattern)
        except PatternError as failure:
            compilation.report(
                "IPC0044",
                unit.span(by_name["pattern"].value),
                f"this pattern {failure}",
                help="patterns are ECMAScript's, without look-around and back-references",
            )
            return False
    return True
