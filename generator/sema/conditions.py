"""[EnableIf] and [EnableIfNot]: parts of a file that exist for some builds only."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TypeVar

from generator.sema.compilation import attribute
from generator.syntax import ast

_Node = TypeVar("_Node")
_Conditional = ast.Definition | ast.Field | ast.Method | ast.EnumValue | ast.Import


@dataclass
class Pruner:
    """Copies a tree without what the enabled features rule out.

    Found: `dropped`, the full names that are out, with the condition that says so; `doubled`, the
    [EnableIf] and [EnableIfNot] that stand on one declaration.
    """

    features: frozenset[str]
    dropped: dict[str, ast.Attribute] = field(default_factory=dict)
    doubled: list[tuple[ast.Attribute, ast.Attribute]] = field(default_factory=list)

    def file(self, tree: ast.File) -> ast.File:
        return self._prune(tree, tree.module.name.text if tree.module else "")

    def _prune(self, node: _Node, scope: str) -> _Node:
        """A copy of a node without the disabled ones among the nodes that it lists."""
        changes = {}
        for part in fields(node):
            value = getattr(node, part.name)
            if isinstance(value, tuple) and value and hasattr(value[0], "attributes"):
                changes[part.name] = tuple(self._enabled(value, scope))
            elif isinstance(value, ast.Response):
                changes[part.name] = self._prune(value, scope)
        return replace(node, **changes) if changes else node

    def _enabled(self, nodes: tuple[_Conditional, ...], scope: str) -> list[_Conditional]:
        kept = []
        for node in nodes:
            declares = isinstance(node, ast.Definition | ast.EnumValue)
            full_name = f"{scope}.{node.name.text}".lstrip(".") if declares else scope
            against = self._against(node)
            if against is None:
                kept.append(self._prune(node, full_name))
            elif declares:
                self.dropped[full_name] = against
        return kept

    def _against(self, node: _Conditional) -> ast.Attribute | None:
        """The condition of a node that does not hold."""
        needed, refused = attribute(node, "EnableIf"), attribute(node, "EnableIfNot")
        if needed and refused:
            self.doubled.append((needed, refused))
        if needed and not self._holds(needed.value):
            return needed
        return refused if refused and self._holds(refused.value) else None

    def _holds(self, value: ast.Constant | ast.Choice | None) -> bool:
        match value:
            case ast.Choice():
                held = [name.text in self.features for name in value.names]
                return all(held) if value.all else any(held)
            case ast.Path():
                return value.text in self.features
            case _:
                return True
