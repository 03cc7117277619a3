"""The ways to build and run the tests: one row each."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

_SYMBOLIZER = "/usr/bin/llvm-symbolizer-16"


@dataclass(frozen=True)
class Variant:
    name: str  # of the option, and of the folder below out/
    gn_args: str
    patience: int = 1  # how many times the usual timeout
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def out(self) -> Path:
        return Path("out") / self.name


GCC = Variant("gcc", "")
CLANG = Variant("clang", "is_clang=true")
ASAN = Variant(
    "asan",
    "is_asan=true",
    patience=4,
    environment={
        "ASAN_OPTIONS": "detect_stack_use_after_return=1:strict_string_checks=1",
        "ASAN_SYMBOLIZER_PATH": _SYMBOLIZER,
        "UBSAN_OPTIONS": f"print_stacktrace=1:external_symbolizer_path={_SYMBOLIZER}",
    },
)
TSAN = Variant(
    "tsan",
    "is_tsan=true",
    patience=8,
    environment={
        # gRPC is prebuilt: the code that talks to it says what happens before what.
        "TSAN_OPTIONS": "ignore_noninstrumented_modules=1:halt_on_error=1:second_deadlock_stack=1"
        f":external_symbolizer_path={_SYMBOLIZER}",
    },
)

OPTIONS = (CLANG, ASAN, TSAN)
