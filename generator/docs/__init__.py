"""Reference pages: one page of HTML a module, and an index, for reading without a network.

    site.py        all files of a site
    views.py       what the templates see
    links.py       where a declaration stands, and the way from one page to another
    usage.py       who uses a declaration
    prose.py       comments as paragraphs, lists and code
    rules.py       constraints and deadlines, in words
    data.py        views of consts, enums, structs, unions, aliases
    calls.py       views of channels and interfaces
    caller.py      how C++ calls a channel
    wire.py        what stands in the emitted .proto
    search.py      the list of names that the pages search
    templates/     HTML, style and script; every text is escaped there
"""

from generator.docs.site import site

__all__ = ["site"]
