"""Where the C++ backend breaks lines, against clang-format: random names and types of all lengths.

IPC_TEST_SEED chooses others.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
from collections.abc import Iterator

import pytest
from paths import ROOT
from generator.backends.comments import Lines, comment
from generator.backends.cpp import layout

SEED = int(os.environ.get("IPC_TEST_SEED", "1"))
ROUNDS = 300


class Names:
    """Random C++ of every length."""

    def __init__(self, seed: str):
        self._random = random.Random(seed)

    def number(self, least: int, most: int) -> int:
        return self._random.randint(least, most)

    def word(self, least: int, most: int, letters: str = "abcdefgh") -> str:
        return "".join(self._random.choice(letters) for _ in range(self.number(least, most)))

    def type(self) -> str:
        plain = self.word(3, 30).capitalize()
        templates = ("std::vector<{}>", "std::optional<{}>", "std::map<std::string, {}>", "ns::{}")
        template = self._random.choice((*templates, "{}", "{}", "uint64_t", "bool"))
        return template.format(plain)

    def params(self, most: int) -> Lines:
        return tuple(f"{self.type()} {self.word(2, 20)}" for _ in range(self.number(0, most)))

    def result(self) -> str:
        made = f"ipc::Promise<ipc::Result<{self.type()}, {self.type()}>>"
        return self._random.choice(("void", "absl::Status", f"ipc::Promise<{self.type()}>", made))


def method(names: Names) -> Lines:
    params = ("ipc::IpcMainInvokeEvent& event", *names.params(7))
    return _inside(
        layout.signature(f"virtual {names.result()}", names.word(3, 30), params, ") = 0;", 2)
    )


def definition(names: Names) -> Lines:
    name = f"{names.word(3, 30)}::{names.word(3, 30)}"
    body = (f"return ipc_->Invoke(k{names.word(3, 30)}, std::move(message));",)
    return layout.function(names.result(), name, names.params(7), body)


def listener(names: Names) -> Lines:
    params = ("ipc::IpcRendererEvent& event", *names.params(7))
    return _inside(layout.function_type(f"using {names.word(3, 30)}Listener", "void", params, 2))


def handler(names: Names) -> Lines:
    params = ("ipc::IpcRendererInvokeEvent& event", *names.params(7))
    answer = f"ipc::Promise<{names.type()}>"
    return _inside(layout.function_type(f"using {names.word(3, 30)}Handler", answer, params, 2))


def data_member(names: Names) -> Lines:
    text = names.word(1, 280, "abcd  /-.,_()").strip()
    values = ("", f"{names.word(3, 30)}::{names.word(3, 50)}", f'"{text}"')
    value = values[names.number(0, 2)]
    return _inside(layout.variable(f"{names.type()} {names.word(3, 40)}", value, 2))


def channel(names: Names) -> Lines:
    name = names.word(3, 30)
    values: Lines = (f'"aa.{name}"',)
    if names.number(0, 1):
        values = (f'.name = "aa.{name}"', f".deadline_ms = {names.number(1, 20000)}")
        values += (f".max_bytes = {names.number(1, 1 << 26)}",) * names.number(0, 1)
    type = f"constexpr ipc::InvokeChannel<{name}Params, {names.result()}>"
    return layout.list_initialised(type, f"k{name}", values)


def table(names: Names) -> Lines:
    longest = names.number(1, 70)
    rows = []
    for _ in range(names.number(1, 30)):
        name = names.word(1, longest)
        row: Lines = (str(names.number(1, 120)), f'"{name}"', f"&T::{name}")
        row += () if names.number(0, 5) else ("Presence::kRequired",)
        rows.append(layout.call("Field", row, "),", 6))
    return _inside(layout.rows("static constexpr auto kFields = Rows", tuple(rows), 2))


def alias(names: Names) -> Lines:
    types = tuple(names.type() for _ in range(names.number(1, 12)))
    return _inside(layout.template_alias("using Variant", "std::variant", types, 2))


def _inside(lines: Lines) -> Lines:
    return ("struct A {", *lines, "};")


@pytest.mark.parametrize(
    "shape", [method, definition, listener, handler, data_member, channel, table, alias]
)
def test_lines_break_where_clang_format_breaks_them(shape):
    names = Names(f"{shape.__name__} {SEED}")
    printed = ["\n".join(shape(names)) for _ in range(ROUNDS)]
    printed = [text for text in printed if layout.fits(*text.splitlines())]

    assert len(printed) > ROUNDS / 2
    assert list(_formatted(printed)) == printed


def _formatted(paragraphs: list[str]) -> Iterator[str]:
    """All in one run: fences of comments keep them apart."""
    fence = "// clang-format off\n// ----\n// clang-format on\n"
    command = ["clang-format-16", f"--style=file:{ROOT}/.clang-format", "--assume-filename=x.cc"]
    text = "".join(f"{fence}{paragraph}\n" for paragraph in paragraphs)
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    for paragraph in re.split(re.escape(fence), done.stdout)[1:]:
        yield paragraph.rstrip("\n")


def test_a_paragraph_that_cannot_fit_is_guarded():
    name = "x" * 120

    guarded = layout.guarded(f"struct A {{\n  int {name};\n}};")

    assert guarded.splitlines()[0] == "// clang-format off"
    assert guarded.splitlines()[-1] == "// clang-format on"


def test_a_long_comment_wraps_between_words():
    lines = comment("word " * 40, indent=2)

    assert len(lines) == 3
    assert layout.fits(*lines)
    assert all(line.startswith("  // word") for line in lines)


def test_a_comment_never_ends_in_a_backslash():
    assert comment("C:\\") == ("// C:\\.",)
