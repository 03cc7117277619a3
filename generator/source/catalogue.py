"""Every diagnostic there is: its number, a title, and the paragraph behind `ipcgen explain`.

The list is closed: a Diagnostic with another number cannot be made. A number is never used again
for something else. Each has a folder in tests/generator/diagnostics with a file that earns it, a
file that does not, and the rendered text.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    id: str
    title: str
    explanation: str


_TABLE = (
    # What a backend leaves out (warnings).
    Entry(
        "IPC0101",
        "this backend has no stubs for `ask`",
        "Main asks a renderer with an `ask` member. The member is checked and stands in the IR, but "
        "the backend named in the message does not generate it yet; the rest of the file is "
        "generated.",
    ),
    Entry(
        "IPC0102",
        "this backend has no stubs for `relay`",
        "A `relay` member goes from renderer to renderer through main. The member is checked and "
        "stands in the IR, but the backend named in the message does not generate it yet; the rest "
        "of the file is generated.",
    ),
    Entry(
        "IPC0103",
        "this backend has no stubs for `host`",
        "A `host` member goes from a guest to its embedder. The member is checked and stands in the "
        "IR, but the backend named in the message does not generate it yet; the rest of the file is "
        "generated.",
    ),
    Entry(
        "IPC0104",
        "this backend does not check constraints",
        "The type carries constraints such as `max_bytes`. They are checked for sense and stand in "
        "the IR, but the decoder that this backend generates does not enforce them yet: values "
        "outside of the bounds reach the handler.",
    ),
    Entry(
        "IPC0105",
        "this backend does not generate interfaces",
        "mojom's `interface` is parsed, resolved and stands in the IR, so that mojom files can be "
        "imported for their data types. Calls are declared with `channels`; nothing is generated "
        "for an interface.",
    ),
    Entry(
        "IPC0106",
        "this backend cannot carry handles",
        "The declaration holds a handle or an interface endpoint (`pending_remote<T>` and its "
        "relatives), directly or through another type. Messages are bytes: the declaration is left "
        "out, and so is whatever holds it.",
    ),
    Entry(
        "IPC0107",
        "this backend does not generate native types",
        "`[Native]` declares a type whose definition and serialization are somewhere else. There is "
        "nothing to generate from, so the declaration is left out, and so is whatever holds it.",
    ),
    Entry(
        "IPC0108",
        "this backend does not generate features",
        "mojom's `feature` is parsed and stands in the IR. Nothing is generated for it.",
    ),
)

CATALOGUE = {entry.id: entry for entry in _TABLE}
