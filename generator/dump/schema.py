"""The JSON Schema (draft 2020-12) of a dump, written from the dataclasses that are dumped.

`/usr/bin/python3 -m generator.dump.schema` prints what schema.json has to be.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
from enum import Enum as PyEnum
from types import NoneType

from generator import ir
from generator.dump.codec import FORMAT
from generator.dump.shapes import (
    FLOAT,
    TAG,
    TAGGED,
    alternatives,
    element_of,
    fields_of,
    is_pair,
    kind_of,
)

_PLAIN = {bool: "boolean", int: "integer", str: "string", NoneType: "null"}
_FLOAT_SCHEMA = {
    "type": "object",
    "description": "A floating point number; JSON has no infinities and no NaN.",
    "properties": {
        TAG: {"const": FLOAT},
        "value": {"anyOf": [{"type": "number"}, {"enum": ["NaN", "Infinity", "-Infinity"]}]},
    },
    "required": [TAG, "value"],
    "additionalProperties": False,
}


def schema() -> dict:
    """The whole schema; every class that a program can hold has its definition."""
    builder = _Builder()
    root = builder.body(ir.Program)
    root["properties"] = {"format": {"const": FORMAT}, **root["properties"]}
    root["required"] = ["format", *root["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A program of .ipc files, as `ipcgen dump` prints it",
        **root,
        "$defs": dict(sorted(builder.definitions.items())),
    }


class _Builder:
    """Collects definitions of the classes that it meets."""

    def __init__(self) -> None:
        self.definitions: dict[str, dict] = {}

    def body(self, cls: type) -> dict:
        properties = {TAG: {"const": kind_of(cls)}} if cls in TAGGED else {}
        properties |= {name: self._of(hint) for name, hint in fields_of(cls)}
        made: dict = {"type": "object"}
        if cls.__doc__ and not cls.__doc__.startswith(f"{cls.__name__}("):
            made["description"] = inspect.cleandoc(cls.__doc__)
        return made | {
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }

    def _of(self, hint: object) -> dict:
        if (element := element_of(hint)) is not None:
            return {"type": "array", "items": self._of(element)}
        if is_pair(hint):
            return {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}
        several = [self._one(one) for one in alternatives(hint)]
        return several[0] if len(several) == 1 else {"anyOf": several}

    def _one(self, hint: type) -> dict:
        if hint in _PLAIN:
            return {"type": _PLAIN[hint]}
        name = FLOAT if hint is float else kind_of(hint)
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = self._definition(hint)
        return {"$ref": f"#/$defs/{name}"}

    def _definition(self, hint: type) -> dict:
        if hint is float:
            return _FLOAT_SCHEMA
        if issubclass(hint, PyEnum):
            return {"enum": [item.value for item in hint]}
        assert dataclasses.is_dataclass(hint)
        return self.body(hint)


def schema_text() -> str:
    return json.dumps(schema(), indent=1) + "\n"


if __name__ == "__main__":
    print(schema_text(), end="")
