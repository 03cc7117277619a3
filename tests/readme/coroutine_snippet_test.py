"""The snippet of README.md about co_await compiles, where the compiler is sound."""

from example import compile_snippet


def test_a_handler_that_is_a_coroutine_compiles(tmp_path):
    compile_snippet("coroutine.h", tmp_path, ["clang++-16"])
