"""A program as plain JSON values, and back.

An object is a dataclass, its keys are the fields. Floats are {"node": "float", "value": ...},
for JSON does not tell 1.0 from 1 and has neither infinities nor NaN. A module's `data`, an order
of declarations that stand elsewhere, is a list of their names.
"""

from __future__ import annotations

import dataclasses
import math
from enum import Enum as PyEnum

from generator import ir
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
from generator.source.file import SourceFile, Span

FORMAT = 1
_KINDS = {kind_of(cls): cls for cls in TAGGED}
_ODD_FLOATS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


class DumpError(Exception):
    """The JSON is no dump of a program; the text says where and why."""


def encode_program(program: ir.Program) -> dict:
    return {"format": FORMAT, **_encode(program)}


def decode_program(json: object) -> ir.Program:
    """The program; everything in it is at the beginning of its file."""
    if not isinstance(json, dict) or "format" not in json:
        raise DumpError("this is no output of `ipcgen dump`")
    if json["format"] != FORMAT:
        raise DumpError(f"this dump has format {json['format']}, and only {FORMAT} can be read")
    return _Decoder().object({**json}, ir.Program, "")


def _encode(value: object) -> object:
    match value:
        case PyEnum():
            return value.value
        case bool() | int() | str() | None:
            return value
        case float():
            return {TAG: FLOAT, "value": _encode_float(value)}
        case tuple():
            return [_encode(item) for item in value]
        case _:
            return _encode_object(value)


def _encode_float(value: float) -> float | str:
    if math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def _encode_object(value: object) -> dict:
    cls = type(value)
    made = {TAG: kind_of(cls)} if cls in TAGGED else {}
    for name, _ in fields_of(cls):
        made[name] = _encode(getattr(value, name))
    if cls is ir.Module:
        made["data"] = [decl.full_name for decl in value.data]
    return made


class _Decoder:
    """Rebuilds dataclasses; spans are of the module that is being read."""

    def __init__(self) -> None:
        self._where = Span(SourceFile("", ""), 0, 0)

    def object(self, json: object, cls: type, at: str) -> object:
        if not isinstance(json, dict):
            raise DumpError(f"{at or 'the whole'}: expected an object")
        if cls is ir.Module:
            self._where = Span(SourceFile(str(json.get("path", "")), ""), 0, 0)
        made = {}
        for name, hint in fields_of(cls):
            if name not in json:
                raise DumpError(f"{at or 'the whole'}: `{name}` is missing")
            made[name] = self._value(json[name], hint, f"{at}.{name}".lstrip("."))
        if any(field.name == "where" for field in dataclasses.fields(cls)):
            made["where"] = self._where
        if cls is ir.Module:
            made["data"] = self._data(made, at)
        return cls(**made)

    def _data(self, module: dict, at: str) -> tuple[ir.Struct | ir.Union, ...]:
        whole = ir.Module(**{**module, "data": ()})
        known = {decl.full_name: decl for decl in whole.walk()}
        for name in module["data"]:
            if not isinstance(known.get(name), (ir.Struct, ir.Union)):
                raise DumpError(f"{at}.data: there is no struct or union {name}")
        return tuple(known[name] for name in module["data"])

    def _value(self, json: object, hint: object, at: str) -> object:
        if (element := element_of(hint)) is not None:
            return tuple(
                self._value(item, element, f"{at}[{index}]")
                for index, item in enumerate(self._list(json, at))
            )
        if is_pair(hint):
            return tuple(self._list(json, at))
        return self._one_of(json, alternatives(hint), at)

    @staticmethod
    def _list(json: object, at: str) -> list:
        if not isinstance(json, list):
            raise DumpError(f"{at}: expected a list")
        return json

    def _one_of(self, json: object, hints: tuple[object, ...], at: str) -> object:
        if isinstance(json, dict):
            return self._tagged(json, hints, at)
        for hint in hints:
            if isinstance(hint, type) and issubclass(hint, PyEnum):
                if json in [item.value for item in hint]:
                    return hint(json)
            elif type(json) is hint:
                return json
        raise DumpError(f"{at}: {json!r} has no place here")

    def _tagged(self, json: dict, hints: tuple[object, ...], at: str) -> object:
        kind = json.get(TAG)
        if kind == FLOAT and float in hints:
            return self._float(json.get("value"), at)
        untagged = [cls for cls in hints if dataclasses.is_dataclass(cls) and cls not in TAGGED]
        cls = _KINDS.get(kind) if kind else next(iter(untagged), None)
        if cls not in hints:
            raise DumpError(f"{at}: a {kind} has no place here")
        return self.object(json, cls, at)

    @staticmethod
    def _float(json: object, at: str) -> float:
        if isinstance(json, str) and json in _ODD_FLOATS:
            return _ODD_FLOATS[json]
        if type(json) not in (int, float):
            raise DumpError(f"{at}: {json!r} is no float")
        return float(json)
