"""A file as rules look at it: its tree, and what the compiler found out about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from generator.ir.types import Type
from generator.lint.input import Input, renderer_input
from generator.lint.suppression import Suppression, suppressions
from generator.sema import Compilation
from generator.sema.compilation import Unit, field_groups, methods, walk
from generator.sema.index import Occurrence, occurrences
from generator.source import Span
from generator.syntax import ast

_Definition = TypeVar("_Definition", bound=ast.Definition)


class Facts:
    """What rules ask about all files together, worked out once."""

    def __init__(self, compilation: Compilation):
        self.compilation = compilation

    @cached_property
    def input(self) -> dict[ast.TypeNode, Input]:
        """Whatever a renderer sends, by its type as it is written."""
        return renderer_input(self.compilation)


@dataclass
class Subject:
    """One file, of which everything is known: it has no errors, nor has what it imports.

    `known` are the ids of all rules, `chosen` of those that run over it. `suppressions` are its
    comments to lint; they remember what they were good for.
    """

    unit: Unit
    facts: Facts
    known: frozenset[str]
    chosen: frozenset[str]
    suppressions: list[Suppression] = field(init=False)

    def __post_init__(self) -> None:
        self.suppressions = suppressions(self.unit)

    @property
    def tree(self) -> ast.File:
        return self.unit.tree

    @property
    def compilation(self) -> Compilation:
        return self.facts.compilation

    @property
    def conditional(self) -> bool:
        """Whether other builds may see more of the file than this one."""
        return "EnableIf" in self.unit.source.text

    def span(self, node: ast.Name | ast.TypeNode | ast.Literal | ast.Attribute) -> Span:
        return self.unit.span(node)

    def type(self, node: ast.TypeNode) -> Type:
        """What a type comes to."""
        return self.compilation.types[node]

    @cached_property
    def definitions(self) -> list[ast.Definition]:
        """Nested ones included, outer before inner."""
        return list(walk(self.tree))

    def all(self, *kinds: type[_Definition]) -> Iterator[_Definition]:
        return (node for node in self.definitions if isinstance(node, kinds))

    def calls(self) -> Iterator[ast.Method]:
        """Members of channels and methods of interfaces."""
        return (call for node in self.definitions for call in methods(node))

    def members(self, *verbs: str) -> Iterator[ast.Method]:
        """Members of channels, those with one of `verbs` when some are given."""
        for node in self.all(ast.Channels):
            for member in node.members:
                if not verbs or member.verb.text in verbs:
                    yield member

    def fields(self) -> Iterator[ast.Field]:
        """Of structs and unions, and parameters, those of answers too."""
        for node in self.definitions:
            for group in field_groups(node):
                yield from group

    def parameters(self) -> Iterator[tuple[ast.Field, ...]]:
        """The parameters of each call, without those of answers."""
        return (call.params for call in self.calls())

    def input(self) -> Iterator[tuple[ast.TypeNode, Input]]:
        """What renderers send of the types that this file writes, in the order of the file."""
        found = [
            (node, sent) for node, sent in self.facts.input.items() if sent.unit is self.unit
        ]
        return iter(sorted(found, key=lambda pair: pair[0].start))

    @cached_property
    def occurrences(self) -> list[Occurrence]:
        """What the file names, in the order of its text."""
        return occurrences(self.compilation, self.unit)
