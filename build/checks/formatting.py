"""C++ as clang-format-16 writes it, generated code included; build files as gn does."""

from __future__ import annotations

from checks.tree import Tree

CLANG_FORMAT = "clang-format-16"


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


def _build_files(tree: Tree) -> list[str]:
    return tree.with_suffix(".gn", ".gni")
