"""What really happens between two versions: messages of every channel, and what became of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from generator import ir
from generator.breaking import Payload

from .meaning import Meaning
from .program import Fate, Message
from .values import Values

Fields = tuple[ir.Field, ...]
Way = tuple[str, str, str, Payload]  # who sends: old or new, its role; the receiver's role; how

_HEARD_BY = {  # a listener hears both
    ir.Verb.SEND: (ir.Verb.SEND, ir.Verb.SYNC),
    ir.Verb.SYNC: (ir.Verb.SEND, ir.Verb.SYNC),
    ir.Verb.INVOKE: (ir.Verb.INVOKE,),
    ir.Verb.EMIT: (ir.Verb.EMIT,),
}


@dataclass(frozen=True)
class Side:
    """One of two versions."""

    age: str
    program: ir.Program

    @property
    def members(self) -> tuple[ir.Member, ...]:
        (channels,) = self.program.modules[0].channels
        return channels.members


@dataclass(frozen=True)
class Trial:
    """A message, who sends it, and the channel where it should be heard; None: nobody listens."""

    message: Message
    sender: Side
    receiver: Side
    sent: ir.Member
    received: ir.Member | None

    @property
    def channels(self) -> set[str]:
        """The full names that both sides have for it."""
        members = (self.sent, self.received) if self.received else (self.sent,)
        return {f"m.C.{member.name}" for member in members}

    @property
    def payload(self) -> Payload:
        return Payload.JSON if self.message.is_json else Payload.BYTES


def trials(pair: int, old: Side, new: Side, random: Random, count: int) -> Iterator[Trial]:
    """`count` messages a channel, as bytes and as JSON, between a renderer and main of other ages."""
    renderer, main = (old, new) if pair % 2 == 0 else (new, old)
    for sender, receiver in ((renderer, main), (main, renderer)):
        for index, member in enumerate(sender.members):
            if (member.verb is ir.Verb.EMIT) == (sender is main):
                partner = _partner(member, receiver)
                values = Values(sender.program, random)
                answers = Values(receiver.program, random)
                for _ in range(count):
                    value = values.call(member)
                    answer = answers.answer(partner.response if partner else None)
                    for is_json in (False, True):
                        message = Message(pair, sender is main, index, is_json, value, answer)
                        yield Trial(message, sender, receiver, member, partner)


def _partner(member: ir.Member, receiver: Side) -> ir.Member | None:
    for other in receiver.members:
        if other.wire_name == member.wire_name and other.verb in _HEARD_BY[member.verb]:
            return other
    return None


def outcomes(trial: Trial, fate: Fate) -> Iterator[tuple[Way, str]]:
    """For the call, and for the answer if it came to one: "" or how it was lost."""
    if fate.sent.startswith("!"):
        return  # by its own judgement no value of the sender's
    payload = trial.payload
    caller, called = ("main", "renderer") if trial.message.from_main else ("renderer", "main")
    call = (trial.sender.age, caller, called, payload)
    if not _call_arrived(trial, fate):
        yield call, f"sent {fate.sent}, heard {fate.heard or 'nothing'}"
    elif trial.sent.response is not None and not fate.answered:
        yield call, f"sent {fate.sent}, and was never answered"
    else:
        yield call, ""
        if fate.answered not in ("", "-") and trial.sent.response is not None:
            lost = not _answer_arrived(trial, fate)
            text = f"answered {fate.answered}, read {fate.read}" if lost else ""
            yield (trial.receiver.age, called, caller, payload), text


def _call_arrived(trial: Trial, fate: Fate) -> bool:
    if not fate.heard or trial.received is None:
        return False
    sent, heard = json.loads(fate.sent), json.loads(fate.heard)
    mine, yours = trial.sent.params.fields, trial.received.params.fields
    meaning = _meaning(trial, trial.sender, trial.receiver)
    if isinstance(sent, list) or isinstance(heard, list):
        return _positional(trial.sent, sent) == _positional(trial.received, heard)
    if trial.message.is_json:
        pairs = _by_position(_typed(trial.sent), _typed(trial.received))
        same = (meaning.same(sent[a.name], a.type, heard[b.name], b.type) for a, b in pairs)
        return all(same) and _same_rest(trial, sent, heard)
    return meaning.same_fields(sent, mine, heard, yours)


def _typed(member: ir.Member) -> Fields:
    return member.params.fields[:-1] if member.variadic else member.params.fields


def _by_position(mine: Fields, yours: Fields) -> Iterator[tuple[ir.Field, ir.Field]]:
    """Arguments and who they are to the receiver: of one name, or both renamed in one place."""
    names = {field.name for field in yours}
    known = {field.name: field for field in mine}
    for index, field in enumerate(yours):
        if field.name in known:
            yield known[field.name], field
        elif index < len(mine) and mine[index].name not in names:
            yield mine[index], field


def _same_rest(trial: Trial, sent: dict, heard: dict) -> bool:
    """What `any...` says has to be heard; it may hear more, of parameters that it does not know."""
    if not trial.sent.variadic:
        return True
    rest = sent[trial.sent.params.fields[-1].name]
    arguments = _positional(trial.received, heard)
    return arguments[len(arguments) - len(rest) :] == rest


def _positional(member: ir.Member, params: object) -> list:
    """All arguments, of a channel whose parameters may be `any...` alone."""
    if isinstance(params, list):
        return params
    values = [params[field.name] for field in member.params.fields]
    return [*values[:-1], *values[-1]] if member.variadic else values


def _answer_arrived(trial: Trial, fate: Fate) -> bool:
    if fate.read.startswith("!"):
        return False
    sent, read = json.loads(fate.answered), json.loads(fate.read)
    meaning = _meaning(trial, trial.receiver, trial.sender)
    match trial.received.response, trial.sent.response:
        case ir.Result() as mine, ir.Result() as yours:
            ((name, value),) = sent.items()
            return [name] == list(read) and meaning.same(
                value, getattr(mine, name), read[name], getattr(yours, name)
            )
        case ir.Params() as mine, ir.Params() as yours:
            return _same_values(trial, meaning, sent, mine.fields, read, yours.fields)
        case mine, yours:  # a value may pass for the value of a result<>
            one, other = _value_of(mine, sent), _value_of(yours, read)
            return bool(one and other) and meaning.same(*one, *other)


def _value_of(response: ir.Response, shown: dict) -> tuple[object, ir.Type] | None:
    """The only value of an answer, if it has one that is no error."""
    if isinstance(response, ir.Result):
        return (shown["ok"], response.ok) if "ok" in shown else None
    if len(response.fields) != 1:
        return None
    (field,) = response.fields
    return shown[field.name], field.type


def _same_values(
    trial: Trial, meaning: Meaning, sent: object, mine: Fields, read: object, yours: Fields
) -> bool:
    if not mine or not yours:
        return True  # nothing was said, or nothing was asked
    if trial.message.is_json and len(mine) == len(yours) == 1:
        (one,), (other,) = mine, yours
        return meaning.same(sent[one.name], one.type, read[other.name], other.type)
    return meaning.same_fields(sent, mine, read, yours)


def _meaning(trial: Trial, sender: Side, receiver: Side) -> Meaning:
    return Meaning(sender.program, receiver.program, by_name=trial.message.is_json)
