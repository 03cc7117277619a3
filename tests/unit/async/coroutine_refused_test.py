"""Where the compiler is not sound, coroutine.h says so, and nothing else."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SOURCE = '#include "runtime/async/coroutine.h"\nipc::Promise<int> Answer() { return 42; }\n'


def test_gcc_12_is_refused_by_one_sentence(tmp_path):
    (tmp_path / "use.cc").write_text(SOURCE)

    compiled = subprocess.run(
        ["g++-12", "-std=c++20", "-fsyntax-only", f"-I{ROOT}", "use.cc"],
        cwd=tmp_path, text=True, capture_output=True, timeout=60,
    )

    errors = re.findall(r"error: (.*)", compiled.stderr)
    assert errors[0] == (
        '#error "runtime/async/coroutine.h needs clang, or g++ 13: older g++ miscompiles coroutines"'
    )
    assert len(errors) == 1
