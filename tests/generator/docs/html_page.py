"""A page as a tree of facts: what the tests ask of HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset({"meta", "input", "link", "br", "hr", "img"})
_INLINE = frozenset({"a", "code"})


@dataclass
class Page(HTMLParser):
    """Parses one page; `mistakes` are tags that do not nest."""

    text: str
    tags: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)  # tag, name, value
    ids: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)  # href, text
    mistakes: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)  # what is read, outside of style and script

    def __post_init__(self):
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self.feed(self.text)
        self.close()
        self.mistakes += [f"<{tag}> is not closed" for tag in self._open]

    def __hash__(self):
        return id(self)

    @property
    def headings(self) -> list[int]:
        return [int(tag[1]) for tag in self.tags if tag[0] == "h" and tag[1:].isdigit()]

    @property
    def said(self) -> str:
        return "".join(self.words)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in _INLINE:
            self.words.append(" ")
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.mistakes.append(f"<{tag}> has an attribute twice")
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        values = dict(attrs)
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a":
            self.links.append((values.get("href", ""), ""))
        if tag not in _VOID:
            if tag == "p" and "p" in self._open:
                self.mistakes.append("<p> in <p>")
            self._open.append(tag)

    def handle_endtag(self, tag):
        if not self._open or self._open[-1] != tag:
            self.mistakes.append(f"</{tag}> closes {self._open[-1:]}")
        else:
            self._open.pop()

    def handle_data(self, data):
        if self._open[-1:] not in (["style"], ["script"]):
            self.words.append(data)
        if "a" in self._open:
            href, text = self.links[-1]
            self.links[-1] = href, text + data
