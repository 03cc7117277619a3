"""What a C++ file may include, and how a header begins."""

from __future__ import annotations

import ast
import re

from checks.tree import GENERATED, Tree

_INCLUDE = re.compile(r'^#include ["<]([^">]+)[">]', re.MULTILINE)
_RUNTIME = "runtime/"
_FLOORS = "build/floors.gni"
_GRPC_FLOOR = "runtime/transport/grpc/"
_GRPC_HEADERS = ("grpc/", "grpc++/", "grpcpp/", "google/protobuf/")


def check_floors(tree: Tree) -> list[str]:
    """A file of the runtime includes its own folder and lower floors only."""
    level_of = _floor_levels(tree)
    problems = []
    for name in tree.with_suffix(".h", ".cc"):
        if not name.startswith(_RUNTIME):
            continue
        own = _floor_of(name, level_of)
        if own is None:
            problems.append(f"{name}: its folder is not in {_FLOORS}")
            continue
        for include in _includes(tree, name):
            if include.startswith(("generated/", "generator/", "samples/", "tests/")):
                problems.append(f"{name}: includes {include}")
            if not include.startswith(_RUNTIME):
                continue
            other = _floor_of(include, level_of)
            if other != own and (other is None or level_of[other] >= level_of[own]):
                problems.append(f"{name}: includes {include}")
    return problems


def check_pragma_once(tree: Tree) -> list[str]:
    return [
        f"{name}: no #pragma once"
        for name in tree.with_suffix(".h")
        if not re.search(r"^#pragma once$", tree.read(name), re.MULTILINE)
    ]


def check_no_grpc(tree: Tree) -> list[str]:
    """gRPC's headers cost a second a file, and are one transport's business."""
    return [
        f"{name}: includes {include}"
        for name in tree.with_suffix(".h")
        if not name.startswith((_GRPC_FLOOR, "tests/"))
        for include in _includes(tree, name)
        if include.startswith(_GRPC_HEADERS)
    ]


def check_comment(tree: Tree) -> list[str]:
    return [
        f"{name}: begins without a comment"
        for name in tree.with_suffix(".h")
        if not tree.read(name).startswith("// ") and not name.startswith(GENERATED)
    ]


def _floor_levels(tree: Tree) -> dict[str, int]:
    listed = re.search(r"^floors = (\[.*?^\])", tree.read(_FLOORS), re.MULTILINE | re.DOTALL)
    assert listed is not None, f"{_FLOORS} has no list of floors"
    levels = ast.literal_eval(listed[1])
    return {floor: level for level, floors in enumerate(levels) for floor in floors}


def _floor_of(name: str, level_of: dict[str, int]) -> str | None:
    """The floor with the longest name that holds the file: transport/grpc before transport."""
    folder = name.removeprefix(_RUNTIME).rpartition("/")[0] + "/"
    holding = [floor for floor in level_of if folder.startswith(floor + "/")]
    return max(holding, key=len, default=None)


def _includes(tree: Tree, name: str) -> list[str]:
    return _INCLUDE.findall(tree.read(name))
