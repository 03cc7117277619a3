"""Text to tokens, in one pass of one regular expression.

Tokens are kept in three parallel lists instead of a list of objects: a thousand files have a
million tokens, and an object for each is most of the time that it takes to read them.

A token's kind is one of the KINDS below or, for punctuation, the text itself. Words are never
keywords here: every word is a NAME, and the parser knows where one is special.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from generator.source.diagnostic import Diagnostic, error
from generator.source.file import SourceFile, Span
from generator.syntax.elsewhere import type_here

NAME = "name"
ORDINAL = "ordinal"
NUMBER = "number"
STRING = "string"
END = "end of file"
KINDS = (NAME, ORDINAL, NUMBER, STRING, END)

# Order matters: a comment before punctuation, a whole string before an open one.
_TOKEN = re.compile(
    r"""[ \t\r\n\f\v]*(?:
        ([A-Za-z_][A-Za-z0-9_]*+(?!::[A-Za-z_]))                      # 1 name
      | (=>|[;(){}\[\]<>,=?&|]|\.\.\.|\.\.|\.(?![0-9])|[-+](?![0-9.]))   # 2 punctuation
      | (@[0-9]+)                                                     # 3 ordinal
      | ([-+]?(?:[0-9]|\.[0-9])(?:[eE][-+]|\.(?!\.)|[0-9A-Za-z_])*)   # 4 number
      | ("(?:[^"\\\n]|\\[^\n])*")                                     # 5 string
      | (//[^\n]*|/\*(?s:.*?)\*/)                                     # 6 comment
      | ("(?:[^"\\\n]|\\[^\n])*\\?)                                   # 7 string without its end
      | (/\*(?s:.*))                                                  # 8 comment without its end
      | ('[^'\n]*'?)                                                  # 9 string in wrong quotes
      | ([A-Za-z_][A-Za-z0-9_]*(?:::[A-Za-z_][A-Za-z0-9_]*)+)         # 10 name with wrong dots
      | (@[ \t]+[0-9]+)                                               # 11 ordinal in two pieces
      | (\#(?=[\#!\sA-Za-z])[^\n]*)                                    # 12 comment as elsewhere
      | ([^ \t\r\n\f\v])                                              # 13 anything else
    )""",
    re.VERBOSE,
)
(
    _NAME,
    _PUNCTUATION,
    _ORDINAL,
    _NUMBER,
    _STRING,
    _COMMENT,
    _OPEN_STRING,
    _OPEN_COMMENT,
    _WRONG_QUOTES,
    _WRONG_DOTS,
    _WIDE_ORDINAL,
    _WRONG_COMMENT,
) = range(1, 13)
_KIND_OF_GROUP = (
    *(None, NAME, None, ORDINAL, NUMBER, STRING, None),
    *(STRING, None, STRING, NAME, ORDINAL, None, None),
)
_BLANKS = " \t\r\n\f\v"
_STRAY = re.compile(r"[^\x00-\x7f]+|@|(.)\1*", re.DOTALL)
# Types between angle brackets, up to three deep, behind a name from elsewhere.
_ARGUMENTS = re.compile(r"<(?:[\w:, ]|<(?:[\w:, ]|<[\w:, ]*>)*>)*>")
_GOOD_NUMBER = re.compile(
    r"[-+]?(?:0[xX][0-9a-fA-F]+|(?:0|[1-9][0-9]*)|"
    r"(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+)"
)


@dataclass(slots=True)
class Tokens:
    """The tokens of a file: kinds[i], texts[i], starts[i]; the last one is END.

    `comments` gives, for the index of a token, the (start, end) of the comments between it and
    the token before.
    """

    file: SourceFile
    kinds: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    comments: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def tokenize(file: SourceFile) -> Tokens:
    """Never fails: what is no token is reported once and left out."""
    tokens = Tokens(file)
    kinds, texts, starts = tokens.kinds, tokens.texts, tokens.starts
    add_kind, add_text, add_start = kinds.append, texts.append, starts.append
    reported_to = 0
    # Blanks at the end are before no token: the expression would look behind each of them for one.
    end = len(file.text.rstrip(_BLANKS))
    for match in _TOKEN.finditer(file.text, 0, end):
        group = match.lastindex
        text = match[group]
        start = match.start(group)
        if group == _NAME:
            add_kind(NAME)
        elif group == _PUNCTUATION:
            add_kind(text)
        elif group == _COMMENT:
            tokens.comments.setdefault(len(kinds), []).append((start, match.end()))
            continue
        elif start < reported_to:
            continue
        else:
            kind = _KIND_OF_GROUP[group]
            if group == _OPEN_COMMENT:
                tokens.comments.setdefault(len(kinds), []).append((start, match.end()))
            if group not in (_ORDINAL, _STRING):
                reported_to = _check(tokens, group, text, start)
            if kind is None:
                continue
            add_kind(kind)
        add_text(text)
        add_start(start)
    kinds.append(END)
    texts.append("")
    starts.append(len(file.text.rstrip()))
    return tokens


def _check(tokens: Tokens, group: int, text: str, start: int) -> int:
    """Reports what is wrong with a match, if anything; the offset up to which that holds."""
    file = tokens.file
    whole = Span(file, start, start + len(text))
    if group == _NUMBER:
        if _GOOD_NUMBER.fullmatch(text):
            return 0
        found = _bad_number(whole)
    elif group == _OPEN_STRING:
        found = error(
            "IPC0002",
            Span(file, start, start + len(text.rstrip())),
            "this string has no closing quote",
            help='end it with `"` on the same line',
        )
    elif group == _OPEN_COMMENT:
        found = error(
            "IPC0003",
            Span(file, start, start + 2),
            "this comment has no end",
            help="close it with `*/`",
        )
    elif group in _MISWRITTEN:
        message, way_out = _MISWRITTEN[group]
        arguments = _ARGUMENTS.match(file.text, whole.end) if group == _WRONG_DOTS else None
        meant = text + arguments[0] if arguments else text
        tokens.diagnostics.append(error("IPC0001", whole, message, help=way_out(meant)))
        return start + len(meant)
    else:
        found = _stray(Span(file, start, _STRAY.match(file.text, start).end()))
    tokens.diagnostics.append(found)
    return found.span.end


def _misquoted(text: str) -> str:
    closed = len(text) > 1 and text[-1] == "'"
    return f'write `"{text[1:-1]}"`' if closed else "write `\"` at both ends"


def _misjoined(text: str) -> str:
    return f"write `{type_here(text) or text.replace('::', '.')}`"


# What is understood and not written like that: what is wrong with it, and the way out.
_MISWRITTEN: dict[int, tuple[str, Callable[[str], str]]] = {
    _WRONG_QUOTES: ("strings stand in double quotes", _misquoted),
    _WRONG_DOTS: ("names are joined by `.`, not by `::`", _misjoined),
    _WIDE_ORDINAL: (
        "an ordinal is written in one piece",
        lambda text: f"write `@{text[1:].strip()}`",
    ),
    _WRONG_COMMENT: (
        "a comment begins with `//`, not with `#`",
        lambda text: f"write `{('// ' + text.lstrip('#').strip()).strip()}`",
    ),
}


def _bad_number(span: Span) -> Diagnostic:
    text = span.text.lstrip("+-")
    octal = len(text) > 1 and text.isdigit()
    return error(
        "IPC0005",
        span,
        f"`{span.text}` is not a number",
        help=(
            f"write {text.lstrip('0') or '0'}: there are no octal numbers"
            if octal
            else "numbers look like 42, -7, 0x2a, 1.5 or 6e23"
        ),
    )


def _stray(span: Span) -> Diagnostic:
    shown = span.text if span.text.isprintable() else f"U+{ord(span.text[0]):04X}"
    help = ""
    if span.text in "\u201c\u201d":
        help = 'use a straight quote, `"`'
    elif span.text == "@":
        help = "an ordinal is `@` and a number, `@3`"
    elif span.text == ":":
        help = "names are joined by `.`, and types stand before names"
    elif span.text == "#":
        help = "ordinals are written `@3`, and comments `// text`"
    elif not span.text.isascii():
        help = "names are made of ASCII letters, digits and `_`"
    return error("IPC0001", span, f"`{shown}` means nothing here", help=help)
