"""C++ as clang-format-16 writes it, generated code included; build files as gn does, and .ipc files
as ipcgen does."""

from __future__ import annotations

from checks.tree import Tree

CLANG_FORMAT = "clang-format-16"
_IPC_FORMAT = ("/usr/bin/python3", "-B", "generator/ipcgen", "format")

# What is in them has mistakes, or a layout, for a test to see.
_DELIBERATE = tuple(f"tests/generator/{name}/" for name in ("diagnostics", "format", "mistakes"))


def check_cpp(tree: Tree) -> list[str]:
    files = tree.with_suffix(".h", ".cc")
    report = tree.run(CLANG_FORMAT, "--dry-run", "--Werror", "--ferror-limit=1", *files)
    return [line for line in report.lines() if ": error: " in line] if not report.ok else []


def fix_cpp(tree: Tree) -> None:
    tree.run(CLANG_FORMAT, "-i", *tree.with_suffix(".h", ".cc"))


def check_gn(tree: Tree) -> list[str]:
    return [
        f"{name}: not as gn format writes it"
        for name in _build_files(tree)
        if not tree.run("gn", "format", "--dry-run", name).ok
    ]


def fix_gn(tree: Tree) -> None:
    tree.run("gn", "format", *_build_files(tree))


def check_ipc(tree: Tree) -> list[str]:
    report = tree.run(*_IPC_FORMAT, "--check", *_ipc_files(tree))
    # Where a file has mistakes there are diagnostics instead.
    named = [line for line in report.lines() if line.endswith(": not as ipcgen format writes it")]
    return named or ([] if report.ok else report.lines())


def fix_ipc(tree: Tree) -> None:
    tree.run(*_IPC_FORMAT, *_ipc_files(tree))


def _ipc_files(tree: Tree) -> list[str]:
    return [name for name in tree.with_suffix(".ipc") if not name.startswith(_DELIBERATE)]


def _build_files(tree: Tree) -> list[str]:
    return tree.with_suffix(".gn", ".gni")
