"""Values: of constants, of enum values, of defaults and of constraints."""

from __future__ import annotations

import math
import re
import struct

from generator.ir.types import EnumRef, Primitive, PrimitiveKind, String, StructRef, Type
from generator.ir.values import DefaultConstructed, EnumConstant, Opaque, Scalar, Value
from generator.sema import types
from generator.sema.compilation import Compilation, Symbol, Unit
from generator.sema.names import find, look_up
from generator.sema.references import reference
from generator.source.diagnostic import Label
from generator.syntax import ast

# A constant may be defined by another one, that by a third, and so on, this many times.
MAX_CHAIN = 32

_INT32 = Primitive(PrimitiveKind.INT32)
_LARGEST = {PrimitiveKind.FLOAT: "3.4e38", PrimitiveKind.DOUBLE: "1.8e308"}
_WRITTEN_NUMBER = re.compile(r"[-+]?\.?[0-9]")
_LONGEST_SHOWN = 30  # characters of a number in a message
_SPECIAL = {
    f"{kind}.{name}": value
    for kind in ("float", "double")
    for name, value in (
        ("INFINITY", math.inf),
        ("NEGATIVE_INFINITY", -math.inf),
        ("NAN", math.nan),
    )
}


def evaluate_constants(compilation: Compilation) -> None:
    """Gives every constant and every enum value its value."""
    evaluator = Evaluator(compilation)
    for _, node in compilation.definitions(ast.Const):
        evaluator.const(compilation.scopes[node])
    for _, node in compilation.definitions(ast.Enum):
        evaluator.enum(compilation.scopes[node])


