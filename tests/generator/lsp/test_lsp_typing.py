"""Half-typed files: whatever stands in a buffer, every request is answered and nothing fails."""

from __future__ import annotations

import os
import random

import pytest
from lsp_client import ROOT, Client

SEED = int(os.environ.get("IPC_TEST_SEED", "1"))
SAMPLES = (
    "samples/notes/notes.ipc",
    "idl/std/time.ipc",
    "tests/generator/shop/everything.ipc",
)
METHODS = ("hover", "definition", "documentHighlight", "completion", "prepareRename")
FILE = "src/typed.ipc"


def ask(client: Client, text: str, offset: int) -> None:
    """Every request about one place; an internal error would be a failure of the front end."""
    line = text.count("\n", 0, offset)
    place = client.at(FILE, line, offset - (text.rfind("\n", 0, offset) + 1))
    for method in METHODS:
        answer = client.answer(f"textDocument/{method}", **place)
        assert answer.get("error", {}).get("code") in (None, -32803), (answer, text)
    document = {"textDocument": {"uri": client.uri(FILE)}}
    client.request("textDocument/documentSymbol", **document)
    client.request("textDocument/formatting", **document, options={})


@pytest.mark.parametrize("sample", SAMPLES)
def test_files_can_be_typed_one_character_after_the_other(client: Client, sample: str) -> None:
    chosen = random.Random(SEED)
    text = (ROOT / sample).read_text(encoding="utf-8")
    client.open(FILE, "")
    typed = chosen.randrange(len(text))
    client.replace(FILE, 2, text[:typed])

    for version, end in enumerate(range(typed, min(typed + 150, len(text))), 3):
        lines = text[:end].split("\n")
        at = {"line": len(lines) - 1, "character": len(lines[-1])}
        client.change(FILE, version, {"range": {"start": at, "end": at}, "text": text[end]})
        ask(client, text, end + 1)


@pytest.mark.parametrize("sample", SAMPLES)
def test_files_can_be_torn_apart(client: Client, sample: str) -> None:
    chosen = random.Random(SEED)
    text = (ROOT / sample).read_text(encoding="utf-8")
    pieces = [*'{};[<("@.=', "/*", "import", "enum", "\U0001f600"]
    client.open(FILE, text)

    for version in range(2, 60):
        torn = text
        for _ in range(chosen.randrange(1, 6)):
            start = chosen.randrange(len(torn))
            end = min(len(torn), start + chosen.choice((0, 0, 1, 5, 40)))
            torn = torn[:start] + chosen.choice(pieces) + torn[end:]
        client.replace(FILE, version, torn)
        ask(client, torn, chosen.randrange(len(torn) + 1))
