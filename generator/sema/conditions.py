"""[EnableIf] and [EnableIfNot]: parts of a file that exist for some builds only."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TypeVar

from generator.sema.compilation import attribute
from generator.syntax import ast

_Node = TypeVar("_Node")


def drop_disabled(tree: ast.File, features: frozenset[str]) -> ast.File:
    """The tree without what [EnableIf] or [EnableIfNot] rules out for the enabled features."""
    return _prune(tree, features)


def _prune(node: _Node, features: frozenset[str]) -> _Node:
    """A copy of a node without the disabled ones among the nodes that it lists."""
    changes = {}
    for part in fields(node):
        value = getattr(node, part.name)
        if isinstance(value, tuple) and value and hasattr(value[0], "attributes"):
            changes[part.name] = tuple(
                _prune(item, features) for item in value if _enabled(item, features)
            )
        elif isinstance(value, ast.Response):
            changes[part.name] = _prune(value, features)
    return replace(node, **changes) if changes else node


def _enabled(node: ast.Definition | ast.Field | ast.Method, features: frozenset[str]) -> bool:
    needed = attribute(node, "EnableIf")
    if needed and not _holds(needed.value, features):
        return False
    refused = attribute(node, "EnableIfNot")
    return not (refused and _holds(refused.value, features))


def _holds(value: ast.Constant | ast.Choice | None, features: frozenset[str]) -> bool:
    match value:
        case ast.Choice():
            held = [name.text in features for name in value.names]
            return all(held) if value.all else any(held)
        case ast.Path():
            return value.text in features
        case _:
            return True
