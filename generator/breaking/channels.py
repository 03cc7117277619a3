"""Channels: which old one a new one is, who sends what to whom, and who hears it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import ir
from generator.breaking import calls
from generator.breaking.judge import Judge
from generator.breaking.report import Flow, Outcome, Party, Place, Report

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

# What hears a call besides its own verb: ipcMain.on hears both, and sendSync alone is answered.
_LISTENERS = (ir.Verb.SEND, ir.Verb.SYNC)


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

    def judge(self, age: str, sender: str, receiver: str) -> Judge:
        """What a program of some age sends, as one of the other age receives it."""
        other = "old" if age == "new" else "new"
        flow = Flow(Party(age, sender), Party(other, receiver))
        if flow not in self._judges:
            programs = self._programs[age], self._programs[other]
            self._judges[flow] = Judge(*programs, flow, self._report)
        return self._judges[flow]


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
    _compare_limits(was, now, place, report)
    for age, sent, received in (("new", now, was), ("old", was, now)):
        caller, called = _ROLES[sent.verb]
        judge = directions.judge(age, caller, called)
        if sent.wire_name != received.wire_name:
            change = f"`{new.name}` was `{was.wire_name}` on the wire and is `{now.wire_name}`"
            _unheard(judge, "channel-renamed", sent, place, change)
        elif sent.verb is not received.verb:
            change = f"`{new.name}` was `{was.verb.value}` and is `{now.verb.value}`"
            _compare_verbs(judge, sent, received, place, change)
        if _hears(received.verb, sent.verb):
            calls.compare_params(judge, sent, received, place)
    for age, sent, received in (("new", now, was), ("old", was, now)):
        if sent.verb is received.verb and sent.response is not None:
            caller, called = _ROLES[sent.verb]
            answer = place.at(f"{new.name} (answer)", was.where, now.where)
            judge = directions.judge(age, called, caller)
            calls.compare_response(judge, sent.response, received.response, answer)


def _hears(listener: ir.Verb, call: ir.Verb) -> bool:
    return listener is call or (listener in _LISTENERS and call in _LISTENERS)


def _compare_verbs(
    judge: Judge, sent: ir.Member, received: ir.Member, place: Place, change: str
) -> None:
    if not _hears(received.verb, sent.verb):
        _unheard(judge, "channel-verb-changed", sent, place, change)
    elif sent.response is not None:
        why = f"`{sent.wire_name}`, which it hears and never answers"
        judge.refuses("channel-verb-changed", place, change, why)


def _unheard(judge: Judge, rule: str, sent: ir.Member, place: Place, change: str) -> None:
    why = f"`{sent.wire_name}`, which nobody listens for as `{sent.verb.value}`"
    judge.refuses(rule, place, change, why)


def _compare_limits(was: ir.Member, now: ir.Member, place: Place, report: Report) -> None:
    before, after = _limits(was), _limits(now)
    for name in sorted(before.keys() | after.keys()):
        mine, yours = before.get(name, "not there"), after.get(name, "not there")
        if mine != yours:
            change = f"`{name}` of `{place.subject}` was {mine} and is {yours}"
            why = "both sides go by their own"
            report.add("channel-limit-changed", place, change, None, Outcome.WARNS, why)


def _limits(member: ir.Member) -> dict[str, int]:
    """The attributes that bound a channel by a number and that each side keeps by itself."""
    return {
        attribute.name: attribute.value
        for attribute in member.attributes
        if type(attribute.value) is int and attribute.name not in ("MinVersion", "MaxBytes")
    }