class Evaluator:
    """Evaluates on demand and remembers; what is being evaluated is kept to find circles.

    A constant needs its type, and a type's constraints need constants: Evaluator and Resolver
    call each other.
    """

    def __init__(self, compilation: Compilation):
        self._compilation = compilation
        self._values = compilation.values
        self._open: list[Symbol] = []

    def const(self, symbol: Symbol) -> Value | None:
        """The value of a `const`."""
        node = symbol.node
        if node not in self._values and self._enter(symbol):
            resolver = types.Resolver(self._compilation, self)
            type = resolver.type(symbol.unit, symbol.parent, node.type)
            if type is not None and self._has_constants(symbol.unit, node.type, type):
                self._leave(symbol, self.value(symbol.unit, symbol.parent, node.value, type))
            else:
                self._leave(symbol, None)
        return self._values.get(node)

    def enum(self, symbol: Symbol) -> None:
        """Gives every value of an enum its number: what it says, or one more than the last."""
        before: ast.EnumValue | None = None
        for node in symbol.node.values:
            self._set_number(symbol, before, node)
            before = node

    def number(self, symbol: Symbol) -> int | None:
        """The number of an enum value, also before the enum as a whole was evaluated."""
        if symbol.node not in self._values:
            siblings = symbol.parent.node.values
            last = siblings.index(symbol.node)
            first = last
            while first and siblings[first].value is None and siblings[first] not in self._values:
                first -= 1
            for at in range(first, last + 1):
                before = siblings[at - 1] if at else None
                self._set_number(symbol.parent, before, siblings[at])
        found = self._values.get(symbol.node)
        return found.scalar.number if found else None

    def value(
        self, unit: Unit, scope: Symbol | None, node: ast.Constant, type: Type
    ) -> Value | None:
        """What a constant comes to as a value of a type; reports when it does not fit."""
        if isinstance(node, ast.Literal):
            scalar = DefaultConstructed() if node.value is None else node.value
            if isinstance(scalar, float) and math.isinf(scalar):  # infinity has a name
                self._refuse(unit, node, scalar, type)
                return None
            return self._as_type(unit, node, Value(scalar), type)
        if node.text in _SPECIAL:
            return self._as_type(unit, node, Value(_SPECIAL[node.text]), type)
        if isinstance(type, Opaque):
            return Value(Opaque(node.text))
        symbol = self._find(unit, scope, node, type)
        if symbol is None or isinstance(symbol, Opaque):
            return symbol and Value(symbol)
        if symbol.kind == "const":
            found = self.const(symbol)
            if found is None:
                return None
            named = Value(found.scalar, symbol.unit.path, symbol.full_name)
            return self._as_type(unit, node, named, type)
        number = self.number(symbol)
        if number is None:
            return None
        enum = symbol.parent
        constant = EnumConstant(enum.unit.path, enum.full_name, symbol.node.name.text, number)
        return self._as_type(unit, node, Value(constant), type)

    def _find(
        self, unit: Unit, scope: Symbol | None, node: ast.Path, type: Type
    ) -> Symbol | Opaque | None:
        """What is in scope comes first; then the values of the enum that is wanted."""
        wanted = ("const", "value")
        if isinstance(type, EnumRef) and "." not in node.text:
            if all(symbol.kind not in wanted for symbol in look_up(unit, scope, node.text)):
                enum = reference(self._compilation, type)
                inside = enum.unit.symbols.get(f"{enum.full_name}.{node.text}")
                if inside:
                    return inside
        return find(self._compilation, unit, scope, node, node.text, wanted, "a value")

    def _set_number(
        self, enum: Symbol, before: ast.EnumValue | None, node: ast.EnumValue
    ) -> None:
        symbol = self._compilation.scopes[node]
        if node in self._values or not self._enter(symbol):
            return
        number: int | None = 0
        found = self.value(symbol.unit, enum, node.value, _INT32) if node.value else None
        if node.value is not None and not (found and isinstance(found.scalar, Opaque)):
            number = found.scalar if found else None
        elif before is not None:  # an opaque value could be any; the next free one does no harm
            last = self._values.get(before)
            number = last.scalar.number + 1 if last else None
            if number is not None and convert(number, _INT32) is None:
                self._refuse_range(symbol.unit, node.name, number, _INT32)
                number = None
        constant = EnumConstant(enum.unit.path, enum.full_name, node.name.text, number or 0)
        self._leave(symbol, None if number is None else Value(constant))

    def _enter(self, symbol: Symbol) -> bool:
        """Begins to evaluate a symbol; False when that was tried before or is going on."""
        refused = self._compilation.refused
        if symbol in refused:
            return False
        if symbol in self._open:
            self._refuse_circle(symbol)
        elif len(self._open) >= MAX_CHAIN:
            self._compilation.report(
                "IPC0014",
                symbol.unit.span(symbol.node.name),
                f"`{self._open[0].node.name.text}` is defined through more than {MAX_CHAIN} others",
                help="write its value",
            )
            refused.update(self._open)
        else:
            self._open.append(symbol)
            return True
        return False

    def _leave(self, symbol: Symbol, value: Value | None) -> None:
        self._open.pop()
        if value is None:
            self._compilation.refused.add(symbol)
        else:
            self._values[symbol.node] = value

    def _refuse_circle(self, symbol: Symbol) -> None:
        circle = self._open[self._open.index(symbol) :]
        self._compilation.report(
            "IPC0026",
            symbol.unit.span(symbol.node.name),
            f"`{symbol.node.name.text}` is defined through itself",
            labels=tuple(
                Label(other.unit.span(other.node.name), "by way of this") for other in circle[1:]
            ),
            help="give one of them a value",
        )
        self._compilation.refused.update(circle)

    def _has_constants(self, unit: Unit, node: ast.TypeNode, type: Type) -> bool:
        if isinstance(type, (Primitive, String, EnumRef, Opaque)):
            return True
        self._compilation.report(
            "IPC0029",
            unit.span(node),
            "there are no constants of this type",
            help="constants are numbers, booleans, strings and enum values",
        )
        return False

    def _as_type(
        self, unit: Unit, node: ast.Constant, value: Value, type: Type
    ) -> Value | None:
        scalar = convert(value.scalar, type)
        if scalar is None:
            self._refuse(unit, node, value.scalar, type)
            return None
        return Value(scalar, value.const_module, value.const_name)

    def _refuse(self, unit: Unit, node: ast.Constant, scalar: Scalar, type: Type) -> None:
        numeric = isinstance(scalar, (int, float)) and not isinstance(scalar, bool)
        if numeric and isinstance(type, Primitive) and type.kind is not PrimitiveKind.BOOL:
            if type.kind.is_float or isinstance(scalar, int):
                self._refuse_range(unit, node, scalar, type)
                return
        written = unit.span(node).text
        self._compilation.report(
            "IPC0028",
            unit.span(node),
            f"expected {describe(type)}, found {_describe_scalar(written, scalar)}",
            help=self._way_to(type, written, scalar),
        )

    def _way_to(self, type: Type, written: str, found: Scalar) -> str:
        """How a value of the type is written, instead of what was."""
        match type:
            case Primitive() if _is_whole(found):
                return f"write {found:.0f}"
            case EnumRef():
                enum = reference(self._compilation, type).node
                name = enum.values[0].name.text if enum.values else "kName"
                return f"write one of its values, such as `{enum.name.text}.{name}`"
            case String():
                quoted = f', `"{written}"`' if written.isalnum() else ""
                return f"write a text in quotes{quoted}"
            case Primitive(kind=PrimitiveKind.BOOL):
                return "write `true` or `false`"
            case Primitive():
                whole = "a whole number" if type.kind.is_integer else "a number"
                return f"write {whole}, such as {'42' if type.kind.is_integer else '1.5'}"
            case _:
                return ""

    def _refuse_range(
        self, unit: Unit, node: ast.Constant | ast.Name, number: float, type: Primitive
    ) -> None:
        kind = type.kind
        if kind.is_integer:
            least, most = kind.range
            help = f"{kind.value} goes from {least} to {most}"
        else:
            sign = "NEGATIVE_" if number < 0 else ""
            help = (
                f"a {kind.value} goes up to about {_LARGEST[kind]}; "
                f"beyond it is {kind.value}.{sign}INFINITY only"
            )
        shown = _describe_number(unit.span(node).text, number)
        self._compilation.report(
            "IPC0028", unit.span(node), f"{shown} does not fit {kind.value}", help=help
        )


