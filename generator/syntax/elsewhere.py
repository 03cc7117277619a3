"""Types as other languages write them, and what they are here."""

from __future__ import annotations

import re

_LONGEST = 120  # characters of a type that is worth translating
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*\b(?![.<\[\]])")
_INNERMOST = re.compile(r"([A-Za-z_][A-Za-z0-9_.]*)<([^<>]*)>")
_TO_BRACKETS, _TO_ANGLES = str.maketrans("<>", "[]"), str.maketrans("[]", "<>")
_NAMESPACES = ("std.", "absl.", "base.")

_OURS = "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float double string any"
_HERE = {word: word for word in _OURS.split()} | {
    "array": "array<T>",
    "boolean": "bool",
    "byte": "uint8",
    "bytes": "array<uint8>",
    "char": "uint8",
    "deque": "array<T>",
    "dict": "map<K, V>",
    "f32": "float",
    "f64": "double",
    "flat_hash_map": "map<K, V>",
    "flat_map": "map<K, V>",
    "float32": "float",
    "float64": "double",
    "hashmap": "map<K, V>",
    "i8": "int8",
    "i16": "int16",
    "i32": "int32",
    "i64": "int64",
    "int": "int32",
    "json": "any",
    "list": "array<T>",
    "long": "int64",
    "map": "map<K, V>",
    "nullable": "T?",
    "number": "double",
    "object": "any",
    "option": "T?",
    "optional": "T?",
    "record": "map<K, V>",
    "sequence": "array<T>",
    "set": "array<T>",
    "short": "int16",
    "size_t": "uint64",
    "span": "array<T>",
    "str": "string",
    "string_view": "string",
    "u8": "uint8",
    "u16": "uint16",
    "u32": "uint32",
    "u64": "uint64",
    "uint": "uint32",
    "unordered_map": "map<K, V>",
    "unsigned": "uint32",
    "value": "any",
    "vec": "array<T>",
    "vector": "array<T>",
}


def word_here(word: str) -> str:
    """What a type's name from elsewhere is here; nothing where it has no counterpart."""
    plain = word.replace("::", ".").lower()
    for namespace in _NAMESPACES:
        plain = plain.removeprefix(namespace)
    return _HERE.get(plain) or _HERE.get(plain.removesuffix("_t"), "")


def type_here(written: str) -> str:
    """`vector<optional<int>>` as `array<int32?>`; nothing where a part has no counterpart.

    What is translated stands in square brackets until all of it is, so that it is left alone.
    """
    text = written.replace("::", ".")
    if len(text) > _LONGEST or "[" in text:
        return ""
    text = _WORD.sub(lambda found: (word_here(found[0]) or found[0]).translate(_TO_BRACKETS), text)
    while (found := _INNERMOST.search(text)) is not None:
        form, inner = word_here(found[1]).translate(_TO_BRACKETS), found[2]
        if form not in ("array[T]", "map[K, V]", "T?"):
            return ""
        text = text[: found.start()] + re.sub("T|K, V", lambda _: inner, form) + text[found.end() :]
    return text.translate(_TO_ANGLES)
