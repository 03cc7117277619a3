"""What completion offers from the language itself: words, types, attributes, constraints."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ir.types import HandleKind, PendingKind
from generator.lsp.context import DEFINITIONS, Context
from generator.lsp.wire import VERBS
from generator.sema.attributes import ATTRIBUTES, FLAG
from generator.sema.index import BUILTIN

# CompletionItemKind of LSP.
FIELD, CLASS, INTERFACE, MODULE, PROPERTY, ENUM, KEYWORD, FILE, MEMBER, CONSTANT, STRUCT = (
    5, 7, 8, 9, 10, 13, 14, 17, 20, 21, 22,
)  # fmt: skip

_INSIDE = {
    "struct": ("const", "enum", "reserved"),
    "union": ("reserved",),
    "enum": ("reserved",),
    "channels": ("const", "enum", "struct", "reserved"),
    "interface": ("const", "enum"),
    "feature": ("const",),
}
# What attributes can be put on, by what holds it.
_TARGETS = {
    "": ("module", "import", *DEFINITIONS),
    "struct": ("field", "const", "enum"),
    "union": ("variant",),
    "enum": ("value",),
    "channels": ("channel", "const", "enum", "struct"),
    "interface": ("method", "const", "enum"),
    "feature": ("const",),
}
_CONSTRAINTS = {
    "min": "least value, or count",
    "max": "largest value, or count",
    "min_bytes": "least size of the UTF-8 text",
    "max_bytes": "largest size of the UTF-8 text",
    "pattern": "regular expression that all of the text matches",
}
_APPLICABLE = {
    "string": ("min_bytes", "max_bytes", "pattern"),
    "any": ("min_bytes", "max_bytes"),
}


def item(label: str, kind: int, detail: str = "", text: str = "") -> dict:
    """A CompletionItem; `text` is what is inserted, where it is not the label."""
    found = {"label": label, "kind": kind, "insertText": text or label}
    return {**found, "detail": detail} if detail else found


def words(place: Context) -> Iterator[dict]:
    """The words that begin a statement here."""
    if not place.holders:
        yield from (item(word, KEYWORD) for word in ("module", "import", *DEFINITIONS))
        return
    if place.holder == "channels":
        yield from (item(verb, KEYWORD, detail) for verb, detail in VERBS.items())
    yield from (item(word, KEYWORD) for word in _INSIDE.get(place.holder, ()))


def builtin_types(place: Context) -> Iterator[dict]:
    """Types of the language; behind `handle<` its kinds."""
    if place.inside == "handle":
        yield from (item(kind.value, KEYWORD) for kind in HandleKind if kind.value)
        return
    yield from (item(name, KEYWORD) for name in (*BUILTIN, "any"))
    yield item("array", KEYWORD, "array<T> or array<T, N>", "array<")
    yield item("map", KEYWORD, "map<K, V>", "map<")
    if place.holder != "channels":
        yield item("handle", KEYWORD)
        yield from (
            item(kind.value, KEYWORD, f"{kind.value}<Interface>", f"{kind.value}<")
            for kind in PendingKind
        )


def responses() -> Iterator[dict]:
    yield item("result", KEYWORD, "a value or an error: result<T, E>", "result<")
    yield item("()", KEYWORD, "an answer that says nothing")


def constraints(place: Context) -> Iterator[dict]:
    """Bounds that the type before the bracket can have."""
    fallback = ("min", "max")
    known = place.inside in (*BUILTIN, "any", ">")
    names = _APPLICABLE.get(place.inside, fallback if known else tuple(_CONSTRAINTS))
    yield from (item(name, PROPERTY, _CONSTRAINTS[name], f"{name}=") for name in names)


def attributes(place: Context, following: str) -> Iterator[dict]:
    """Attributes for what can stand here; `following` is the first word behind the bracket."""
    targets = ("parameter",) if place.in_params else _TARGETS.get(place.holder, ())
    if following in targets:
        targets = (following,)
    for name, (places, takes) in ATTRIBUTES.items():
        on = [target for target in places.split() if target in targets]
        if on and name not in place.statement:
            text = name if takes == FLAG else f"{name}="
            yield item(name, PROPERTY, f"takes {takes}; on {', '.join(places.split())}", text)
