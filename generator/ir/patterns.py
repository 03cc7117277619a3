"""Regular expressions of `pattern`: ECMAScript in, RE2 out.

Patterns are ECMAScript's with the `u` flag, without what cannot be matched in time proportional
to the text: look-around and back-references. A hostile peer chooses the text, so an engine that
backtracks is out of the question. Both syntaxes look alike and differ in small ways (what `.`,
`\\s` and `\\u0041` mean), so the pattern is read here and written anew.
"""

from __future__ import annotations

import re

_DEPTH = 50  # of groups in one another
_REPEATS = 1000  # of one character, loops in loops multiplied: RE2's own limit
_SIZE = 20_000  # instructions, roughly, that a compiled pattern may take

_QUANTIFIER = re.compile(r"[*+?]|\{(\d{1,9})(?:(,)(\d{0,9}))?\}")
_GROUP_NAME = re.compile(r"\?<[A-Za-z_$][\w$]*>")
_SPECIAL = frozenset(r"^$\.*+?()[]{}|/")
_OUTSIDE = frozenset(r"^$\.*+?()[]{}|")  # of brackets: what means something there
_INSIDE = frozenset(r"^\[]-")
_CONTROLS = {"t": 9, "n": 10, "v": 11, "f": 12, "r": 13}

# Inside of brackets, as ECMAScript has them.
_SPACE = r"\t-\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}"
_NOT_SPACE = (
    r"\x00-\x08\x0e-\x1f!-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e}"
    r"\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}"
)
_CLASSES = {"d": "0-9", "w": "0-9A-Za-z_", "s": _SPACE, "S": _NOT_SPACE}
_CLASSES |= {"D": r"\x00-/:-\x{10ffff}", "W": r"\x00-/:-@\[-\^`{-\x{10ffff}"}
_ANY_CHARACTER = r"[\x00-\x{10ffff}]"
_NO_CHARACTER = r"[^\x00-\x{10ffff}]"
_DOT = r"[^\n\r\x{2028}\x{2029}]"
_CLASS_SIZE = 12  # of what has ranges beyond ASCII, which are several bytes and instructions
_RANGE_SIZE = 4


class PatternError(Exception):
    """Why a pattern is refused, in words that go on from "this pattern ..."."""


def to_re2(pattern: str) -> str:
    """The RE2 expression that matches what `pattern` does; raises PatternError."""
    return _Reader(pattern).read()


