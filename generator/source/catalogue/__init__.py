"""Every diagnostic there is: its number, a title, and the paragraph behind `ipcgen explain`.

    text.py        IPC0001 on: characters, words and numbers
    syntax.py      form
    names.py       imports and names
    values.py      constants, defaults, ordinals, what is reserved
    attributes.py
    types.py       types, their constraints, their versions
    calls.py       channels and their answers
    backends.py    IPC0101 on: what a backend does with a program that the language allows

The list is closed: error() and warning() take no other number. A number is never used again for
something else. Each has a folder in tests/generator/diagnostics with a file that earns it, a
file that does not, and the rendered text.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.source.catalogue import (
    attributes,
    backends,
    calls,
    names,
    syntax,
    text,
    types,
    values,
)
from generator.source.catalogue.entry import Entry

__all__ = ["CATALOGUE", "Entry"]

_SUBJECTS = (text, syntax, names, values, attributes, types, calls, backends)


def _by_number(entries: Iterable[Entry]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.id):
        if entry.id in found:
            raise ValueError(f"{entry.id} is in the catalogue twice")
        found[entry.id] = entry
    return found


CATALOGUE = _by_number(entry for subject in _SUBJECTS for entry in subject.ENTRIES)
