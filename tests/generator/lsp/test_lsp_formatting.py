"""Edits that make a text the formatted one, applied as editors apply them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lsp_client import Client
from paths import ROOT

from generator.format import format_source
from generator.lsp.formatting import formatting
from generator.source import SourceFile, decode

FILE = "src/shop.ipc"
GOLDENS = sorted((ROOT / "tests" / "generator" / "format" / "goldens").glob("*/in.ipc"))


def edited(text: str, edits: list[dict]) -> str:
    """A text with all edits, the last one first. Columns count UTF-16 code units."""
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    for edit in reversed(edits):
        start, end = (offset(lines, edit["range"][side]) for side in ("start", "end"))
        text = text[:start] + edit["newText"] + text[end:]
    return text


def offset(lines: list[str], position: dict) -> int:
    before = lines[: position["line"]]
    line = lines[position["line"]] if position["line"] < len(lines) else ""
    units = line.encode("utf-16-le")[: 2 * position["character"]]
    return sum(map(len, before)) + len(units.decode("utf-16-le"))


def formatted(text: str) -> str:
    return format_source(SourceFile("", text))[0]


@pytest.mark.parametrize("path", GOLDENS, ids=[path.parent.name for path in GOLDENS])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_edits_make_the_formatted_text(path: Path, end: str) -> None:
    text = decode("", path.read_bytes())[0].text.replace("\r\n", "\n").replace("\n", end)

    edits = formatting(text)

    assert edited(text, edits) == formatted(text)
    assert formatting(edited(text, edits)) == []


def test_edit_is_where_the_editor_counts_it_behind_wide_characters() -> None:
    text = "module a;  // 🌍 世界\nconst  bool kA = true;  // 🌍\n"

    edits = formatting(text)

    assert edited(text, edits) == formatted(text) != text


def test_line_that_only_some_tools_part_is_one() -> None:
    text = "// a\u2028b\x0cc\nmodule  a;\nstruct  A {};\n"

    assert edited(text, formatting(text)) == formatted(text)


def test_server_formats_what_is_open(client: Client) -> None:
    document = {"uri": client.uri(FILE)}
    text = "module a; // 🌍\r\n\r\nchannels A{\r\n  send  B( );\r\n};"
    client.replace(FILE, 2, text)

    edits = client.request("textDocument/formatting", textDocument=document, options={})

    assert edited(text, edits) == (
        "module a;  // 🌍\r\n\r\nchannels A {\r\n  send B();\r\n};\r\n"
    )


def test_server_formats_what_has_mistakes_of_meaning(client: Client) -> None:
    document = {"uri": client.uri(FILE)}
    client.replace(FILE, 2, "struct A {\n  Nothing  a;\n};\n")

    (edit,) = client.request("textDocument/formatting", textDocument=document, options={})

    assert edit["newText"] == "  Nothing a;\n"
