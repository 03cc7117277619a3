"""Filters of this backend: every function here is one, by its name."""

import posixpath

_WAYS = {
    "send": "from a renderer to main",
    "invoke": "from a renderer to main and back",
    "sync": "from a renderer to main and back, while the renderer waits",
    "emit": "from main to a renderer",
    "ask": "from main to a renderer and back",
    "relay": "from renderer to renderer, through main",
    "host": "from a guest to its embedder",
}


def way(verb):
    return _WAYS[verb.value]


def code(text):
    """Code in a cell of a table; nothing for nothing."""
    return f"`{cell(text)}`" if text else ""


def cell(text):
    """A text on one line, its bars kept from ending the cell."""
    return " ".join(text.split()).replace("|", "\\|")


def first_line(text):
    return text.split("\n")[0]


def page(path):
    return posixpath.splitext(path)[0] + ".md"
