"""The rules that build/check holds the tree to, in the order they are reported.

A check is a function from the Tree to what is wrong with it, one line a problem; none means ok.
Where a program can repair what it found, a second function does so for `build/check --fix`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from checks import formatting, generated, graph, headers, idl, text
from checks.tree import Tree


@dataclass(frozen=True)
class Check:
    name: str
    run: Callable[[Tree], list[str]]
    way_out: str
    fix: Callable[[Tree], None] | None = None


FIX = "build/check --fix"

# Repairs run in this order too: what is generated comes first, the formatters see its result.
ALL = (
    Check("generated", generated.check, FIX, generated.fix),
    Check("ipc-lint", idl.check_lint, "mend it, or allow it: generator/lint/README.md says how"),
    Check("clang-format", formatting.check_cpp, FIX, formatting.fix_cpp),
    Check("gn-format", formatting.check_gn, FIX, formatting.fix_gn),
    Check("ipc-format", formatting.check_ipc, FIX, formatting.fix_ipc),
    Check("gn-check", graph.check_includes, "add the missing dependency to the target's BUILD.gn"),
    Check("reachable", graph.check_reachable, "let a group below //:default depend on it"),
    Check("labels", graph.check_labels, "write a label relative to its own folder"),
    Check("floors", headers.check_floors, "include lower floors only; build/floors.gni has the order"),
    Check("pragma-once", headers.check_pragma_once, "guard every header with #pragma once"),
    Check("public-headers", headers.check_no_grpc, "include gRPC and protobuf in a .cc file"),
    Check("header-comment", headers.check_comment, "say in the first lines what the header is"),
    Check("file-length", text.check_length, "part the file by what its pieces are for"),
    Check("mentions", text.check_mentions, "say it without the path of one machine"),
)