class _Reader:
    """Reads a pattern once, left to right. Each part answers its RE2 text and its weight:
    how many instructions it takes, and how often it may repeat one of them."""

    def __init__(self, pattern: str):
        self._text = pattern
        self._at = 0
        self._depth = 0

    def read(self) -> str:
        written, size, _ = self._alternatives()
        if self._at < len(self._text):
            raise PatternError(f"has `)` without `(` at offset {self._at}")
        if size > _SIZE:
            raise PatternError("is too large once its loops are unrolled")
        return written

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self, what: str) -> bool:
        if not self._text.startswith(what, self._at):
            return False
        self._at += len(what)
        return True

    def _alternatives(self) -> tuple[str, int, int]:
        parts: list[str] = []
        size, loops = 1, 1
        while True:
            while self._peek() not in ("", "|", ")"):
                written, part_size, part_loops = self._term()
                parts.append(written)
                size, loops = size + part_size, max(loops, part_loops)
            if not self._take("|"):
                return "".join(parts), size, loops
            parts.append("|")

    def _term(self) -> tuple[str, int, int]:
        start = self._at
        for assertion in ("^", "$", r"\b", r"\B"):
            if self._take(assertion):
                return assertion, 1, 1
        if _QUANTIFIER.match(self._text, start):
            raise PatternError(f"has nothing to repeat at offset {start}")
        written, size, loops = self._atom()
        quantifier = _QUANTIFIER.match(self._text, self._at)
        if quantifier is None:
            return written, size, loops
        self._at = quantifier.end()
        self._take("?")  # whether a loop is lazy does not matter to a match of the whole
        times = _times(quantifier)
        if loops * times > _REPEATS:
            raise PatternError(f"repeats more than {_REPEATS} times at offset {start}")
        return written + quantifier[0], size * max(times, 1) + 1, loops * max(times, 1)

    def _atom(self) -> tuple[str, int, int]:
        start, char = self._at, self._peek()
        self._at += 1
        match char:
            case ".":
                return _DOT, _CLASS_SIZE, 1
            case "(":
                return self._group(start)
            case "[":
                return *self._class(start), 1
            case "\\":
                return self._escape(start)
            case "{" | "}" | "]":
                raise PatternError(f"has a lone `{char}` at offset {start}: write `\\{char}`")
            case _:
                return _literal(ord(char), _OUTSIDE), len(char.encode()), 1

    def _group(self, start: int) -> tuple[str, int, int]:
        for look in ("?=", "?!", "?<=", "?<!"):
            if self._text.startswith(look, self._at):
                raise PatternError(f"looks around with `({look}` at offset {start}")
        name = _GROUP_NAME.match(self._text, self._at)
        if name:
            self._at = name.end()
        elif not self._take("?:") and self._peek() == "?":
            raise PatternError(f"has an unknown kind of group at offset {start}")
        self._depth += 1
        if self._depth > _DEPTH:
            raise PatternError(f"nests more than {_DEPTH} groups")
        written, size, loops = self._alternatives()
        self._depth -= 1
        if not self._take(")"):
            raise PatternError(f"has a `(` that is never closed at offset {start}")
        return f"(?:{written})", size, loops

    def _escape(self, start: int) -> tuple[str, int, int]:
        name = self._peek()
        if name in _CLASSES:
            self._at += 1
            return f"[{_CLASSES[name]}]", _RANGE_SIZE * _CLASS_SIZE, 1
        if name in "123456789k" and name:
            raise PatternError(f"refers back to a group at offset {start}")
        code = self._escaped(start)
        return _literal(code, _OUTSIDE), len(chr(code).encode()), 1

    def _escaped(self, start: int) -> int:
        """The character after a backslash."""
        name = self._peek()
        self._at += 1
        if name in _CONTROLS:
            return _CONTROLS[name]
        if name == "0" and not self._peek().isdigit():
            return 0
        if name == "c" and self._peek().isascii() and self._peek().isalpha():
            self._at += 1
            return ord(self._text[self._at - 1]) % 32
        if name == "x":
            return self._hex(r"[0-9A-Fa-f]{2}", start)
        if name == "u":
            return self._unicode(start)
        if name in _SPECIAL:
            return ord(name)
        raise PatternError(f"has the unknown escape `\\{name}` at offset {start}")

    def _unicode(self, start: int) -> int:
        if self._take("{"):
            code = self._hex(r"0*[0-9A-Fa-f]{1,6}(?=\})", start)
            self._at += 1
        else:
            code = self._hex(r"[0-9A-Fa-f]{4}", start)
            if 0xD800 <= code < 0xDC00 and self._take(r"\u"):
                low = self._hex(r"[0-9A-Fa-f]{4}", start)
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
        if 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            raise PatternError(f"names half a character at offset {start}")
        return code

    def _hex(self, digits: str, start: int) -> int:
        found = re.compile(digits).match(self._text, self._at)
        if found is None:
            raise PatternError(f"has an escape without its digits at offset {start}")
        self._at = found.end()
        return int(found[0], 16)

    def _class(self, start: int) -> tuple[str, int]:
        negated = self._take("^")
        parts: list[str] = []
        while not self._take("]"):
            if not self._peek():
                raise PatternError(f"has a `[` that is never closed at offset {start}")
            parts.append(self._range())
        if not parts:
            return _ANY_CHARACTER if negated else _NO_CHARACTER, _CLASS_SIZE
        size = _CLASS_SIZE + _RANGE_SIZE * len(parts)
        return f"[{'^' if negated else ''}{''.join(parts)}]", size

    def _range(self) -> str:
        """One character of a class, a range or another class."""
        start = self._at
        first = self._class_item()
        if not self._text.startswith("-", self._at) or self._text.startswith("-]", self._at):
            return first if isinstance(first, str) else _literal(first, _INSIDE)
        self._at += 1
        if not self._peek():
            raise PatternError(f"has a `[` that is never closed at offset {start}")
        last = self._class_item()
        if isinstance(first, str) or isinstance(last, str) or first > last:
            raise PatternError(f"has a range that is none at offset {start}")
        return f"{_literal(first, _INSIDE)}-{_literal(last, _INSIDE)}"

    def _class_item(self) -> int | str:
        start, char = self._at, self._peek()
        self._at += 1
        if char != "\\":
            return ord(char)
        name = self._peek()
        if name in _CLASSES:
            self._at += 1
            return _CLASSES[name]
        if name == "b":
            self._at += 1
            return 8
        if name == "-":
            self._at += 1
            return ord("-")
        return self._escaped(start)


def _times(quantifier: re.Match[str]) -> int:
    """How often a loop is unrolled."""
    least, comma, most = quantifier.groups()
    if least is None:
        return 1
    if comma and most and int(most) < int(least):
        raise PatternError(f"has a loop that ends before it begins, `{quantifier[0]}`")
    return int(most or least)


def _literal(code: int, special: frozenset[str]) -> str:
    char = chr(code)
    if char in special:
        return f"\\{char}"
    return char if " " <= char <= "~" else f"\\x{{{code:x}}}"