def convert(scalar: Scalar, type: Type) -> Scalar | None:
    """The scalar as a value of the type, or None when it is none."""
    match type, scalar:
        case (Opaque(), _) | (_, Opaque()):
            return scalar
        case Primitive(kind=PrimitiveKind.BOOL), bool():
            return scalar
        case Primitive(), bool():
            return None
        case Primitive(), EnumConstant() if type.kind.is_integer:
            return convert(scalar.number, type)
        case Primitive(), int() if type.kind.is_integer:
            least, most = type.kind.range
            return scalar if least <= scalar <= most else None
        case Primitive(), (int() | float()) if type.kind.is_float:
            return _as_float(scalar, type.kind)
        case String(), str():
            return scalar
        case EnumRef(), EnumConstant():
            same = (scalar.module, scalar.enum) == (type.module, type.name)
            return scalar if same else None
        case StructRef(), DefaultConstructed():
            return scalar
        case _:
            return None


def _as_float(number: int | float, kind: PrimitiveKind) -> float | None:
    """A finite literal stays finite, and a float is rounded to what 32 bits hold."""
    try:
        wide = float(number)
        if math.isnan(wide):
            return math.nan  # the one that is itself, so that equal programs compare equal
        if kind is PrimitiveKind.FLOAT:
            return struct.unpack("<f", struct.pack("<f", wide))[0]
        return wide
    except OverflowError:
        return None


def describe(type: Type) -> str:
    """A type in words, for messages."""
    match type:
        case Primitive(kind=PrimitiveKind.BOOL):
            return "true or false"
        case Primitive():
            article = "an" if type.kind.value.startswith("int") else "a"
            return f"{article} {type.kind.value}"
        case String():
            return "a string"
        case EnumRef():
            return f"a value of enum `{type.name}`"
        case StructRef():
            return "`default`"
        case _:
            return "a value"


def _is_whole(found: Scalar) -> bool:
    """Whether 2.0 was written where 2 was meant."""
    return isinstance(found, float) and abs(found) < 2**64 and found.is_integer()


def _describe_scalar(written: str, scalar: Scalar) -> str:
    match scalar:
        case bool():
            return "true" if scalar else "false"
        case str():
            return "a string"
        case EnumConstant():
            return f"a value of enum `{scalar.enum}`"
        case DefaultConstructed():
            return "`default`"
        case _:
            return _describe_number(written, scalar)


def _describe_number(written: str, number: int | float) -> str:
    """The number as it stands there, or the value of a name; neither when it is long."""
    shown = written.rstrip(".")
    if not _WRITTEN_NUMBER.match(written):
        is_long = isinstance(number, int) and number.bit_length() > _LONGEST_SHOWN * 4
        shown = "" if is_long else str(number)
    return shown if 0 < len(shown) <= _LONGEST_SHOWN else "this number"
