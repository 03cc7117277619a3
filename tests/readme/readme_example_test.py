"""README.md is true: its files make an application outside this tree that builds and talks."""

import pathlib
import re
import shlex
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
FILES = ("greeter.ipc", "main.cc", "renderer.cc", ".gn", "BUILD.gn")
TREE = ("build", "generator", "idl", "runtime")  # what an application needs of it
BUILD_SECONDS = 450
RUN_SECONDS = 20

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


def code_blocks() -> dict[str, str]:
    """By the file that is named last before a block; "" for the one that belongs to no file."""
    blocks = {}
    before = 0
    text = README.read_text()
    for block in re.finditer(r"^```\w*\n(.*?)^```\n", text, re.MULTILINE | re.DOTALL):
        named = re.findall(r"`([^`\s]+)`", text[before : block.start()])
        name = named[-1] if named and named[-1] in FILES else ""
        assert name not in blocks, f"two blocks for '{name}'"
        blocks[name] = block.group(1)
        before = block.end()
    return blocks


def build_and_run_commands() -> list[str]:
    """The line that begins with `gn gen`, as its commands."""
    [line] = re.findall(r"^    (gn gen .*)$", README.read_text(), re.MULTILINE)
    return line.split(" && ")


def promised_lines() -> list[str]:
    [promise] = re.findall(r"^says (.*?)\.", README.read_text(), re.MULTILINE)
    return re.findall(r"`([^`]*)`", promise)


def write_application(folder: pathlib.Path) -> None:
    blocks = code_blocks()
    assert set(blocks) == {*FILES, ""}
    untyped = blocks.pop("")
    blocks["untyped.cc"] = UNTYPED_SOURCE.format(lines=untyped)
    blocks["BUILD.gn"] += UNTYPED_TARGET
    for name, text in blocks.items():
        (folder / name).write_text(text)
    for part in TREE:
        shutil.copytree(ROOT / part, folder / "third_party/ipc" / part)


def run(command: list[str], folder: pathlib.Path, seconds: int) -> str:
    ended = subprocess.run(
        command, cwd=folder, timeout=seconds, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )
    assert ended.returncode == 0, ended.stdout
    return ended.stdout


def test_the_example_builds_outside_of_this_tree_and_says_what_is_promised(tmp_path):
    write_application(tmp_path)
    generate, build, enter, start = map(shlex.split, build_and_run_commands())

    run(generate, tmp_path, RUN_SECONDS)
    run(build, tmp_path, BUILD_SECONDS)
    again = run(build, tmp_path, RUN_SECONDS)
    said = run(start, tmp_path / enter[1], RUN_SECONDS)

    assert "no work to do" in again
    assert said.splitlines() == promised_lines() != []
