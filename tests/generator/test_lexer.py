"""Tokens: every character of a file is in a token, a comment, blank, or reported."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.source import SourceFile
from generator.syntax import tokenize

FRAGMENTS = (
    "struct", "any...", "..", "@1", "0x1F", "1.5e-3", '"text"', '"open', "/*", "*/", "// c\n",
    "{", "}", "(", ")", "<", ">", "=>", "?", "&", "\\", "@", "#", "\u00e9", "\n", " ", "-7", ".5",
)  # fmt: skip


def kinds(text: str) -> list[str]:
    return tokenize(SourceFile("test.ipc", text)).kinds[:-1]


def texts(text: str) -> list[str]:
    return tokenize(SourceFile("test.ipc", text)).texts[:-1]


def test_words_are_names_whatever_they_mean_elsewhere():
    assert kinds("struct any stream _x9") == ["name"] * 4


def test_range_between_ordinals_is_three_tokens():
    assert texts("@3..@7") == ["@3", "..", "@7"]


def test_range_between_numbers_is_three_tokens():
    assert texts("3..7") == ["3", "..", "7"]


def test_three_dots_are_one_token():
    assert texts("any...args") == ["any", "...", "args"]


def test_dots_join_names():
    assert texts("std.Time") == ["std", ".", "Time"]


@pytest.mark.parametrize(
    "number", ["0", "-7", "+3", "0x2a", "0X2A", "1.5", ".5", "5.", "6e23", "1.5e-3"]
)
def test_number_is_one_token(number):
    tokens = tokenize(SourceFile("test.ipc", number))

    assert tokens.texts == [number, ""]
    assert tokens.diagnostics == []


@pytest.mark.parametrize("number", ["07", "0x", "12kb", "1.2.3", "1e"])
def test_malformed_number_is_one_token_and_one_diagnostic(number):
    tokens = tokenize(SourceFile("test.ipc", number))

    assert tokens.texts == [number, ""]
    assert [found.id for found in tokens.diagnostics] == ["IPC0005"]


def test_comments_belong_to_the_token_behind_them():
    tokens = tokenize(SourceFile("test.ipc", "a // one\n/* two */ b"))

    assert list(tokens.comments) == [1]
    found = [tokens.file.text[start:end] for start, end in tokens.comments[1]]
    assert found == ["// one", "/* two */"]


def test_string_may_hold_an_escaped_quote_and_a_comment():
    assert texts(r'"say \"hi\" // there"') == [r'"say \"hi\" // there"']


def test_run_of_strange_characters_is_one_diagnostic():
    tokens = tokenize(SourceFile("test.ipc", "a \u00e4\u00f6\u00fc $$$ b"))

    assert [found.span.text for found in tokens.diagnostics] == ["\u00e4\u00f6\u00fc", "$$$"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=3), max_size=30).map("".join))
def test_no_character_is_lost(text):
    tokens = tokenize(SourceFile("test.ipc", text))

    covered = bytearray(len(text))
    for start, token in zip(tokens.starts, tokens.texts):
        assert text[start : start + len(token)] == token
        covered[start : start + len(token)] = b"\1" * len(token)
    for start, end in (item for items in tokens.comments.values() for item in items):
        covered[start:end] = b"\1" * (end - start)
    for found in tokens.diagnostics:
        covered[found.span.start : found.span.end] = b"\1" * (found.span.end - found.span.start)
    lost = {char for at, char in enumerate(text) if not covered[at]}
    assert lost <= set(" \t\r\n\f\v")
