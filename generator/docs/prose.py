"""Comments as paragraphs, lists and code: the little of Markdown that people write in them.

    blank line              parts paragraphs
    - item, * item, 1. item a list; its lines go on without a marker
    ```                     code as it stands, up to the next ```; so is what stands four spaces in
    `name`, |name|          code, and a link where a declaration is called that
    https://...             a link

Anything else, HTML too, is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from generator.docs.views import Block, Line, Part, Prose

# From a name in a comment to the way to what it names, or "".
Find = Callable[[str], str]

_MARKER = re.compile(r"\s{0,3}(?:([-*+])|(\d{1,3}[.)]))\s+(?=\S)")
_FENCE = re.compile(r"\s*(```|~~~)")
_INLINE = re.compile(
    r"(?P<ticks>`+)(?P<code>.+?)(?P=ticks)(?!`)"
    r"|(?<![\w|])\|(?P<name>[A-Za-z_][\w.]*(?:\(\))?)\|(?![\w|])"
    r"|(?P<url>https?://[^\s<>\"'`|]+)"
)
_SENTENCE = re.compile(r"(?<=[.!?])\s")


def prose(text: str, find: Find) -> Prose:
    return tuple(_blocks(text.expandtabs(4).splitlines(), find))


def summary(text: str, find: Find) -> Line:
    """The first sentence, "" when a comment begins with something else."""
    lines = [line.strip() for line in text.splitlines()]
    first = " ".join(lines[: lines.index("")] if "" in lines else lines)
    if _MARKER.match(first) or _FENCE.match(first):
        return ()
    return inline(_SENTENCE.split(first, 1)[0], find)


def _blocks(lines: list[str], find: Find) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
        elif fence := _FENCE.match(lines[at]):
            at, block = _fenced(lines, at, fence[1])
            yield block
        elif lines[at].startswith("    "):
            at, block = _indented(lines, at)
            yield block
        elif marker := _MARKER.match(lines[at]):
            at, block = _list(lines, at, "ul" if marker[1] else "ol", find)
            yield block
        else:
            end = at + 1
            while end < len(lines) and _goes_on(lines[end]):
                end += 1
            yield Block("p", (inline(" ".join(map(str.strip, lines[at:end])), find),))
            at = end


def _goes_on(line: str) -> bool:
    return bool(line.strip()) and not _MARKER.match(line) and not _FENCE.match(line)


def _fenced(lines: list[str], at: int, fence: str) -> tuple[int, Block]:
    end = at + 1
    while end < len(lines) and not lines[end].strip().startswith(fence):
        end += 1
    return end + 1, _code(lines[at + 1 : end])


def _indented(lines: list[str], at: int) -> tuple[int, Block]:
    end = at
    while end < len(lines) and (lines[end].startswith("    ") or not lines[end].strip()):
        end += 1
    return end, _code([line[4:] for line in lines[at:end]])


def _code(lines: list[str]) -> Block:
    return Block("pre", ((Part("\n".join(lines).rstrip()),),))


def _list(lines: list[str], at: int, tag: str, find: Find) -> tuple[int, Block]:
    """Points of one kind; a blank line ends the list unless another point or its text follows."""
    points: list[list[str]] = []
    while at < len(lines):
        line = lines[at]
        if marker := _MARKER.match(line):
            if ("ul" if marker[1] else "ol") != tag:
                break
            points.append([line[marker.end() :]])
        elif line.strip():
            if _FENCE.match(line) or (not lines[at - 1].strip() and not line.startswith(" ")):
                break
            points[-1].append(line.strip())
        at += 1
    return at, Block(tag, tuple(inline(" ".join(point), find) for point in points))


def inline(text: str, find: Find) -> Line:
    """A text without paragraphs."""
    parts: list[Part] = []
    at = 0
    for match in _INLINE.finditer(text):
        end = match.end()
        if match["url"]:
            url = _without_punctuation(match["url"])
            part, end = Part(url, url), match.start() + len(url)
        else:
            code = match["name"] or match["code"].strip() or match["code"]
            part = Part(code, find(code), code=True)
        parts += [Part(text[at : match.start()]), part]
        at = end
    parts.append(Part(text[at:]))
    return tuple(part for part in parts if part.text)


def _without_punctuation(url: str) -> str:
    """What ends a sentence or a bracket is not the address's own."""
    while url[-1] in ".,;:!?" or (url[-1] == ")" and url.count(")") > url.count("(")):
        url = url[:-1]
    return url
