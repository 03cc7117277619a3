"""The filters that every template has, besides jinja's own."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from functools import wraps

import jinja2

from generator import ir
from generator.backends.ipc_text import Writer, plain
from generator.backends.words import camel, snake


@jinja2.pass_context
def ipc(context: jinja2.runtime.Context, what: object) -> str:
    """A type, field, value, response, channel or method as the .ipc file would write it."""
    writer = Writer(context["program"], context.get("module"))
    match what:
        case None:
            return ""
        case ir.Field():
            return plain(writer.field(what))
        case ir.Value():
            return plain(writer.value(what))
        case ir.Params() | ir.Result():
            return plain(writer.response(what))
        case ir.Member() | ir.Method():
            return plain(writer.signature(what))
        case _ if isinstance(what, ir.Type):
            return plain(writer.type(what))
    takes = "a type, field, value, response, channel or method"
    raise jinja2.TemplateRuntimeError(f"`ipc` takes {takes}, not `{type(what).__name__}`")


@jinja2.pass_context
def declaration(context: jinja2.runtime.Context, type: object) -> ir.Decl | None:
    """What a type names: the enum, struct, union or interface; none for other types."""
    program: ir.Program = context["program"]
    match type:
        case ir.Nullable():
            return declaration(context, type.inner)
        case ir.EnumRef():
            return program.enum(type)
        case ir.StructRef():
            return program.struct(type)
        case ir.UnionRef():
            return program.union(type)
        case ir.Pending():
            return program.interface(type)
        case _:
            return None


@jinja2.pass_context
def local_name(context: jinja2.runtime.Context, decl: ir.Decl) -> str:
    """A declaration's name within its module: `Note.Kind`."""
    module = context["program"].module(decl.module).name
    return decl.full_name.removeprefix(f"{module}.") if module else decl.full_name


def kind(what: object) -> str:
    """What something of the IR is: `struct`, `channels`, `array`, `enum_ref` ..."""
    return snake(type(what).__name__)


def upper_snake(name: str) -> str:
    """`kOffTheRecord` is K_OFF_THE_RECORD."""
    return snake(name).upper()


def comment(text: str, start: str = "// ") -> str:
    """Each line of a text behind `start`."""
    return "\n".join(f"{start}{line}".rstrip() for line in text.splitlines())


def _checked(helper: Callable) -> Callable:
    """The helper, which is not asked about what does not exist: that is the mistake to tell."""

    @wraps(helper)
    def asked(*given):
        for one in given:
            if isinstance(one, jinja2.Undefined):
                str(one)  # raises, and says what is missing
        return helper(*given)

    return asked


FILTERS = {
    one.__name__: _checked(one)
    for one in (camel, comment, declaration, ipc, kind, local_name, snake, upper_snake)
}


class Settings(dict):
    """The values of `--option`."""


class Unknown(jinja2.StrictUndefined):
    """Says what is missing from what, and what may have been meant."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        name = str(self._undefined_name)
        if self._undefined_obj is jinja2.utils.missing:
            return said(f"nothing is called `{name}`", name, ["module", "options", "program"])
        owner = self._undefined_obj
        if isinstance(owner, Settings):
            otherwise = f'write `options.{name} | default("")` where it may be missing'
            return f"--option {name}=... was not given\n{otherwise}"
        known = owner if isinstance(owner, dict) else dir(owner)
        what = f"`{type(owner).__name__}` has no `{name}`"
        return said(what, name, [str(one) for one in known if not str(one).startswith("_")])


def said(what: str, name: str, known: list[str]) -> str:
    """A mistake, and below it the known name that is closest."""
    close = get_close_matches(name, known, 1)
    return f"{what}\ndid you mean `{close[0]}`?" if close else what
