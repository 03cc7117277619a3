"""Channels: which old one a new one is, who sends what to whom, and what travels with a call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import ir
from generator.breaking import absence, records
from generator.breaking.judge import Judge
from generator.breaking.report import Flow, Outcome, Party, Payload, Place, Report

# Who calls, and who is called.
_ROLES = {
    ir.Verb.SEND: ("renderer", "main"),
    ir.Verb.INVOKE: ("renderer", "main"),
    ir.Verb.SYNC: ("renderer", "main"),
    ir.Verb.EMIT: ("main", "renderer"),
    ir.Verb.ASK: ("main", "renderer"),
    ir.Verb.RELAY: ("renderer", "renderer"),
    ir.Verb.HOST: ("guest", "embedder"),
}


@dataclass(frozen=True, slots=True)
class Channel:
    """A member and the definition that it stands in."""

    owner: ir.Channels
    member: ir.Member

    @property
    def name(self) -> str:
        return f"{self.owner.full_name}.{self.member.name}"

    @property
    def key(self) -> tuple[str, str]:
        """Who receives, and under which name: what a channel is on the wire."""
        return _ROLES[self.member.verb][1], self.member.wire_name


def channels_of(program: ir.Program) -> Iterator[Channel]:
    for module in program.modules:
        for owner in module.channels:
            for member in owner.members:
                yield Channel(owner, member)


class Directions:
    """One Judge for each flow: old to new and new to old, between the same two roles."""

    def __init__(self, old: ir.Program, new: ir.Program, report: Report):
        self._programs = {"old": old, "new": new}
        self._report = report
        self._judges: dict[Flow, Judge] = {}

    def judges(self, sender: str, receiver: str) -> Iterator[Judge]:
        for mine, yours in (("new", "old"), ("old", "new")):
            flow = Flow(Party(mine, sender), Party(yours, receiver))
            if flow not in self._judges:
                programs = self._programs[mine], self._programs[yours]
                self._judges[flow] = Judge(*programs, flow, self._report)
            yield self._judges[flow]


def compare_channels(
    old: ir.Program, new: ir.Program, directions: Directions, report: Report
) -> None:
    """Every channel of both programs."""
    before = {channel.key: channel for channel in channels_of(old)}
    after = {channel.key: channel for channel in channels_of(new)}
    by_name = {channel.name: channel for channel in after.values()}
    continued: set[tuple[str, str]] = set()
    for key, channel in before.items():
        report.channel = channel.name
        other = after.get(key) or by_name.get(channel.name)
        if other is None or (other.key != key and other.key in before):
            _gone(channel, report)
            continue
        continued.add(other.key)
        _compare(channel, other, directions, report)
    for key, channel in after.items():
        if key not in continued and key not in before:
            report.channel = channel.name
            _added(channel, report)
    report.channel = ""


def _gone(channel: Channel, report: Report) -> None:
    flow = _call_flow(channel, "old")
    change = f"the channel `{channel.name}` was removed"
    place = Place(channel.name, channel.member.where, None)
    why = f"`{channel.member.wire_name}`, which nobody listens for"
    report.add("channel-removed", place, change, flow, Outcome.REFUSES, why)


def _added(channel: Channel, report: Report) -> None:
    flow = _call_flow(channel, "new")
    change = f"the channel `{channel.name}` is new"
    place = Place(channel.name, None, channel.member.where)
    why = f"`{channel.member.wire_name}`, which it does not know"
    report.add("channel-added", place, change, flow, Outcome.WARNS, why)


def _call_flow(channel: Channel, caller: str) -> Flow:
    sender, receiver = _ROLES[channel.member.verb]
    return Flow(Party(caller, sender), Party("new" if caller == "old" else "old", receiver))


def _compare(old: Channel, new: Channel, directions: Directions, report: Report) -> None:
    """Two versions of one channel."""
    was, now = old.member, new.member
    place = Place(new.name, was.where, now.where)
    if was.verb is not now.verb:
        change = f"`{new.name}` was `{was.verb.value}` and is `{now.verb.value}`"
        _both_calls(old, new, report, "channel-verb-changed", place, change)
        return
    if was.wire_name != now.wire_name:
        change = f"`{new.name}` was `{was.wire_name}` on the wire and is `{now.wire_name}`"
        _both_calls(old, new, report, "channel-renamed", place, change)
    _compare_limits(was, now, place, report)
    caller, receiver = _ROLES[now.verb]
    for judge in directions.judges(caller, receiver):
        sent, received = (was, now) if judge.sender_is_old else (now, was)
        _compare_call(judge, sent, received, place)
    for judge in directions.judges(receiver, caller):
        sent, received = (was, now) if judge.sender_is_old else (now, was)
        if sent.response is not None and received.response is not None:
            answer = place.at(f"{new.name} (answer)", was.where, now.where)
            _compare_response(judge, sent.response, received.response, answer)


def _both_calls(
    old: Channel, new: Channel, report: Report, rule: str, place: Place, change: str
) -> None:
    for channel, age in ((new, "new"), (old, "old")):
        member = channel.member
        why = f"`{member.wire_name}`, which nobody listens for as `{member.verb.value}`"
        report.add(rule, place, change, _call_flow(channel, age), Outcome.REFUSES, why)


def _compare_limits(was: ir.Member, now: ir.Member, place: Place, report: Report) -> None:
    before, after = _limits(was), _limits(now)
    for name in sorted(before.keys() | after.keys()):
        mine, yours = before.get(name, "not there"), after.get(name, "not there")
        if mine != yours:
            change = f"`{name}` of `{place.subject}` was {mine} and is {yours}"
            why = "both sides go by their own"
            report.add("channel-limit-changed", place, change, None, Outcome.WARNS, why)


def _limits(member: ir.Member) -> dict[str, int]:
    """The attributes that bound a channel by a number, whichever there are."""
    return {
        attribute.name: attribute.value
        for attribute in member.attributes
        if type(attribute.value) is int and attribute.name != "MinVersion"
    }


def _compare_call(judge: Judge, sent: ir.Member, received: ir.Member, place: Place) -> None:
    if sent.variadic != received.variadic:
        change = f"`{place.subject}` has `any...` in one version only"
        judge.refuses("rest-changed", place, change, "arguments of another kind")
        return
    mine, yours = sent.params.fields, received.params.fields
    records.compare_fields(judge, mine, yours, place, by_name=False)
    json = place.only(Payload.JSON)
    _compare_count(judge, sent, received, json)
    for one, other in zip(mine, yours):
        old, new = judge.by_age(one, other)
        judge.field(one, other, json.at(f"{place.subject}.{new.name}", old.where, new.where))


def _compare_count(judge: Judge, sent: ir.Member, received: ir.Member, json: Place) -> None:
    """All arguments are sent; at the end those may be missing that can be null."""
    count, most = len(sent.params.fields), len(received.params.fields)
    least = max(
        (
            at
            for at, field in enumerate(received.params.fields, 1)
            if not absence.may_lack_json(field)
        ),
        default=0,
    )
    if least <= count <= most:
        return
    old, new = judge.by_age(count, most)
    change = f"`{json.subject}` had {old} parameters and has {new}"
    judge.refuses("argument-count-changed", json, change, f"{_arguments(count)} in JSON")


def _arguments(count: int) -> str:
    return f"{count} argument{'' if count == 1 else 's'}"


def _compare_response(
    judge: Judge, sent: ir.Response, received: ir.Response, place: Place
) -> None:
    match sent, received:
        case ir.Result(), ir.Result():
            judge.slot(sent.ok, received.ok, place.at(f"{place.subject}.ok", place.old, place.new))
            judge.slot(
                sent.err, received.err, place.at(f"{place.subject}.err", place.old, place.new)
            )
        case ir.Params(), ir.Params():
            _compare_values(judge, sent.fields, received.fields, place)
        case _:
            change = f"`{place.subject}` is a result<> in one version only"
            judge.refuses("response-kind-changed", place, change, "an answer of another kind")


def _compare_values(
    judge: Judge, sent: records.Fields, received: records.Fields, place: Place
) -> None:
    """Bytes know them by number; JSON is null, one value or an object, by their count."""
    if min(len(sent), 2) == min(len(received), 2) == 2:
        records.compare_fields(judge, sent, received, place, by_name=True)
        return
    records.compare_fields(judge, sent, received, place, by_name=False)
    json = place.only(Payload.JSON)
    if len(sent) == len(received) == 1:
        old, new = judge.by_age(sent[0], received[0])
        here = json.at(f"{place.subject}.{new.name}", old.where, new.where)
        judge.field(sent[0], received[0], here)
    elif len(sent) != len(received):
        old, new = judge.by_age(len(sent), len(received))
        change = f"`{place.subject}` had {old} and has {new} values"
        why = f"{_shape(len(sent))} in JSON"
        judge.refuses("response-shape-changed", json, change, why)


def _shape(count: int) -> str:
    return ("null", "a bare value", "an object")[min(count, 2)]
