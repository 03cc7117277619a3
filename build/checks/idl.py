"""The .ipc files that ship have no findings of lint, or say why they may."""

from __future__ import annotations

from checks.tree import Tree


def shipped(tree: Tree) -> list[str]:
    """The files below idl/ and samples/, which users read first."""
    return [name for name in tree.with_suffix(".ipc") if name.startswith(("idl/", "samples/"))]


def check_lint(tree: Tree) -> list[str]:
    sources = shipped(tree)
    if not sources:
        return []
    linted = tree.run("/usr/bin/python3", "-B", "generator/ipcgen", "lint", *sources)
    return [] if linted.ok else linted.lines()
