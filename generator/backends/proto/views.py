"""What the templates see: proto3, in whole lines."""

from __future__ import annotations

from dataclasses import dataclass

from generator.backends.comments import Lines


@dataclass(frozen=True)
class Block:
    """A message, an enum or a oneof; or, without a head, only a comment.

    Lines have no indentation of their own but their comments are wrapped to fit theirs.
    """

    comment: Lines
    head: str = ""  # message Note {
    groups: tuple[Lines, ...] = ()  # parted by blank lines
    before: tuple[Block, ...] = ()  # inside, in front of the groups
    after: tuple[Block, ...] = ()  # inside, behind them


@dataclass(frozen=True)
class FileView:
    origin: str
    comment: Lines
    package: str
    imports: Lines
    blocks: tuple[Block, ...]
