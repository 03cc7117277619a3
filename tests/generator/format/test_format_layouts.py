"""However a file is laid out, its formatted text is the same; whatever comments say, they stay.

IPC_TEST_SEED chooses other layouts.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from random import Random

import pytest
from format_layouts import commented, plain, relaid
from format_meaning import comments, tree
from hypothesis import assume, given, seed, settings
from hypothesis import strategies as st
from paths import ROOT

from generator.format import format_source
from generator.source import SourceFile

sys.path.append(str(ROOT / "tests" / "generator" / "fuzz"))

from fuzz_grammar import write_file  # noqa: E402

SEED = int(os.environ.get("IPC_TEST_SEED", "1"))
GOLDENS = sorted((Path(__file__).parent / "goldens").glob("*/out.ipc"))
NAMES = [path.parent.name for path in GOLDENS]


def formatted(text: str) -> str:
    result, mistakes = format_source(SourceFile("test.ipc", text))
    assert result is not None, f"{[found.message for found in mistakes]}\n{text}"
    return result


@pytest.mark.parametrize("path", GOLDENS, ids=NAMES)
def test_every_layout_of_a_golden_is_formatted_alike(path):
    random = Random(SEED)
    text = plain(path.read_text(encoding="utf-8"))
    expected = formatted(text)

    for _ in range(20):
        other = relaid(text, random)
        assert formatted(other).replace("\r\n", "\n") == expected, f"seed {SEED}\n{other}"


@pytest.mark.parametrize("path", GOLDENS, ids=NAMES)
def test_comments_and_blanks_in_a_golden_change_nothing_else(path):
    random = Random(SEED)
    text = path.read_text(encoding="utf-8")

    for _ in range(20):
        check_comments_stay(commented(text, random))


@seed(SEED)
@settings(max_examples=100, deadline=None, database=None)
@given(st.randoms(use_true_random=False))
def test_every_layout_of_a_written_file_is_formatted_alike(random):
    text = plain(write_file(random))
    assume(tree(text) is not None)
    other = relaid(text, random)

    assert formatted(other).replace("\r\n", "\n") == formatted(text), other


@seed(SEED)
@settings(max_examples=100, deadline=None, database=None)
@given(st.randoms(use_true_random=False))
def test_comments_and_blanks_in_a_written_file_change_nothing_else(random):
    text = write_file(random)
    assume(tree(text) is not None)

    check_comments_stay(commented(text, random))


def check_comments_stay(text: str) -> None:
    if tree(text) is None:
        return  # such as `-/**/1`
    once = formatted(text)

    assert formatted(once) == once, f"seed {SEED}\n{text}"
    assert comments(once) == comments(text), f"seed {SEED}\n{text}"
    assert tree(once) == tree(text), f"seed {SEED}\n{text}"
