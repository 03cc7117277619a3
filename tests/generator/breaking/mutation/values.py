"""Random values that a type allows, in the JSON of typed values."""

from __future__ import annotations

import base64
from random import Random

from generator import ir
from generator.breaking import bounds

_DEEPEST = 5


class Values:
    """Values of the types of one program; sizes and numbers at the ends of their ranges."""

    def __init__(self, program: ir.Program, random: Random):
        self._program = program
        self._random = random

    def call(self, member: ir.Member) -> object:
        """The parameters of a channel; a list where all of them are `any...`."""
        made = self.message(member.params.fields)
        if member.variadic:
            rest = member.params.fields[-1].name
            made[rest] = [self.value(ir.Any()) for _ in range(self._random.randint(0, 3))]
            if len(made) == 1:
                return made[rest]
        return made

    def answer(self, response: ir.Response | None) -> object:
        """What a channel answers; a result<> is an object of one member, `ok` or `err`."""
        match response:
            case None:
                return None
            case ir.Result():
                name = self._random.choice(["ok", "err"])
                return {name: self.value(getattr(response, name))}
            case _:
                return self.message(response.fields)

    def message(self, fields: tuple[ir.Field, ...], depth: int = 0) -> dict[str, object]:
        return {one.name: self.value(one.type, depth) for one in fields}

    def value(self, type: ir.Type, depth: int = 0) -> object:
        random = self._random
        match type:
            case ir.Nullable():
                is_null = depth > _DEEPEST or random.random() < 0.3
                return None if is_null else self.value(type.inner, depth)
            case ir.Primitive():
                return self._number(type)
            case ir.String():
                return self._text(type)
            case ir.Bytes():
                return base64.b64encode(random.randbytes(self._count(type, depth))).decode()
            case ir.Any():
                return random.choice([None, True, 7, "text", [1, "a"], {"a": 1}])
            case ir.Array():
                count = self._count(type, depth)
                return [self.value(type.element, depth + 1) for _ in range(count)]
            case ir.Map():
                return self._map(type, depth)
            case ir.EnumRef():
                return self._enum(self._program.enum(type))
            case ir.StructRef():
                return self.message(self._program.struct(type).fields, depth + 1)
            case ir.UnionRef():
                one = random.choice(self._program.union(type).fields)
                return {one.name: self.value(one.type, depth + 1)}
            case _:
                raise TypeError(type)

    def _number(self, type: ir.Primitive) -> object:
        random = self._random
        if type.kind is ir.PrimitiveKind.BOOL:
            return random.random() < 0.5
        if not type.kind.is_integer:
            return random.choice([0.0, 1.0, -2.5, 0.1 if type.kind.value == "double" else 0.5])
        range = bounds.number(type)
        near = [range.low, range.high, range.low + 1, range.high - 1, 0, 1, 2]
        return random.choice([one for one in near if range.holds(one)])

    def _text(self, type: ir.String) -> str:
        if type.constraints.pattern:
            return "".join(self._random.choices("abc", k=self._random.randint(1, 4)))
        size = bounds.size(type)
        low, high = size.low, 9 if size.high is None else size.high
        return "x" * self._random.choice([low, high, self._random.randint(low, high)])

    def _count(self, type: ir.Array | ir.Bytes | ir.Map, depth: int) -> int:
        count = bounds.count(type)
        high = count.low + 4 if count.high is None else count.high
        if depth > _DEEPEST:
            return count.low
        return self._random.choice([count.low, high, self._random.randint(count.low, high)])

    def _enum(self, enum: ir.Enum) -> object:
        if enum.extensible and enum.default is None and self._random.random() < 0.3:
            return self._random.randint(-3, 99)
        return self._random.choice(enum.values).name

    def _map(self, type: ir.Map, depth: int) -> object:
        count = self._count(type, depth)
        pairs: dict[str, tuple[object, object]] = {}
        for _ in range(50):
            if len(pairs) < count:
                key = self._key(type.key, [key for key, _ in pairs.values()], depth + 1)
                pairs.setdefault(_as_name(key), (key, self.value(type.value, depth + 1)))
        is_real = isinstance(type.key, ir.Primitive) and type.key.kind.is_float
        if is_real or isinstance(type.key, (ir.StructRef, ir.UnionRef)):
            return [list(pair) for pair in pairs.values()]
        return {name: value for name, (_, value) in pairs.items()}

    def _key(self, type: ir.Type, others: list[object], depth: int) -> object:
        """Any, or one that differs from another in a field: for some receiver they are the same."""
        if not isinstance(type, ir.StructRef) or not others or self._random.random() < 0.5:
            return self.value(type, depth)
        field = self._random.choice(self._program.struct(type).fields)
        return self._random.choice(others) | {field.name: self.value(field.type, depth)}


def _as_name(key: object) -> str:
    return str(key).lower() if isinstance(key, bool) else str(key)
