"""The first error that the compiler prints of a mistake with co_await says what to do."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
BY_VALUE = (
    "what a const& or && parameter of a coroutine refers to may be gone after its first co_await: "
    "take it by value"
)

MISTAKES = {
    "a parameter by const reference": (
        "ipc::Promise<int> Twice(int number, const int& times) { co_return number * times; }",
        BY_VALUE,
    ),
    "a parameter by rvalue reference": (
        "ipc::Promise<int> Twice(int number, int&& times) { co_return number * times; }",
        BY_VALUE,
    ),
    "arguments of a handler by reference": (
        "auto handler = [](int&, const int& args) -> ipc::Promise<int> { co_return args; };",
        BY_VALUE,
    ),
    "a promise that is awaited in place": (
        "ipc::Promise<int> Wait(ipc::Promise<int> one) { co_return co_await one; }",
        "co_await uses the promise up: co_await std::move(promise)",
    ),
}

RIGHT = """\
struct Server {
  ipc::Promise<int> Add(int& event, int number) const { co_return event + number; }
};
auto handler = [](int& event, int number) -> ipc::Promise<int> { co_return event + number; };
ipc::Promise<int> First(const int& number) { co_return number; }
"""


def errors_of(text: str, folder: Path) -> list[str]:
    (folder / "use.cc").write_text(f'#include "runtime/async/coroutine.h"\n{text}\n')
    compiled = subprocess.run(
        ["clang++-16", "-std=c++20", "-Wall", "-Wextra", "-fsyntax-only", f"-I{ROOT}", "use.cc"],
        cwd=folder, text=True, capture_output=True, timeout=60,
    )
    return re.findall(r"error: (.*)", compiled.stderr)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_first_error_says_what_to_do(mistake, tmp_path):
    text, sentence = MISTAKES[mistake]

    errors = errors_of(text, tmp_path)

    assert errors and sentence in errors[0]


def test_what_is_right_compiles(tmp_path):
    assert errors_of(RIGHT, tmp_path) == []
