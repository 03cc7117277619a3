"""Every construct, and comments in every odd place, as `ipcgen format` lays them out."""

from __future__ import annotations

from pathlib import Path

import pytest
from format_meaning import comments, tree

from generator.format import difference, format_source
from generator.source import SourceFile, decode

GOLDENS = Path(__file__).parent / "goldens"
NAMES = sorted(folder.name for folder in GOLDENS.iterdir())


def formatted(text: str) -> str:
    result, mistakes = format_source(SourceFile("test.ipc", text))
    assert result is not None, [found.message for found in mistakes]
    return result


def text_of(path: Path) -> str:
    return decode(path.name, path.read_bytes())[0].text


@pytest.mark.parametrize("name", NAMES)
def test_layout_is_the_expected_one(golden, name):
    golden(GOLDENS / name / "out.ipc", formatted(text_of(GOLDENS / name / "in.ipc")))


@pytest.mark.parametrize("name", NAMES)
def test_layout_is_its_own_layout(name):
    text = text_of(GOLDENS / name / "out.ipc")

    assert formatted(text) == text


@pytest.mark.parametrize("name", NAMES)
def test_comments_and_meaning_stay(name):
    before = text_of(GOLDENS / name / "in.ipc")
    after = text_of(GOLDENS / name / "out.ipc")

    assert comments(after) == comments(before)
    assert tree(after) == tree(before) is not None


@pytest.mark.parametrize("name", [name for name in NAMES if name != "carriage_returns"])
def test_lines_end_as_the_first_one_does(name):
    text = "\n" + text_of(GOLDENS / name / "in.ipc")

    found = formatted(text.replace("\n", "\r\n"))

    assert found == formatted(text).replace("\n", "\r\n")


def test_carriage_return_alone_ends_no_line():
    assert formatted("module a;\r ") == "module a;\n"


def test_file_with_a_mistake_of_form_has_no_layout():
    result, mistakes = format_source(SourceFile("test.ipc", "struct  A { bool };"))

    assert result is None
    assert [found.id for found in mistakes] == ["IPC0010"]


def test_mistakes_of_meaning_do_not_matter():
    assert formatted("struct  A { Nothing  a; };") == "struct A { Nothing a; };\n"


def test_byte_order_mark_inside_of_a_file_is_a_mistake():
    result, mistakes = format_source(SourceFile("test.ipc", "module a;\n\ufeff"))

    assert result is None
    assert [found.id for found in mistakes] == ["IPC0001"]


def test_deep_types_are_laid_out():
    deep = "array<" * 31 + "bool" + ">" * 31
    field = f"struct A {{\n  {deep} a;\n}};\n"

    again = formatted(field)

    assert formatted(again) == again
    assert tree(again) == tree(field)


def test_lines_that_can_be_broken_end_before_the_hundredth_column():
    params = ", ".join(f"map<string, array<int32>> parameter_number_{at}" for at in range(9))

    text = formatted(f"interface A {{\n  Call({params}) => ({params});\n}};\n")

    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize("length", [99, 100, 101])
def test_hundred_columns_are_filled_and_not_exceeded(length):
    head, tail = "  Call(bool a, bool b) => (bool ", ");"
    name = "c" * (length - len(head + tail))

    text = formatted(f"interface A {{\n{head}{name}{tail}\n}};\n")

    assert (f"{head}{name}{tail}\n" in text) == (length <= 100)


# ---- The difference.


def test_difference_is_a_unified_diff():
    assert difference("a.ipc", "module  a;\n", "module a;\n") == (
        "--- a/a.ipc\n+++ b/a.ipc\n@@ -1 +1 @@\n-module  a;\n+module a;\n"
    )


def test_difference_of_equal_texts_is_nothing():
    assert difference("a.ipc", "module a;\n", "module a;\n") == ""


def test_difference_tells_of_a_line_without_an_end():
    assert difference("a.ipc", "module a;", "module a;\n").splitlines()[3:] == [
        "-module a;",
        "\\ No newline at end of file",
        "+module a;",
    ]


def test_difference_parts_lines_as_other_tools_do():
    assert "-// a\x0cb\u2028c  \n" in difference("a.ipc", "// a\x0cb\u2028c  \n", "")
