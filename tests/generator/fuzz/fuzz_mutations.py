"""Ways to spoil a file: tokens, lines and bytes, and parts of other files.

A mutation is chosen with what random.Random offers, so that hypothesis can choose as well.
"""

from __future__ import annotations

from random import Random

from generator.source import SourceFile
from generator.syntax import tokenize

# What mistakes are made of: every mark, every word that is special somewhere, extreme values.
PIECES = tuple(
    """
    { } ( ) [ ] < > , ; = => . .. ... ? & | @ @0 @1 @18999 @4294967296 " ' /* */ // #
    module import as const enum struct union interface channels feature type reserved any any...
    send invoke sync emit ask relay host stream streams policy result handle associated
    array map string bool int8 uint64 double pending_remote default true false
    min max min_bytes max_bytes pattern EnableIf Stable Extensible Default MinVersion Sync Channel
    0 -1 1e400 1e-400 0x 0xffffffffffffffffffff 08 1.5 .5 2147483648 double.NAN float.INFINITY
    "" "\\x" "\\ud800" "\\u0000" "(" "[a-" "(?=x)" "\u00e9"
    """.split()
)
_BYTES = (0x00, 0x0A, 0x0D, 0x1B, 0x22, 0x5C, 0x7F, 0x80, 0xC3, 0xED, 0xFF)


def mutate(random: Random, text: str, other: str) -> bytes:
    """The text with one to four mutations; `other` is a file to take parts from."""
    for _ in range(random.randrange(1, 4)):
        text = random.choice((_token, _token, _line, _splice, _repeat))(random, text, other)
    data = text.encode("utf-8", errors="replace")
    return _byte(random, data) if random.randrange(8) == 0 else data


def _token(random: Random, text: str, other: str) -> str:
    """One token dropped, doubled, moved behind the next, or another one put there."""
    tokens = tokenize(SourceFile("", text))
    last = len(tokens.kinds) - 1
    if last == 0:
        return random.choice(PIECES)
    at = random.randrange(last)
    start, token = tokens.starts[at], tokens.texts[at]
    before, after = text[:start], text[start + len(token) :]
    match random.randrange(6):
        case 0:
            return before + after
        case 1:
            return f"{before}{token} {token}{after}"
        case 2:
            return f"{before}{tokens.texts[random.randrange(last)]}{after}"
        case 3:
            return f"{before}{tokens.texts[random.randrange(last)]} {token}{after}"
        case 4:
            return f"{before}{random.choice(PIECES)} {token}{after}"
        case _:
            return f"{before}{random.choice(PIECES)}{after}"


def _line(random: Random, text: str, other: str) -> str:
    """One line dropped, doubled, or exchanged with another."""
    lines = text.split("\n")
    at, to = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(3):
        case 0:
            del lines[at]
        case 1:
            lines.insert(to, lines[at])
        case _:
            lines[at], lines[to] = lines[to], lines[at]
    return "\n".join(lines)


def _splice(random: Random, text: str, other: str) -> str:
    """Some lines of the other file put in, or everything behind a place taken from there."""
    lines, more = text.split("\n"), other.split("\n")
    at, start = random.randrange(len(lines)), random.randrange(len(more))
    if random.randrange(2):
        return "\n".join(lines[:at] + more[start:])
    return "\n".join(lines[:at] + more[start : start + random.randrange(1, 12)] + lines[at:])


def _repeat(random: Random, text: str, other: str) -> str:
    """A few characters many times: what is deep, and what is long."""
    start = random.randrange(len(text) + 1)
    piece = text[start : start + random.randrange(1, 12)]
    return text[:start] + piece * random.choice((2, 40, 400)) + text[start:]


def _byte(random: Random, data: bytes) -> bytes:
    """One byte dropped, put in, or changed in one bit; or the end cut off."""
    at = random.randrange(len(data) + 1)
    match random.randrange(4):
        case 0:
            return data[:at] + data[at + 1 :]
        case 1:
            return data[:at] + bytes((random.choice(_BYTES),)) + data[at:]
        case 2:
            changed = bytes(byte ^ 1 << random.randrange(8) for byte in data[at : at + 1])
            return data[:at] + changed + data[at + 1 :]
        case _:
            return data[:at]
