#!/usr/bin/python3 -B
"""Formats every mojom below a folder, in memory, and says what became of them.

  tests/generator/format/corpus.py --root DIR [--show]

Counted are the files whose formatted text is its own formatted text (idempotent), whose comments
are all still there, whose trees say the same, and whose IR is equal: that of all files as one
program, where imports are looked up and may be missing as for tests/corpus/run. --show names the
files that fail.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(_ROOT), str(_ROOT / "tests" / "corpus")]

from format_meaning import comments, tree  # noqa: E402
from lookup import compilation_of  # noqa: E402

from generator.format import format_source  # noqa: E402
from generator.sema import analyze  # noqa: E402
from generator.source import SourceFile, render  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", required=True, type=Path)
    parser.add_argument("--show", action="store_true", help="name the files that fail")
    options = parser.parse_args()
    texts = {
        path.relative_to(options.root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(options.root.rglob("*mojom"))
        if path.is_file()
    }
    begin = time.monotonic()
    formatted = {path: format_text(path, text) for path, text in texts.items()}
    seconds = time.monotonic() - begin
    refused = {path for path, text in formatted.items() if text is None}
    pairs = [(path, texts[path], formatted[path]) for path in texts.keys() - refused]
    failing = {
        "idempotent": {path for path, _, new in pairs if format_text(path, new) != new},
        "comments kept": {path for path, old, new in pairs if comments(old) != comments(new)},
        "trees equal": {path for path, old, new in pairs if tree(old) != tree(new)},
        "IR equal": different_ir(options.root, formatted),
    }
    changed = sum(old != new for _, old, new in pairs)
    print(f"{len(texts)} files, {len(refused)} refused, {changed} changed, {seconds:.2f} s")
    for what, paths in failing.items():
        print(f"{what}: {len(pairs) - len(paths)} of {len(pairs)}")
    if options.show:
        for what, paths in failing.items():
            print("".join(f"not {what}: {path}\n" for path in sorted(paths)), end="")
    return 1 if refused or any(failing.values()) else 0


def format_text(path: str, text: str) -> str | None:
    return format_source(SourceFile(path, text))[0]


def different_ir(root: Path, formatted: dict[str, str | None]) -> set[str]:
    """The files that another module comes out of, or none at all."""
    before = modules(root)
    with tempfile.TemporaryDirectory() as folder:
        for path, text in formatted.items():
            target = Path(folder) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text or "", encoding="utf-8")
        after = modules(Path(folder))
    return {path for path in formatted if before.get(path, "") != after.get(path)}


def modules(root: Path) -> dict[str, str]:
    """Each module by its path, as a text: that leaves places out as == does, and knows a NaN."""
    compilation = compilation_of(root)
    program = analyze(compilation)
    if program is None:
        raise SystemExit("\n".join(render(found) for found in compilation.diagnostics))
    return {path: repr(program.module(path)) for path in compilation.paths}


if __name__ == "__main__":
    sys.exit(main())
