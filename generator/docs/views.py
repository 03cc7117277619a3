"""What the templates see. Texts are plain: the templates escape them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text, perhaps a link, perhaps code."""

    text: str
    href: str = ""
    code: bool = False


Line = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Of a comment. `tag`: p and pre have one item, ul and ol one a point."""

    tag: str
    items: tuple[Line, ...]


Prose = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Badge:
    """`kind` chooses the colour: plain, good, warn."""

    text: str
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class Fact:
    """`Deadline: 2 s`."""

    label: str
    line: Line


@dataclass(frozen=True, slots=True)
class Row:
    """A field, a parameter, a value of an enum; `id` is "" for what cannot be linked to."""

    id: str
    name: str
    type: Line
    badges: tuple[Badge, ...]
    docs: Prose
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    title: str
    rows: tuple[Row, ...]
    empty: str = ""  # what is said in place of rows


@dataclass(frozen=True, slots=True)
class Code:
    """Text to be copied; `label` says what it is."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Wire:
    """What travels: behind a disclosure."""

    facts: tuple[Fact, ...]
    code: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Direction:
    """`start` -> `end`, perhaps by way of `via`; `answered` when something comes back."""

    start: str
    end: str
    said: str  # the same in a sentence
    via: str = ""
    answered: bool = False


@dataclass(frozen=True, slots=True)
class CallView:
    """A channel or a method. `verb` and `direction` are a channel's."""

    id: str
    name: str
    verb: str
    direction: Direction | None
    badges: tuple[Badge, ...]
    signature: Line
    docs: Prose
    facts: tuple[Fact, ...]
    rows: tuple[Rows, ...]
    callers: tuple[Code, ...]
    wire: Wire | None


@dataclass(frozen=True, slots=True)
class DeclView:
    """A declaration; `calls` are those of channels and interfaces."""

    id: str
    kind: str
    name: str
    badges: tuple[Badge, ...]
    docs: Prose
    facts: tuple[Fact, ...]
    used_by: Line
    rows: tuple[Rows, ...] = ()
    setup: Code | None = None
    calls: tuple[CallView, ...] = ()
    wire: Wire | None = None


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: str
    decls: tuple[DeclView, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page has around its content; `up` leads to the top of the site."""

    site: str
    title: str
    index: str
    search: str
    up: str


@dataclass(frozen=True, slots=True)
class ModulePage:
    frame: Frame
    name: str
    path: str
    badges: tuple[Badge, ...]
    docs: Prose
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class ModuleEntry:
    """A line of the index."""

    href: str
    name: str
    path: str
    summary: Line
    holds: str


@dataclass(frozen=True, slots=True)
class ChannelEntry:
    """A line of the index's table of channels."""

    href: str
    verb: str
    wire_name: str
    direction: Direction
    where: str
    summary: Line


@dataclass(frozen=True, slots=True)
class IndexPage:
    frame: Frame
    modules: tuple[ModuleEntry, ...]
    channels: tuple[ChannelEntry, ...]
