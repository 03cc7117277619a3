"""Default values of fields, and the one that stands for what a receiver does not know."""

from __future__ import annotations

from generator.ir.types import (
    Any,
    EnumRef,
    Nullable,
    Primitive,
    String,
    StructRef,
)
from generator.ir.values import Opaque
from generator.sema.compilation import Compilation, Unit, has_flag
from generator.sema.constants import Evaluator
from generator.source.diagnostic import Label
from generator.syntax import ast


def check_defaults(compilation: Compilation) -> None:
    """Evaluates the defaults of struct fields; they and constants have to fit their types."""
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


def check_bounds(compilation: Compilation) -> None:
    """Constants and defaults lie within the bounds of their own types."""
    for unit, node in compilation.definitions(ast.Const):
        _check_bounds(compilation, unit, node, node.value, f"`{node.name.text}`")
    for unit, node in compilation.definitions(ast.Struct):
        for field in node.fields:
            if field.default is not None:
                what = f"the default of `{field.name.text}`"
                _check_bounds(compilation, unit, field, field.default, what)


def _check_bounds(
    compilation: Compilation,
    unit: Unit,
    node: ast.Const | ast.Field,
    written: ast.Constant,
    what: str,
) -> None:
    type, value = compilation.types.get(node.type), compilation.values.get(node)
    bounds = getattr(type.inner if isinstance(type, Nullable) else type, "constraints", None)
    if bounds is None or value is None or isinstance(value.scalar, Opaque):
        return
    scalar = value.scalar
    size = len(scalar.encode("utf-8", "replace")) if isinstance(scalar, str) else None
    for number, least, most in (
        (scalar, bounds.min, bounds.max),
        (size, bounds.min_bytes, bounds.max_bytes),
    ):
        if (least is not None and not number >= least) or (most is not None and not number <= most):
            compilation.report(
                "IPC0028",
                unit.span(written),
                f"{what} is outside of its own bounds",
                labels=(Label(unit.span(node.type), "the bounds"),),
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
    elif union and defaults and not _has_empty_value(compilation, defaults[0]):
        compilation.report(
            "IPC0047",
            unit.span(defaults[0].type),
            f"`{defaults[0].name.text}` has no value to begin with",
            help=f"write `{unit.span(defaults[0].type).text}?`, or mark a number or a bool",
        )
    elif defaults and not extensible:
        compilation.report(
            "IPC0047",
            unit.span(defaults[0].name),
            f"`{name.text}` has a default {what} and is not extensible",
            help=f"put [Extensible] before `{name.text}`, or remove [Default]",
        )


def _has_empty_value(compilation: Compilation, field: ast.Field) -> bool:
    """Whether a default field has what it is set to: null, zero or false. As in mojom."""
    type = compilation.types.get(field.type)
    if isinstance(type, Primitive):
        return not type.kind.is_float
    return type is None or isinstance(type, (Nullable, Any, Opaque))
