"""README.md is true: its files make applications outside this tree that build and talk."""

import pathlib
import shlex
import shutil

from example import FILES, ROOT, RUN_SECONDS, SNIPPETS, code_blocks, commands_after, promised_lines, run

TREE = ("build", "generator", "idl", "runtime")  # what a GN application needs of it
BUILD_SECONDS = 450

# The untyped lines have no `main` of their own: it is enough that they compile.
UNTYPED_SOURCE = """\
#include <iostream>
#include "runtime/api/ipc_main.h"

void Listen(ipc::IpcMain& ipc_main) {{
{lines}}}
"""
UNTYPED_TARGET = """
source_set("untyped") {
  sources = [ "untyped.cc" ]
  deps = [ "//third_party/ipc/runtime/api" ]
}
"""


def write_application(folder: pathlib.Path) -> None:
    blocks = code_blocks()
    assert set(blocks) == {*FILES, *SNIPPETS, ""}
    untyped = blocks.pop("")
    for name in ("CMakeLists.txt", *SNIPPETS):
        del blocks[name]
    blocks["untyped.cc"] = UNTYPED_SOURCE.format(lines=untyped)
    blocks["BUILD.gn"] += UNTYPED_TARGET
    for name, text in blocks.items():
        (folder / name).write_text(text)
    for part in TREE:
        shutil.copytree(ROOT / part, folder / "third_party/ipc" / part)


def test_the_example_builds_outside_of_this_tree_and_says_what_is_promised(tmp_path):
    write_application(tmp_path)
    generate, build, enter, start = map(shlex.split, commands_after("gn gen"))

    run(generate, tmp_path, RUN_SECONDS)
    run(build, tmp_path, BUILD_SECONDS)
    again = run(build, tmp_path, RUN_SECONDS)
    said = run(start, tmp_path / enter[1], RUN_SECONDS)

    assert "no work to do" in again
    assert said.splitlines() == promised_lines() != []
