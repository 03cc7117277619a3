"""Places as editors count them: lines from 0, and UTF-16 code units in a line."""

from __future__ import annotations

import re
from bisect import bisect_right

_LINE_END = re.compile(r"\r\n|\n|\r")


class Lines:
    """The lines of a text, to turn its offsets into an editor's positions and back.

    A position that the text does not have is taken for the nearest one that it has.
    """

    def __init__(self, text: str):
        self._text = text
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def offset(self, line: int, character: int) -> int:
        """The offset of a position; of one inside of a surrogate pair, that of the character."""
        if line < 0:
            return 0
        if line >= len(self._starts):
            return len(self._text)
        text = self._line(line)
        if text.isascii():
            return self._starts[line] + max(0, min(character, len(text)))
        units = 0
        for at, char in enumerate(text):
            units += 2 if char > "\uffff" else 1
            if units > character:
                return self._starts[line] + at
        return self._starts[line] + len(text)

    def position(self, offset: int) -> dict:
        offset = max(0, min(offset, len(self._text)))
        line = bisect_right(self._starts, offset) - 1
        before = self._text[self._starts[line] : offset].rstrip("\r\n")
        return {"line": line, "character": utf16_length(before)}

    def range(self, start: int, end: int) -> dict:
        return {"start": self.position(start), "end": self.position(end)}

    def whole(self) -> dict:
        return self.range(0, len(self._text))

    def _line(self, number: int) -> str:
        """A line without its end."""
        following = number + 1
        end = self._starts[following] if following < len(self._starts) else len(self._text)
        return self._text[self._starts[number] : end].rstrip("\r\n")


def utf16_length(text: str) -> int:
    """How many UTF-16 code units a text has."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
