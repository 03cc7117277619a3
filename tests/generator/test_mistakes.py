"""Many mistakes at once, and mistakes that nobody would make."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from generator.sema import Compilation, analyze
from generator.source import CATALOGUE, SourceFile, render
from generator.syntax import tokenize

SEED = int(os.environ.get("IPC_TEST_SEED", "1"))
GOOD_FILES = sorted((Path(__file__).parent / "diagnostics").glob("*/good.ipc"))

TEN_MISTAKES = """\
module test;

[Stabel]
struct Author {
  string name
  uint64 id = "one";
};

enum Kind { kText = 1, kTask = kNothing };

struct Note {
  uint64 id@0;
  string title@0;
  NoteKind kind@1;
  array<Author tags@2;
  Author author@3;
};

channels Notes {
  snd Typing(uint64 id);
  invoke Read(uint64 id);
  emit Changed(Note note) => ();
};
"""


def test_ten_mistakes_give_ten_diagnostics_and_none_besides(sources):
    sources.write("test.ipc", TEN_MISTAKES)

    found = sources.analyze("test.ipc").diagnostics

    places = sorted((diagnostic.span.line, diagnostic.id) for diagnostic in found)
    assert places == [
        (3, "IPC0036"),
        (5, "IPC0010"),
        (6, "IPC0028"),
        (9, "IPC0024"),
        (13, "IPC0031"),
        (14, "IPC0024"),
        (15, "IPC0010"),
        (20, "IPC0018"),
        (21, "IPC0048"),
        (22, "IPC0049"),
    ]


def test_one_mistake_in_a_constant_is_reported_once_however_often_it_is_used(sources):
    text = "const int8 kMany = 300;\n" + "".join(
        f"struct S{number} {{ int8 a = kMany; }};\n" for number in range(5)
    )

    assert sources.ids(text) == ["IPC0028"]


def test_one_mistake_in_an_alias_is_reported_once_however_often_it_is_used(sources):
    text = "type T = array<Nothing>; struct A { T a; T b; }; type U = T;"

    assert sources.ids(text) == ["IPC0024"]


def test_missing_import_is_the_only_thing_said_about_its_names(sources):
    text = 'import "gone.ipc"; struct A { gone.B b = gone.kB; map<gone.C, gone.D> c; };'

    assert sources.ids(text) == ["IPC0020"]


def test_broken_definition_is_the_only_thing_said_about_its_name(sources):
    assert sources.ids("struct A [ string a; };\nstruct B { A a; };") == ["IPC0010"]


def test_gap_that_a_broken_field_leaves_is_not_reported(sources):
    text = "struct A {\n  bool a@0;\n  array<bool b@1;\n  bool c@2;\n};"

    assert sources.ids(text) == ["IPC0010"]


@pytest.mark.parametrize(
    "text",
    [
        "struct A { " + "array<" * 5000 + "string" + ">" * 5000 + " a; };",
        "".join(f"const int32 k{n} = k{n + 1};\n" for n in range(3000)) + "const int32 k3000 = 1;",
        "".join(f"type T{n} = T{n + 1};\n" for n in range(3000)) + "type T3000 = string;",
        "".join(f"struct S{n} {{ S{n + 1} s; }};\n" for n in range(3000)) + "struct S3000 {};",
        "enum E { k0 = k1999, " + ", ".join(f"k{n}" for n in range(1, 2000)) + " };",
        "const string k = \"" + "\\" * 9999 + "\n",
        "const uint64 k = " + "9" * 9999 + ";",
        "const double k = 0x" + "f" * 9999 + "; const string s = 0x" + "f" * 9999 + ";",
        'import "' + "a" * 9999 + '";',
        "struct A { string a@" + "9" * 9999 + "; };",
        "[" * 9999,
        "struct A {" * 3000,
        "struct A {};" + "\n" * 9999,
        "struct A { " + "b c; " * 1500 + "};",
    ],
    ids=(
        "types consts aliases structs enum escapes number hex import ordinal [ { blanks line"
    ).split(),
)
def test_depth_and_length_are_bounded_by_diagnostics(sources, text):
    begin = time.process_time()

    sources.write("test.ipc", text)
    for found in sources.analyze("test.ipc").diagnostics:
        render(found)

    assert time.process_time() - begin < 2


def test_message_cannot_move_the_cursor_of_a_terminal(sources):
    sources.write("test.ipc", r'import "\x1b[2Jgone\r.ipc";')

    (found,) = sources.analyze("test.ipc").diagnostics

    assert "\x1b" in found.message
    assert all(line.isprintable() for line in render(found).splitlines())


def test_chain_of_structs_by_value_is_fine_at_any_depth(sources):
    text = "".join(f"struct S{n} {{ S{n + 1} s; }};\n" for n in range(3000)) + "struct S3000 {};"

    data = sources.module(text).data

    assert [struct.name for struct in data[:2]] == ["S3000", "S2999"]


def mutate(random_: random.Random, text: str) -> str:
    """The text with one token doubled, dropped, swapped with the next, or replaced by another."""
    tokens = tokenize(SourceFile("seed.ipc", text))
    at = random_.randrange(len(tokens.kinds) - 1)
    start = tokens.starts[at]
    token = tokens.texts[at]
    before, after = text[:start], text[start + len(token) :]
    other = random_.choice(tokens.texts[:-1] + ["}", "{", ";", "struct", "@1", '"', "/*", "any..."])
    match random_.randrange(4):
        case 0:
            return f"{before}{token} {token}{after}"
        case 1:
            return before + after
        case 2:
            return f"{before}{other} {token}{after}"
        case _:
            return before + other + after


def test_mutated_tokens_never_crash_and_always_have_a_place(tmp_path):
    random_ = random.Random(SEED)
    for round_ in range(500):
        good = random_.choice(GOOD_FILES)
        text = mutate(random_, good.read_text(encoding="utf-8"))
        (tmp_path / "mutated.ipc").write_text(text, encoding="utf-8")
        compilation = Compilation(("mutated.ipc",), (tmp_path, good.parent))
        begin = time.monotonic()

        analyze(compilation)

        assert time.monotonic() - begin < 1, f"seed {SEED}, round {round_}:\n{text}"
        for found in compilation.diagnostics:
            assert found.id in CATALOGUE
            assert 0 <= found.span.start < found.span.end <= len(found.span.file.text) + 1
            assert render(found), f"seed {SEED}, round {round_}:\n{text}"
