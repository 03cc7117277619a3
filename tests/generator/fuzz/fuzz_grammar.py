"""Writes files by the grammar of the language: valid ones, as far as the dice allow.

Random decides everything, so that hypothesis, which can stand behind one, also makes what it found
smaller. Names are chosen to collide with what compilers, backends and the library call things.
"""

from __future__ import annotations

from random import Random

_NAMES = (
    "a b x X id value Note Kind Tag Variant class NULL EOF std ipc event options message listener "
    "Params Response A_B kText k_text K any type error stream channel policy handle result default "
    "true_ int32_t T Visitor tag visit value_ ipc_ contents_ operator Bind Schema std_ absl notFound "
    "not_found NotFound On Once x_ class_ ToString min max read_it ReadIt"
).split()
_NUMBERS = {
    "int8": (-128, 127),
    "uint8": (0, 255),
    "int32": (-(2**31), 2**31 - 1),
    "uint32": (0, 2**32 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "uint64": (0, 2**64 - 1),
}
_FLOATS = ("0.0", "-0.0", "1.5", "6e23", "-1e-7")
_ANSWERED = ("invoke", "sync", "ask")
_MESSAGES = ("send", "emit", "relay", "host")


def write_file(random: Random) -> str:
    """One file with up to six definitions."""
    return _Writer(random).file()


class _Writer:
    def __init__(self, random: Random):
        self._random = random
        self._taken: set[str] = set()
        self._structs: list[str] = []
        self._unions: list[str] = []
        self._enums: dict[str, list[str]] = {}
        self._aliases: list[str] = []
        self._consts: list[str] = []

    def file(self) -> str:
        random = self._random
        parts = [f"module {random.choice(('test', 'a.b', 'ipc', 'std.class', 'x'))};\n"]
        if random.randrange(4) == 0:
            parts = []
        makers = (self._const, self._enum, self._struct, self._union, self._alias, self._channels)
        parts += (random.choice(makers)() for _ in range(random.randrange(7)))
        return "\n".join(parts)

    # Definitions.

    def _const(self) -> str:
        type, value = self._scalar()
        name = self._new(self._taken)
        if type == "uint32":
            self._consts.append(name)
        return f"const {type} {name} = {value};\n"

    def _enum(self, indent: str = "", taken: set[str] | None = None) -> str:
        random = self._random
        name = self._new(self._taken if taken is None else taken)
        extensible = random.randrange(3) == 0
        values: list[str] = []
        names: set[str] = set()
        for at in range(random.randrange(1, 5)):
            value = self._new(names)
            number = f" = {random.randrange(-3, 9)}" if random.randrange(2) else ""
            default = "[Default] " if extensible and at == 0 else ""
            values.append(f"{indent}  {default}{value}{number},\n")
        if taken is None:
            self._enums[name] = sorted(names)
        before = f"{indent}[Extensible]\n" if extensible else ""
        return f"{before}{indent}enum {name} {{\n{''.join(values)}{indent}}};\n"

    def _struct(self, indent: str = "", taken: set[str] | None = None) -> str:
        inside: set[str] = set()
        name = self._new(self._taken if taken is None else taken)
        nested = self._enum(f"{indent}  ", inside) if self._random.randrange(4) == 0 else ""
        fields = [
            f"{indent}  {self._docs()}{field}{self._default(field)};\n"
            for field in self._fields(inside)
        ]
        if taken is None:
            self._structs.append(name)
        return f"{indent}struct {name} {{\n{nested}{''.join(fields)}{indent}}};\n"

    def _union(self) -> str:
        name = self._new(self._taken)
        fields = self._fields(set(), least=1)
        extensible = self._random.randrange(3) == 0
        if extensible:
            fields[0] = f"[Default] {fields[0]}"
        self._unions.append(name)
        body = "".join(f"  {field};\n" for field in fields)
        return f"{'[Extensible] ' if extensible else ''}union {name} {{\n{body}}};\n"

    def _alias(self) -> str:
        type, name = self._type(), self._new(self._taken)
        if not type.endswith("?") and type != "any":
            self._aliases.append(name)
        return f"type {name} = {type};\n"

    def _channels(self) -> str:
        random, inside = self._random, set()
        name = self._new(self._taken)
        prefix = f' = "p{random.randrange(100)}"' if random.randrange(3) == 0 else ""
        body = [self._enum("  ", inside)] if random.randrange(4) == 0 else []
        body += [self._struct("  ", inside)] if random.randrange(4) == 0 else []
        body += (self._member(inside) for _ in range(random.randrange(5)))
        return f"channels {name}{prefix} {{\n{''.join(body)}}};\n"

    def _member(self, inside: set[str]) -> str:
        random = self._random
        names: set[str] = set()
        params = self._fields(names)
        if random.randrange(5) == 0:
            params.append(f"any... {self._new(names)}")
        call = f"{self._new(inside)}({', '.join(params)})"
        if random.randrange(2):
            return f"  {random.choice(_MESSAGES)} {call};\n"
        deadline = f"  [DeadlineMs={random.randrange(1, 9000)}]\n" if random.randrange(3) == 0 else ""
        return f"{deadline}  {random.choice(_ANSWERED)} {call} => {self._response()};\n"

    def _response(self) -> str:
        if self._random.randrange(3) == 0:
            return f"result<{self._type()}, {self._type()}>"
        return f"({', '.join(self._fields(set()))})"

    # What they are made of.

    def _new(self, taken: set[str]) -> str:
        """A name that is not taken, and is from now on."""
        name = self._random.choice(_NAMES)
        once_in_a_while = self._random.randrange(200) == 0  # two things have one name
        while name in taken and not once_in_a_while:
            name += self._random.choice(("_", "1", "X"))
        taken.add(name)
        return name

    def _fields(self, taken: set[str], least: int = 0) -> list[str]:
        count = self._random.randrange(least, 5)
        numbered = self._random.randrange(3) == 0
        return [
            f"{self._type()} {self._new(taken)}{f'@{at}' if numbered else ''}" for at in range(count)
        ]

    def _type(self, depth: int = 0) -> str:
        random = self._random
        kinds = 6 if depth > 2 else 10
        match random.randrange(kinds):
            case 0 | 1:
                type = random.choice((*_NUMBERS, "bool", "string", "double", "float"))
            case 2 | 3:
                named = [*self._structs, *self._unions, *self._enums, *self._aliases]
                type = random.choice(named or ["string"])
            case 4:
                return "any"
            case 5:
                type = self._constrained()
            case 6 | 7:
                size = f", {random.randrange(1, 9)}" if random.randrange(3) == 0 else ""
                type = f"array<{self._type(depth + 1)}{size}>"
            case _:
                type = f"map<{self._key()}, {self._type(depth + 1)}>"
        return f"{type}?" if random.randrange(4) == 0 else type

    def _key(self) -> str:
        return self._random.choice(
            (*_NUMBERS, "string", "bool", "double", *self._enums, *self._structs, *self._unions)
        )

    def _constrained(self) -> str:
        bound = self._random.choice((str(self._random.randrange(100)), *self._consts))
        return self._random.choice(
            (
                f"string(max_bytes={bound})",
                'string(pattern="[a-z]{1,3}\\u00e9?")',
                f"uint32(max={bound})",
                f"array<bool>(max={bound})",
                f"map<string, any(max_bytes={bound})>(min=1)",
            )
        )

    def _scalar(self) -> tuple[str, str]:
        """A type that has constants, and one of them."""
        random = self._random
        type = random.choice((*_NUMBERS, "bool", "string", "double", *self._enums))
        if type in _NUMBERS:
            least, most = _NUMBERS[type]
            return type, random.choice((str(least), str(most), "0x7f", "1"))
        if type in self._enums:
            return type, f"{type}.{random.choice(self._enums[type])}"
        return type, {
            "bool": "true",
            "string": random.choice(('""', '"a\\n\\"\\\\"', '"\\u00e9\\x7f"')),
            "double": random.choice((*_FLOATS, "double.INFINITY", "double.NAN")),
        }[type]

    def _default(self, field: str) -> str:
        """` = value` behind some fields of structs, where their types have values."""
        type = field.split(" ")[0].removesuffix("?")
        if self._random.randrange(2):
            return ""
        if type in _NUMBERS:
            return f" = {_NUMBERS[type][self._random.randrange(2)]}"
        if type in self._enums:
            return f" = {self._random.choice(self._enums[type])}"
        return {"bool": " = true", "double": " = 1.5", "string": ' = "x"'}.get(type, "")

    def _docs(self) -> str:
        return self._random.choice(("", "", "/// What it is: `a`, |b|, <b>.\n  ", "// */ \n  "))
