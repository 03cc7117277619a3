"""What a comparison finds: changes, each with its effects on whoever sends and receives."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, Flag

from generator.source.file import Span


class Payload(Flag):
    """How a message travels: encoded by a typed stub, or as JSON by name and position."""

    BYTES = 1
    JSON = 2
    BOTH = 3


class Outcome(Enum):
    """What becomes of a message; a warning is what breaks nobody by itself."""

    REFUSES = "refuses"
    MISREADS = "misreads"
    WARNS = "warns"


@dataclass(frozen=True, slots=True)
class Party:
    """One end of a message: an old or new program in a role, `renderer`, `main`..."""

    age: str  # "old" or "new"
    role: str

    def __str__(self) -> str:
        return f"{'an' if self.age == 'old' else 'a'} {self.age} {self.role}"


@dataclass(frozen=True, slots=True)
class Flow:
    """A direction in which data travels, between programs of different age."""

    sender: Party
    receiver: Party

    @property
    def pair(self) -> str:
        """The two programs, in one order whichever of them sends."""
        return ", ".join(f"{party.age} {party.role}" for party in sorted(
            (self.sender, self.receiver), key=lambda party: (party.role == "main", party.age)
        ))


@dataclass(frozen=True, slots=True)
class Effect:
    """What one direction makes of a change. `why` completes "an old main refuses ...: "."""

    flow: Flow
    outcome: Outcome
    payload: Payload
    why: str


@dataclass(frozen=True, slots=True)
class Place:
    """What is being compared: its name, where it stands in both versions, and the conditions.

    `payload`: how what is here can have come here. `in_key`: it is part of a map's key, where two
    values that a receiver cannot tell apart are one key too many.
    """

    subject: str
    old: Span | None
    new: Span | None
    payload: Payload = Payload.BOTH
    in_key: bool = False

    def at(self, subject: str, old: Span | None, new: Span | None) -> Place:
        return replace(self, subject=subject, old=old, new=new)

    def only(self, payload: Payload) -> Place:
        return replace(self, payload=self.payload & payload)


@dataclass
class Finding:
    """A change of one declaration under one rule, with all its effects."""

    rule: str
    subject: str
    change: str
    old: Span | None
    new: Span | None
    effects: dict[tuple[Flow | None, Outcome, str], Payload] = field(default_factory=dict)
    channels: list[str] = field(default_factory=list)
    stable: bool = False

    @property
    def breaks(self) -> bool:
        """Whether somebody is refused or misread; what [Stable] promises, a warning breaks too."""
        return self.stable or any(
            outcome is not Outcome.WARNS for _, outcome, _ in self.effects
        )

    def effects_on(self, payload: Payload) -> list[Effect]:
        """The effects in some direction on messages that travel so."""
        return [
            Effect(flow, outcome, carried, why)
            for (flow, outcome, why), carried in self.effects.items()
            if flow is not None and carried & payload
        ]


class Report:
    """Collects findings: of one rule and subject one, whatever reaches it."""

    def __init__(self, payload: Payload = Payload.BOTH) -> None:
        self._payload = payload
        self._findings: dict[tuple[str, str], Finding] = {}
        self.channel = ""  # that is being compared
        self.skipped: list[str] = []  # names of what was not compared

    @property
    def findings(self) -> list[Finding]:
        return list(self._findings.values())

    def breaks(self) -> bool:
        return any(finding.breaks for finding in self.findings)

    def add(
        self, rule: str, place: Place, change: str, flow: Flow | None, outcome: Outcome, why: str
    ) -> None:
        """Remembers an effect, unless nobody sends the payload that it is about."""
        payload = place.payload & self._payload
        if not payload:
            return
        finding = self._findings.setdefault(
            (rule, place.subject), Finding(rule, place.subject, change, place.old, place.new)
        )
        key = (flow, outcome, why)
        finding.effects[key] = finding.effects.get(key, Payload(0)) | payload
        if self.channel and self.channel not in finding.channels:
            finding.channels.append(self.channel)
