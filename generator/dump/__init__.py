"""The IR as JSON, and back: what `ipcgen dump` prints.

    codec.py    a program to plain JSON values and back, by the dataclasses of ir/
    schema.py   the JSON Schema of that, from the same dataclasses
    schema.json the schema as published; a test holds it to schema.py

The form holds everything that two programs are compared by: docs and attributes included, places
in files and whatever else is true of one disk left out. Keys stand in one order, so equal programs
are equal texts.
"""

from __future__ import annotations

import json
from pathlib import Path

from generator.dump.codec import FORMAT, DumpError, decode_program, encode_program
from generator.ir import Program

SCHEMA = Path(__file__).parent / "schema.json"

__all__ = ["FORMAT", "SCHEMA", "DumpError", "dump", "load"]


def dump(program: Program) -> str:
    """The program's JSON, ended by a new line."""
    return json.dumps(encode_program(program), indent=1, ensure_ascii=False) + "\n"


def load(text: str) -> Program:
    """The program that dump() was given; DumpError when the text is no dump."""
    try:
        return decode_program(json.loads(text))
    except json.JSONDecodeError as problem:
        raise DumpError(f"not JSON: {problem}") from problem
