"""Views of calls: channels and their members, interfaces and their methods."""

from __future__ import annotations

from dataclasses import dataclass

from generator.docs.caller import Callers
from generator.docs.data import Views, badges
from generator.docs.links import local
from generator.docs.rules import duration, rules
from generator.docs.views import (
    Badge,
    CallView,
    Code,
    DeclView,
    Direction,
    Fact,
    Line,
    Part,
    Row,
    Rows,
    Wire,
)
from generator.ir import (
    Channels,
    Interface,
    Member,
    Method,
    Params,
    Program,
    Response,
    Result,
    Verb,
)

DIRECTIONS = {
    Verb.SEND: Direction("renderer", "main", "Sent by a renderer; main does not answer."),
    Verb.INVOKE: Direction(
        "renderer", "main", "Called by a renderer; main answers.", answered=True
    ),
    Verb.SYNC: Direction(
        "renderer",
        "main",
        "Called by a renderer, which blocks until main has answered.",
        answered=True,
    ),
    Verb.EMIT: Direction("main", "renderer", "Sent by main; the renderer does not answer."),
    Verb.ASK: Direction(
        "main", "renderer", "Called by main; the renderer answers.", answered=True
    ),
    Verb.RELAY: Direction(
        "renderer", "renderer", "Sent by a renderer to another one, through main.", via="main"
    ),
    Verb.HOST: Direction("guest", "embedder", "Sent by a guest to the page that embeds it."),
}


def _deadline(ms: int | None) -> str:
    return "the call's own, or its process's" if ms is None else duration(ms)


@dataclass(frozen=True)
class Calls:
    """Makes the views of one page's calls."""

    program: Program
    views: Views

    def channels(self, channels: Channels) -> DeclView:
        callers = Callers(self.program, self.views.writer.module, channels)
        facts = (Fact("Prefix", (Part(channels.prefix, code=True),)),) if channels.prefix else ()
        return self.views.decl(
            channels,
            "channels",
            facts=(*facts, *self.views.inside(channels)),
            setup=callers.setup(),
            calls=tuple(self._member(channels, one, callers) for one in channels.members),
            wire=self.views.wire.of_channels(channels),
        )

    def interface(self, interface: Interface) -> DeclView:
        return self.views.decl(
            interface,
            "interface",
            facts=tuple(self.views.inside(interface)),
            calls=tuple(self._method(interface, one) for one in interface.methods),
        )

    def _member(self, channels: Channels, member: Member, callers: Callers) -> CallView:
        facts = [Fact("Wire name", (Part(member.wire_name, code=True),))]
        if member.verb.answered:
            facts.append(Fact("Deadline", (Part(_deadline(member.deadline_ms)),)))
        if member.max_bytes is not None:
            facts.append(Fact("Arguments", (Part(f"at most {member.max_bytes} bytes"),)))
        return self._call(
            channels.full_name,
            member,
            verb=member.verb.value,
            direction=DIRECTIONS[member.verb],
            badges=badges(member.attributes),
            facts=tuple(facts),
            callers=callers.lines(member),
            wire=self.views.wire.of_member(channels, member),
        )

    def _method(self, interface: Interface, method: Method) -> CallView:
        flags = (Badge("sync"),) if method.sync else ()
        return self._call(
            interface.full_name,
            method,
            verb="",
            direction=None,
            badges=(*flags, *badges(method.attributes)),
            facts=(Fact("Ordinal", (Part(f"@{method.ordinal}", code=True),)),),
            callers=(),
            wire=None,
        )

    def _call(
        self,
        holder: str,
        call: Member | Method,
        *,
        verb: str,
        direction: Direction | None,
        badges: tuple[Badge, ...],
        facts: tuple[Fact, ...],
        callers: tuple[Code, ...],
        wire: Wire | None,
    ) -> CallView:
        full_name = f"{holder}.{call.name}"
        variadic = isinstance(call, Member) and call.variadic
        params = self.views.rows(full_name, call.params.fields, full_name, variadic)
        return CallView(
            id=local(full_name, self.views.writer.module),
            name=call.name,
            verb=verb,
            direction=direction,
            badges=badges,
            signature=self.views.links.line(self.views.writer.signature(call)),
            docs=self.views.docs(call.docs, full_name),
            facts=(*facts, *self.views.notes(call.attributes, full_name)),
            rows=(Rows("Parameters", params, "none"), *self._answer(full_name, call.response)),
            callers=callers,
            wire=wire,
        )

    def _answer(self, call: str, response: Response | None) -> tuple[Rows, ...]:
        match response:
            case Params(fields):
                rows = self.views.rows(f"{call}.answer", fields, call)
                return (Rows("Answer", rows, "empty: that it was done"),)
            case Result(ok, err):
                ends = (self._end("ok", ok), self._end("err", err))
                return (Rows("Answer", ends),)
            case None:
                return ()

    def _end(self, name: str, type) -> Row:
        line: Line = self.views.links.line(self.views.writer.type(type))
        limits = rules(type)
        return Row("", name, line, (), (), (Fact("Limits", limits),) if limits else ())
