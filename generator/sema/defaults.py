"""Default values of fields, and the one that stands for what a receiver does not know."""

from __future__ import annotations

from generator.ir.types import (
    Constraints,
    EnumRef,
    Nullable,
    Primitive,
    String,
    StructRef,
    Type,
)
from generator.ir.values import Opaque
from generator.sema.compilation import Compilation, Unit, has_flag
from generator.sema.constants import Evaluator
from generator.source.diagnostic import Label
from generator.syntax import ast


def check_defaults(compilation: Compilation) -> None:
    """Evaluates the defaults of struct fields, which have to fit their types."""
    evaluator = Evaluator(compilation)
    for unit, node in compilation.definitions(ast.Struct):
        scope = compilation.scopes[node]
        for field in node.fields:
            type = compilation.types.get(field.type)
            if isinstance(type, Nullable):
                type = type.inner
            if field.default is None or type is None:
                continue
            if not isinstance(type, (Primitive, String, EnumRef, StructRef, Opaque)):
                compilation.report(
                    "IPC0029",
                    unit.span(field.default),
                    f"`{field.name.text}` is of a type that has no defaults",
                    help="remove the default: the field begins empty",
                )
                continue
            value = evaluator.value(unit, scope, field.default, type)
            if value is not None:
                compilation.values[field] = value
                _check_bounds(compilation, unit, field, type, value.scalar)


def _check_bounds(
    compilation: Compilation, unit: Unit, field: ast.Field, type: Type, scalar: object
) -> None:
    if isinstance(scalar, Opaque):
        return
    bounds: Constraints = getattr(type, "constraints", Constraints())
    size = len(scalar.encode("utf-8", "replace")) if isinstance(scalar, str) else None
    for value, least, most in (
        (scalar, bounds.min, bounds.max),
        (size, bounds.min_bytes, bounds.max_bytes),
    ):
        if (least is not None and not value >= least) or (most is not None and not value <= most):
            compilation.report(
                "IPC0028",
                unit.span(field.default),
                f"the default of `{field.name.text}` is outside of its own bounds",
                labels=(Label(unit.span(field.type), "the bounds"),),
                help="change one of them",
            )


def check_extensible(compilation: Compilation) -> None:
    """Checks [Default] against [Extensible], and that unions have fields at all."""
    for unit in compilation.units:
        for node in unit.tree.definitions:
            if isinstance(node, ast.Union):
                _check_one_default(compilation, unit, node, node.fields, "field")
    for unit, node in compilation.definitions(ast.Enum):
        if node.body:
            _check_one_default(compilation, unit, node, node.values, "value")


def _check_one_default(
    compilation: Compilation,
    unit: Unit,
    node: ast.Enum | ast.Union,
    items: tuple[ast.EnumValue, ...] | tuple[ast.Field, ...],
    what: str,
) -> None:
    name = node.name
    defaults = [item for item in items if has_flag(item, "Default")]
    extensible = has_flag(node, "Extensible")
    union = isinstance(node, ast.Union)
    if union and not items and not unit.damaged(node):
        compilation.report(
            "IPC0061", unit.span(name), f"`{name.text}` has no field", help="give it a field"
        )
    elif len(defaults) > 1:
        compilation.report(
            "IPC0047",
            unit.span(defaults[1].name),
            f"`{name.text}` has two default {what}s",
            labels=(Label(unit.span(defaults[0].name), "the first one"),),
            help="remove one [Default]",
        )
    elif union and extensible and not defaults and not unit.damaged(node):
        compilation.report(
            "IPC0047",
            unit.span(name),
            f"`{name.text}` is extensible and has no default field",
            help="put [Default] before the field that stands for unknown ones",
        )
    elif defaults and not extensible:
        compilation.report(
            "IPC0047",
            unit.span(defaults[0].name),
            f"`{name.text}` has a default {what} and is not extensible",
            help=f"put [Extensible] before `{name.text}`, or remove [Default]",
        )
