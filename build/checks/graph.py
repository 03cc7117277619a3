"""What gn knows: who may include whom, and that nothing is left out of the build."""

from __future__ import annotations

import re

from checks.tree import Tree

# `"//"` alone is the root of whoever embeds this tree, and is right where a template means that.
_ABSOLUTE_LABEL = re.compile(r'"//[^"]')


def check_includes(tree: Tree) -> list[str]:
    report = tree.run("gn", "check", str(tree.out))
    return [] if report.ok else report.lines()


def check_reachable(tree: Tree) -> list[str]:
    """A target that no root group reaches is neither built nor seen by gn check."""
    reached = set(tree.run("gn", "desc", str(tree.out), "//:default", "deps", "--all").lines())
    targets = set(tree.run("gn", "ls", str(tree.out)).lines()) - {"//:default"}
    problems = [f"{label}: not reached" for label in sorted(targets - reached)]

    loaded = (tree.root / tree.out / "build.ninja.d").read_text(encoding="utf-8")
    names = {name.rsplit("../", 1)[-1] for name in loaded.split()}
    for name in tree.with_suffix("BUILD.gn"):
        if name not in names:
            problems.append(f"{name}: never loaded")
    return problems


def check_labels(tree: Tree) -> list[str]:
    """The tree may stand in any folder of an application, so `//` is not its own root."""
    problems = []
    for name in tree.with_suffix("BUILD.gn", ".gni"):
        for number, line in enumerate(tree.read(name).splitlines(), start=1):
            code = line.split("#", 1)[0]
            if _ABSOLUTE_LABEL.search(code):
                problems.append(f"{name}:{number}: absolute label")
    return problems
