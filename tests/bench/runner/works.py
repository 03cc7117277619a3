"""The works: what is done, how large, by how many. One row each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_SMALL = 64  # bytes; kSmallBytes of harness/session.h


@dataclass(frozen=True)
class Work:
    name: str
    title: str
    pattern: str  # as the programs know it: harness/session.h
    unit: str  # what `per_second` counts
    bytes: int = _SMALL
    renderers: int = 1
    # Compared by the median of a round trip; else by what is done in a second.
    by_time: bool = False
    shows_fairness: bool = False
    patience: float = 1.0  # how many times the usual length of a measurement

    @property
    def is_large(self) -> bool:
        return self.bytes > _SMALL


WORKS = (
    Work("W1", "64 bytes there and back, one after another", "round-trips", "calls", by_time=True),
    Work("W2", "64 bytes there and back, 64 in flight", "in-flight", "calls"),
    Work("W3", "64 bytes one way", "one-way", "messages"),
    Work(
        "W4",
        "1 MiB there and back, one after another",
        "round-trips",
        "calls",
        bytes=1 << 20,
        by_time=True,
    ),
    Work(
        "W5",
        "W1 by 8 renderers at once",
        "round-trips",
        "calls",
        renderers=8,
        shows_fairness=True,
        patience=2.0,
    ),
    Work(
        "W5x32",
        "W1 by 32 renderers at once",
        "round-trips",
        "calls",
        renderers=32,
        shows_fairness=True,
        patience=3.0,
    ),
    Work("W6", "one call a millisecond, asleep in between", "paced", "calls", by_time=True),
    Work(
        "W7",
        "64 bytes from main to 32 renderers, each of which says that it has them",
        "broadcast",
        "messages",
        renderers=32,
    ),
)

_MANY = re.compile(r"W5x(\d+)")


def find(name: str) -> Work | None:
    """A work by its name; W5xN is W5 with any number of renderers."""
    for work in WORKS:
        if work.name == name:
            return work
    if (many := _MANY.fullmatch(name)) and int(many[1]) > 0:
        w5 = next(work for work in WORKS if work.name == "W5")
        title = f"W1 by {many[1]} renderers at once"
        return replace(w5, name=name, title=title, renderers=int(many[1]), patience=3.0)
    return None
