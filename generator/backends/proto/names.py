"""Names of the emitted .proto."""

from __future__ import annotations

import re
from collections.abc import Collection

from generator.backends.words import snake
from generator.ir import Enum, Module, Program, Struct, Union


# What cannot be a type's name where a field begins.
_WORDS = frozenset(
    """
    message enum oneof map reserved extensions extend option group optional required repeated
    bool string bytes float double int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32
    sfixed64
    """.split()
)


def proto_path(module_path: str) -> str:
    """`samples/notes/notes.proto`."""
    stem, dot, _ = module_path.rpartition(".")
    return f"{stem if dot else module_path}.proto"


def local_name(decl: Enum | Struct | Union, module: Module) -> str:
    """A type's name within its package: `Note.Kind`; what channels hold stands at the top."""
    local = decl.full_name.removeprefix(f"{module.name}.") if module.name else decl.full_name
    holder, dot, inner = local.partition(".")
    is_message = any(struct.name == holder for struct in module.structs)
    return local if not dot or is_message else f"{holder}_{inner}"


def type_name(
    program: Program,
    decl: Enum | Struct | Union,
    package: str,
    scope: str = "",
    nested: Collection[str] = (),
    beside: Collection[str] = (),
) -> str:
    """A type's name as a message of `package` says it.

    `scope` is the message's own name, `nested` are types inside of it and `beside` those of the
    package. Names are looked up from the inside, part by part, and a field cannot begin with a word
    that begins something else: where either would mislead, the name is written from the root.
    """
    module = program.module(decl.module)
    local = local_name(decl, module)
    full = f"{module.name}.{local}" if module.name else local
    if module.name == package:
        if scope and local.startswith(f"{scope}."):
            return local.removeprefix(f"{scope}.")
        first = local.split(".")[0]
        is_hidden = first in nested or first in _WORDS
        return f".{full}" if is_hidden else local
    first = full.split(".")[0]
    is_hidden = first in package.split(".")[1:] or first in nested or first in beside
    return f".{full}" if is_hidden or not module.name or first in _WORDS else full


def upper_snake(name: str) -> str:
    """`kOffTheRecord` and `OffTheRecord` are OFF_THE_RECORD."""
    if re.match(r"k[A-Z0-9]", name):
        name = name[1:]
    return snake(name).upper()


def value_names(enum: Enum, enum_name: str, taken: set[str]) -> list[str]:
    """Names of an enum's values; values live beside their enum, so its name begins theirs.

    protoc tells values of one enum apart by what follows that, without underscores: of two that it
    cannot, the second gets its place.
    """
    prefix = upper_snake(enum_name)
    known: set[str] = set()
    found = []
    for place, value in enumerate(enum.values):
        wanted = f"{prefix}_{upper_snake(value.name)}"
        while (key := wanted.removeprefix(prefix).replace("_", "")) in known:
            wanted += f"_{place}"
        known.add(key)
        found.append(unique(wanted, f"_{value.name}", taken))
    return found


def unique(wanted: str, suffix: str, taken: set[str]) -> str:
    """`wanted`, with the suffix when that is taken; the answer is taken from now on."""
    while wanted in taken:
        wanted += suffix
    taken.add(wanted)
    return wanted


def field_names(names: list[tuple[str, int]]) -> list[str]:
    """Names of fields, given with their numbers.

    protoc tells names apart by their lower-case letters alone: of two it cannot, the second gets
    its number.
    """
    taken: set[str] = set()
    found = []
    for name, number in names:
        key = name.replace("_", "").lower()
        found.append(f"{name}_{number}" if key in taken else name)
        taken.add(key)
    return found
