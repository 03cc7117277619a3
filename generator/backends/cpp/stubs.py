"""One channels definition in C++ terms: its members, their messages and rows of channel constants.

stub_classes.py prints the classes of the header from it, stub_bodies.py what they do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.backends import words
from generator.backends.comments import Lines
from generator.backends.cpp import layout, literals, names
from generator.backends.cpp.data import REST, Record
from generator.backends.cpp.spelling import Spelling, is_moved
from generator.ir import Channels, Field, Member, Params, Result, Verb

_CHANNEL_TYPES = {
    Verb.SEND: "SendChannel",
    Verb.INVOKE: "InvokeChannel",
    Verb.SYNC: "SyncChannel",
    Verb.EMIT: "EmitChannel",
    Verb.ASK: "AskChannel",
    Verb.RELAY: "RelayChannel",
    Verb.HOST: "HostChannel",
}

UNTYPED = "ipc::Args"


@dataclass(frozen=True)
class Stub:
    """One member in C++ terms.

    `params`, `response`: type names. `params` is ipc::Args for an untyped channel, `response` is ""
    when no answer is promised and void for `=> ()`.
    """

    member: Member
    name: str  # of the functions
    constant: str  # of its row in the table of channels
    params: str
    response: str
    arguments: tuple[tuple[str, str, bool], ...]  # type, name, worth a move

    @property
    def parameters(self) -> Lines:
        return tuple(f"{type} {name}" for type, name, _ in self.arguments)

    @property
    def passed(self) -> Lines:
        return tuple(
            f"std::move({name})" if moved else name for _, name, moved in self.arguments
        )

    @property
    def message(self) -> str:
        """The arguments as what the runtime sends."""
        if self.params == UNTYPED:
            return self.passed[0]
        return f"{self.params}{{{', '.join(self.passed)}}}"


@dataclass(frozen=True)
class Stubs:
    """What this backend generates of one channels definition."""

    channels: Channels
    members: tuple[Stub, ...]

    @property
    def bound(self) -> tuple[Stub, ...]:
        """What main listens to and answers."""
        return self._of(Verb.SEND, Verb.INVOKE, Verb.SYNC)

    @property
    def towards(self) -> tuple[Stub, ...]:
        """What main says to one renderer, and asks of it."""
        return self._of(Verb.EMIT, Verb.ASK)

    @property
    def said(self) -> tuple[Stub, ...]:
        """What a renderer says, to whomever."""
        return self._of(Verb.SEND, Verb.INVOKE, Verb.SYNC, Verb.RELAY, Verb.HOST)

    @property
    def heard(self) -> tuple[Stub, ...]:
        """What a renderer listens to and answers."""
        return self._of(Verb.EMIT, Verb.ASK, Verb.RELAY)

    @property
    def hosted(self) -> tuple[Stub, ...]:
        """What an embedder hears from a guest."""
        return self._of(Verb.HOST)

    def _of(self, *verbs: Verb) -> tuple[Stub, ...]:
        return tuple(stub for stub in self.members if stub.member.verb in verbs)

    @property
    def main(self) -> str:
        return f"{self.channels.name}IpcMain"

    @property
    def web_contents(self) -> str:
        return f"{self.channels.name}WebContents"

    @property
    def renderer(self) -> str:
        return f"{self.channels.name}IpcRenderer"

    @property
    def web_view(self) -> str:
        return f"{self.channels.name}WebView"


def stubs(
    channels: Channels,
    members: tuple[Member, ...],
    spelling: Spelling,
    hidden: Iterable[str] = (),
) -> Stubs:
    """`hidden` are more names that the classes have inside."""
    taken = names.PARAMETERS.union(hidden, *map(_names_in_classes, members))
    inside = spelling.inside("", taken)
    return Stubs(channels, tuple(_stub(channels, member, inside) for member in members))


def _names_in_classes(member: Member) -> set[str]:
    """What hides types of the same name: functions, their parameters, types of listeners."""
    params = {names.parameter(field.name) for field in member.params.fields}
    return {names.identifier(member.name), *hearing(member), *params}


def hearing(member: Member) -> Lines:
    """What the class of its receiver calls a member: the type of a callable, and functions."""
    camel = words.camel(member.name)
    match member.verb:
        case Verb.ASK:
            return (f"{camel}Handler", f"Handle{camel}", f"Remove{camel}Handler")
        case Verb.EMIT | Verb.RELAY | Verb.HOST:
            return (f"{camel}Listener", f"On{camel}", f"Once{camel}", f"Remove{camel}Listener")
        case _:
            return ()


def is_untyped(member: Member) -> bool:
    """Whether the parameters are exactly `any...`."""
    return member.variadic and len(member.params.fields) == 1


def _stub(channels: Channels, member: Member, spelling: Spelling) -> Stub:
    owner = f"{channels.name}{words.camel(member.name)}"
    return Stub(
        member=member,
        name=names.identifier(member.name),
        constant=f"k{owner}",
        params=UNTYPED if is_untyped(member) else f"{owner}Params",
        response=_response(member, owner, spelling),
        arguments=tuple(_argument(field, member, spelling) for field in member.params.fields),
    )


def records(channels: Channels, member: Member) -> tuple[Record, ...]:
    """The messages of one member that are structs in C++."""
    owner = f"{channels.name}{words.camel(member.name)}"
    scope = channels.full_name.removesuffix(channels.name)
    said = f"{channels.name}.{member.name}"
    made = []
    if not is_untyped(member):
        docs, name = f"The parameters of {said}.", f"{owner}Params"
        fields = member.params.fields
        made.append(Record(name, scope + name, docs, fields, variadic=member.variadic))
    if isinstance(member.response, Params) and member.response.fields:
        docs, name = f"The answer to {said}.", f"{owner}Response"
        made.append(Record(name, scope + name, docs, member.response.fields))
    return tuple(made)


def channel_constant(stub: Stub) -> Lines:
    """`constexpr ipc::SendChannel<NotesTypingParams> kNotesTyping{"notes.Typing"};`"""
    member = stub.member
    types = (stub.params, stub.response) if stub.response else (stub.params,)
    name = literals.quoted(member.wire_name)
    limits: Lines = ()
    if member.deadline_ms is not None:
        limits += (f".deadline_ms = {member.deadline_ms}",)
    if member.max_bytes is not None:
        limits += (f".max_bytes = {member.max_bytes}",)
    values = (f".name = {name}", *limits) if limits else (name,)
    return layout.list_initialised(
        f"constexpr ipc::{_CHANNEL_TYPES[member.verb]}<{', '.join(types)}>",
        stub.constant,
        values,
    )


def _argument(field: Field, member: Member, spelling: Spelling) -> tuple[str, str, bool]:
    if is_untyped(member):
        return UNTYPED, names.parameter(field.name), True
    rest = member.variadic and field is member.params.fields[-1]
    type = REST if rest else spelling.type(field.type)
    return type, names.parameter(field.name), is_moved(field.type)


def _response(member: Member, owner: str, spelling: Spelling) -> str:
    match member.response:
        case None:
            return ""
        case Result(ok, err):
            return f"ipc::Result<{spelling.type(ok)}, {spelling.type(err)}>"
        case Params(fields):
            return f"{owner}Response" if fields else "void"
