"""Two walks over graphs. Neither recurses: a program may be deeper than Python's stack."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

_Key = TypeVar("_Key", bound=Hashable)


def dependencies_first(
    nodes: Iterable[_Key], edges: Callable[[_Key], Iterable[_Key]]
) -> list[_Key]:
    """The nodes and what they reach, each after what it points to; circles are cut somewhere."""
    order: list[_Key] = []
    seen: set[_Key] = set()
    for root in nodes:
        if root in seen:
            continue
        seen.add(root)
        work = [(root, iter(edges(root)))]
        while work:
            node, rest = work[-1]
            following = next(rest, None)
            if following is None:
                work.pop()
                order.append(node)
            elif following not in seen:
                seen.add(following)
                work.append((following, iter(edges(following))))
    return order


def strongly_connected(
    nodes: Iterable[_Key], edges: Callable[[_Key], Iterable[_Key]]
) -> list[list[_Key]]:
    """The groups of nodes that reach each other, loners only when they reach themselves.

    Tarjan's algorithm, with a stack of its own: how deep types refer to each other is up to users.
    """
    index: dict[_Key, int] = {}
    low: dict[_Key, int] = {}
    path: list[_Key] = []
    on_path: set[_Key] = set()
    groups: list[list[_Key]] = []
    for root in nodes:
        if root in index:
            continue
        work = [(root, iter(edges(root)))]
        index[root] = low[root] = len(index)
        path.append(root)
        on_path.add(root)
        while work:
            node, rest = work[-1]
            following = next(rest, None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    group = [path.pop()]
                    while group[-1] is not node:
                        group.append(path.pop())
                    on_path.difference_update(group)
                    if len(group) > 1 or node in edges(node):
                        groups.append(group)
            elif following not in index:
                index[following] = low[following] = len(index)
                path.append(following)
                on_path.add(following)
                work.append((following, iter(edges(following))))
            elif following in on_path:
                low[node] = min(low[node], index[following])
    return groups
