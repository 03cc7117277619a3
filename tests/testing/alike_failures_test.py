"""build/test says once what many tests fail with."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "build"))

from run_tests import by_cause, describe  # noqa: E402
from testing.suite import Failure  # noqa: E402


def failures(count: int, message: str) -> list[Failure]:
    return [Failure(f"case{n}", message.format(n=n), f"again {n}") for n in range(count)]


def test_equal_messages_are_printed_once_with_the_names_of_the_others():
    [alike] = by_cause(failures(3, "no such file"))

    assert describe(alike).splitlines() == [
        "--- case0", "no such file", "    again: again 0",
        "    the same in 2 more:", "      case1", "      case2",
    ]


def test_of_pytest_the_error_counts_and_not_the_parameters_around_it():
    assert len(by_cause(failures(5, "name = 'case{n}'\n> run(name)\nE   ImportError: jinja2"))) == 1


def test_different_messages_stay_apart():
    assert len(by_cause([*failures(2, "one"), *failures(2, "two {n}")])) == 3


def test_names_are_cut_short_when_there_are_hundreds():
    text = describe(failures(300, "no such file"))

    assert len(text.splitlines()) == 25
    assert text.endswith("      and 279 others")
