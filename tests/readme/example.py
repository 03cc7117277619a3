"""The files and commands that README.md shows, and what it promises of them."""

import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
FILES = ("greeter.ipc", "main.cc", "renderer.cc", ".gn", "BUILD.gn", "CMakeLists.txt")
SNIPPETS = ("glib.h", "coroutine.h")  # named by the last header before them
RUN_SECONDS = 20
COMPILE_SECONDS = 100


def code_blocks() -> dict[str, str]:
    """By the file or header that is named last before a block; "" for the one that belongs to none."""
    blocks = {}
    before = 0
    text = README.read_text()
    for block in re.finditer(r"^```\w*\n(.*?)^```\n", text, re.MULTILINE | re.DOTALL):
        named = re.findall(r"`([^`\s]+)`", text[before : block.start()])
        name = named[-1] if named and named[-1] in FILES + SNIPPETS else ""
        assert name not in blocks, f"two blocks for '{name}'"
        blocks[name] = block.group(1)
        before = block.end()
    return blocks


def commands_after(start: str) -> list[str]:
    """The indented line that begins with `start`, as its commands."""
    [line] = re.findall(rf"^    ({start} .*)$", README.read_text(), re.MULTILINE)
    return line.split(" && ")


def promised_lines() -> list[str]:
    [promise] = re.findall(r"^says (.*?)\.", README.read_text(), re.MULTILINE)
    return re.findall(r"`([^`]*)`", promise)


def run(command: list[str], folder: pathlib.Path, seconds: int) -> str:
    ended = subprocess.run(
        command, cwd=folder, timeout=seconds, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )
    assert ended.returncode == 0, ended.stdout
    return ended.stdout


def compile_snippet(name: str, folder: pathlib.Path, compiler: list[str]) -> None:
    (folder / "snippet.cc").write_text(code_blocks()[name])
    flags = ["-std=c++20", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", f"-I{ROOT}"]
    run([*compiler, *flags, "snippet.cc"], folder, COMPILE_SECONDS)
