"""What travels, as the .proto of the module says it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.backends import proto, words
from generator.backends.proto.names import local_name, proto_path
from generator.backends.support import Support
from generator.docs.views import Code, Fact, Part, Wire
from generator.ir import Channels, Enum, Member, Module, Options, Program, Reserved, Struct, Union
from generator.ir import channels_digest
from generator.source.catalogue import CATALOGUE

_DEFINITION = r"^{indent}(?:message|enum) {name} \{{(?:\}}|.*?^{indent}\}})"
_COMMENT = re.compile(r"^ *//.*\n", re.MULTILINE)


@dataclass(frozen=True)
class WireFacts:
    """Of one module; everything is cut out of the .proto itself, so that the two agree."""

    program: Program
    module: Module

    def of_type(self, decl: Enum | Struct | Union) -> Wire:
        if id := Support(self.program).obstacle(decl):
            return Wire((_text("Not carried", CATALOGUE[id].title),), ())
        name = local_name(decl, self.module)
        facts = (_code("Full name", decl.full_name), self._file(), *_reserved(decl.reserved))
        return Wire(facts, self._definitions(name))

    def of_channels(self, channels: Channels) -> Wire:
        digest = f"{channels_digest(self.program, channels):016x}"
        facts = (
            _code("Full name", channels.full_name),
            _code("Digest", digest),
            self._file(),
            *_reserved(channels.reserved),
        )
        return Wire(facts, ())

    def of_member(self, channels: Channels, member: Member) -> Wire:
        if id := Support(self.program).obstacle(member):
            return Wire((_text("Not carried", CATALOGUE[id].title),), ())
        owner = f"{channels.name}{words.camel(member.name)}"
        made = self._definitions(f"{owner}Params", f"{owner}Response")
        payload = self._file() if made else _text("Payload", "JSON, no message of its own")
        return Wire((_code("Ordinal", f"@{member.ordinal}"), payload), made)

    def _file(self) -> Fact:
        return _code("Proto file", proto_path(self.module.path))

    def _definitions(self, *names: str) -> tuple[Code, ...]:
        found = ((name, _cut(self._proto, name)) for name in names)
        return tuple(Code(self._full(name), text) for name, text in found if text)

    def _full(self, name: str) -> str:
        return f"{self.module.name}.{name}" if self.module.name else name

    @cached_property
    def _proto(self) -> str:
        (text,) = proto.generate(self.program, self.module, Options()).values()
        return text


def _cut(text: str, name: str) -> str:
    """The definition of `name`, `Outer.Inner` where it is nested, without its comments."""
    for depth, part in enumerate(name.split(".")):
        pattern = _DEFINITION.format(indent=" " * 2 * depth, name=re.escape(part))
        match = re.search(pattern, text, re.MULTILINE | re.DOTALL)
        if not match:
            return ""
        text = match[0]
    return _COMMENT.sub("", textwrap.dedent(text))


def _reserved(reserved: Reserved) -> Iterator[Fact]:
    items = [f"@{low}" if low == high else f"@{low}..@{high}" for low, high in reserved.ranges]
    items += [f'"{name}"' for name in reserved.names]
    if items:
        yield _code("Reserved", ", ".join(items))


def _text(label: str, text: str) -> Fact:
    return Fact(label, (Part(text),))


def _code(label: str, text: str) -> Fact:
    return Fact(label, (Part(text, code=True),))
