"""Random schemas, as a model that can be changed and printed."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

INTEGERS = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
SCALARS = (*INTEGERS, "bool", "float", "double")
KEYS = ("bool", "string", "int32", "uint8", "uint64", "double")
# Each has texts that the other has not, and that no bound on bytes lets pass: that patterns differ
# is all that `breaking` knows of them.
PATTERNS = ('"[a-c]{1,4}"', '"[b-d]{1,4}"')
VERBS = ("send", "invoke", "sync", "emit")  # those that C++ has stubs for
ANSWERED = ("invoke", "sync")
_DEEPEST = 2


@dataclass
class Type:
    """`name` is a scalar, string, bytes, array, map, any or the name of a declaration."""

    name: str
    inside: list[Type] = field(default_factory=list)
    size: int | None = None
    bounds: dict[str, object] = field(default_factory=dict)
    nullable: bool = False

    def walk(self) -> Iterator[Type]:
        """It and the types within."""
        yield self
        for inner in self.inside:
            yield from inner.walk()

    def __str__(self) -> str:
        bounds = ", ".join(f"{name}={value}" for name, value in self.bounds.items())
        return self._bare() + (f"({bounds})" if bounds else "") + ("?" if self.nullable else "")

    def _bare(self) -> str:
        size = "" if self.size is None else f", {self.size}"
        match self.name:
            case "bytes":
                return f"array<uint8{size}>"
            case "array":
                return f"array<{self.inside[0]}{size}>"
            case "map":
                return f"map<{self.inside[0]}, {self.inside[1]}>"
            case name:
                return name


@dataclass
class Field:
    name: str
    ordinal: int
    type: Type
    default: str | None = None

    def __str__(self) -> str:
        default = "" if self.default is None else f" = {self.default}"
        return f"{self.type} {self.name}@{self.ordinal}{default}"


@dataclass
class Decl:
    """An enum, struct or union, or what a member has: `params`, `values` (its answer), `result`."""

    kind: str
    name: str = ""
    fields: list[Field] = field(default_factory=list)
    values: list[tuple[str, int]] = field(default_factory=list)
    extensible: bool = False
    keeps_unknown: bool = False  # an extensible enum without a default

    def __str__(self) -> str:
        head = "[Extensible]\n" if self.extensible else ""
        first = "[Default] " if self.extensible and not self.keeps_unknown else ""
        if self.kind == "enum":
            rows = [f"{name} = {number}" for name, number in self.values]
            return f"{head}enum {self.name} {{ {first}{', '.join(rows)} }};\n"
        rows = [f"  {one};\n" for one in (*self.fields, *_gaps(self.fields))]
        return f"{head}{self.kind} {self.name} {{\n{first}{''.join(rows)}}};\n"

    def unbind(self) -> None:
        """Nobody checks the values of a result<> against bounds of their own."""
        for one in self.fields:
            for type in one.type.walk():
                type.bounds = {}


def _gaps(fields: list[Field]) -> list[str]:
    used = {one.ordinal for one in fields}
    return [f"reserved @{at}" for at in range(max(used, default=0)) if at not in used]


@dataclass
class Member:
    """A channel. `rest`: its last parameter is `any...`; `wire`, `deadline` and `most` are attributes."""

    verb: str
    name: str
    params: Decl
    rest: bool = False
    answer: Decl | None = None
    wire: str | None = None
    deadline: int | None = None
    most: int | None = None  # bytes

    def __str__(self) -> str:
        attributes = [] if self.wire is None else [f'Channel="{self.wire}"']
        attributes += [] if self.deadline is None else [f"DeadlineMs={self.deadline}"]
        attributes += [] if self.most is None else [f"MaxBytes={self.most}"]
        head = f"[{', '.join(attributes)}] " if attributes else ""
        params = [str(one) for one in self.params.fields]
        params += [f"any... rest@{len(params)}"] if self.rest else []
        return f"  {head}{self.verb} {self.name}({', '.join(params)}){self._answer()};\n"

    def _answer(self) -> str:
        match self.answer:
            case None:
                return ""
            case Decl(kind="result"):
                return f" => result<{', '.join(str(one.type) for one in self.answer.fields)}>"
            case _:
                return f" => ({', '.join(map(str, self.answer.fields))})"


@dataclass
class Schema:
    """A `channels` definition, and the types that it may use."""

    members: list[Member]
    decls: list[Decl]
    prefix: str = "c"

    def copy(self) -> Schema:
        return copy.deepcopy(self)

    def records(self) -> list[Decl]:
        """Whatever has fields and is used."""
        mine = [decl for decl in self.used() if decl.kind != "enum"]
        return [*self._calls(), *mine]

    def used(self) -> list[Decl]:
        """The declarations that members reach."""
        named = {decl.name: decl for decl in self.decls}
        found: dict[str, Decl] = {}
        pending = list(self._calls())
        while pending:
            for one in pending.pop().fields:
                for type in one.type.walk():
                    if type.name in named and type.name not in found:
                        found[type.name] = named[type.name]
                        pending.append(named[type.name])
        return [decl for decl in self.decls if decl.name in found]

    def text(self, module: str) -> str:
        data = "".join(map(str, self.used()))
        members = "".join(map(str, self.members))
        return f'module {module};\n{data}channels C = "{self.prefix}" {{\n{members}}};\n'

    def _calls(self) -> Iterator[Decl]:
        for member in self.members:
            yield member.params
            if member.answer:
                yield member.answer


class Maker:
    """Makes schemas and their parts; the same seed makes the same."""

    def __init__(self, random: Random):
        self.random = random
        self.decls: list[Decl] = []
        self._count = 0

    def schema(self) -> Schema:
        self.decls = [self._enum(), self._enum()]
        self.decls.append(self._record("struct"))
        self.decls.append(self._record("union"))
        members = [self.member() for _ in range(self.random.choice([1, 1, 2]))]
        return Schema(members, self.decls)

    def member(self) -> Member:
        random = self.random
        made = Member(random.choice(VERBS), self.name("M"), Decl("params"))
        if made.verb in ANSWERED:
            made.answer = self.answer()
            made.params.fields = self.fields(random.choice([0, 1, 1, 2]), plain=True)
        else:
            made.params.fields = self.fields(random.choice([1, 1, 2, 3]), plain=True)
            made.rest = random.random() < 0.1
        made.deadline = 20_000 if made.answer and random.random() < 0.2 else None
        return made

    def answer(self) -> Decl:
        if self.random.random() < 0.4:
            made = Decl("result", fields=self.fields(2, plain=True))
            for one in made.fields:
                one.type.nullable = False
            made.unbind()
            return made
        return Decl("values", fields=self.fields(self.random.choice([0, 1, 1, 2]), plain=True))

    def name(self, prefix: str = "f") -> str:
        self._count += 1
        return f"{prefix}{self._count}"

    def fields(self, count: int, *, plain: bool = False) -> list[Field]:
        return [self.field(ordinal, plain=plain) for ordinal in range(count)]

    def field(self, ordinal: int, *, plain: bool = False) -> Field:
        made = Field(self.name(), ordinal, self.type())
        if not plain:
            made.default = self.default(made.type)
        return made

    def default(self, type: Type) -> str | None:
        """A default, sometimes, where the type may have one."""
        if type.bounds or self.random.random() < 0.7:
            return None
        if type.name == "bool":
            return self.random.choice(["true", "false"])
        if type.name in SCALARS:
            return self.random.choice(["0", "1", "2"])
        return {"string": '"text"'}.get(type.name)

    def type(self, depth: int = 0) -> Type:
        random = self.random
        named = [decl.name for decl in self.decls]
        names = [*SCALARS, "string", "string", "bytes", "any", *named, *named, *named]
        if depth < _DEEPEST:
            names += ["array", "array", "array", "map", "map"]
        made = Type(random.choice(names))
        if made.name == "array":
            made.inside = [self.type(depth + 1)]
        elif made.name == "map":
            key = random.choice([*KEYS, *(d.name for d in self.decls if d.kind != "union")])
            made.inside = [Type(key), self.type(depth + 1)]
        if made.name in ("array", "bytes") and random.random() < 0.2:
            made.size = random.randint(1, 3)
        if made.name == "array" and made.inside[0].name == "uint8":
            made = Type("bytes", [], made.size)
        elif random.random() < 0.3:
            self.bound(made)
        made.nullable = made.name != "any" and random.random() < 0.25
        return made

    def bound(self, type: Type) -> None:
        """Gives a type one bound that fits it."""
        random = self.random
        if type.size is not None:
            return
        if type.name in INTEGERS:
            low = random.randint(0, 2)
            type.bounds = random.choice([{"min": low}, {"max": low + 9}, {"min": low, "max": 99}])
        elif type.name in ("array", "map", "bytes"):
            type.bounds = random.choice([{"min": 1}, {"max": 3}, {"min": 1, "max": 4}])
        elif type.name == "string":
            type.bounds = random.choice(
                [{"min_bytes": 2}, {"max_bytes": 3}, {"pattern": random.choice(PATTERNS)}]
            )

    def _enum(self) -> Decl:
        numbers = self.random.sample(range(-1, 6), self.random.randint(2, 4))
        made = Decl("enum", self.name("E"), values=[(self.name("kV"), n) for n in numbers])
        made.extensible = self.random.random() < 0.4
        made.keeps_unknown = made.extensible and self.random.random() < 0.4
        return made

    def _record(self, kind: str) -> Decl:
        made = Decl(kind, self.name("S" if kind == "struct" else "U"))
        made.fields = self.fields(self.random.randint(1, 4), plain=kind == "union")
        if kind == "struct" and self.random.random() < 0.2:
            one = Field(self.name(), len(made.fields), Type(made.name, nullable=True))
            made.fields.append(one)
        if kind == "union":
            made.extensible = self.random.random() < 0.3
            for one in made.fields:
                one.type.nullable = False
        return made
