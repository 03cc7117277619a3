"""Copies emitted .proto files into a package of their own: beside our structs, protobuf's classes
of the same names would be one name for two things.

    reference_proto.py OUT_DIR FILE...
"""

from __future__ import annotations

import re
import sys
from pathlib import Path


def main(out: Path, files: list[Path]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for file in files:
        text = file.read_text(encoding="utf-8")
        text = re.sub(r"(?m)^package (\w+);", r"package \1.reference;", text)
        text = re.sub(r'(?m)^import "(.*)/(.*)";', r'import "\1/reference/\2";', text)
        (out / file.name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(file) for file in sys.argv[2:]])
