"""Completion: what is offered where. `|` is the cursor."""

from __future__ import annotations

import pytest
from lsp_client import Client

HEAD = """\
module shop;
import "std/time.ipc" as clock;
import "std/words.ipc";
const uint32 kMax = 120;
enum Kind { kText = 0, kTask = 1 };
type Sort = Kind;
interface Door { Open(); };
struct Note { bool a; };
"""
FILE = "src/shop.ipc"


def complete(client: Client, text: str) -> list[dict]:
    before, _, after = text.partition("|")
    client.replace(FILE, 2, before + after)
    lines = before.split("\n")
    place = client.at(FILE, len(lines) - 1, len(lines[-1]))
    return client.request("textDocument/completion", **place)


def labels(client: Client, text: str) -> list[str]:
    return [item["label"] for item in complete(client, text)]


@pytest.mark.parametrize(
    ("written", "offered", "not_offered"),
    [
        # Statements.
        ("|", ["struct", "channels", "import", "module", "type"], ["send", "uint32", "Note"]),
        ("str|", ["struct"], ["string"]),
        ("struct A { | };", ["uint32", "array", "clock.Time", "reserved"], ["send", "Door"]),
        ("struct A {\n  bool a;\n  |", ["bool", "Kind", "Sort"], ["struct"]),
        ("struct A { const |", ["uint32"], ["const"]),
        ("union A { | };", ["string", "reserved"], ["const"]),
        ("channels A { | };", ["send", "invoke", "ask", "host", "struct"], ["uint32", "Note"]),
        ("interface A { | };", ["const", "enum"], ["send"]),
        ("feature A { | };", ["const"], ["enum"]),
        ("enum A { | };", ["reserved"], ["kText", "const"]),
        ("const |", ["uint32", "Kind"], ["struct"]),
        ("type A = |", ["array", "Note"], ["struct"]),
        # Types.
        ("struct A { array<| };", ["uint8", "Note"], ["reserved"]),
        ("struct A { map<string, |", ["uint8", "Note"], []),
        ("struct A { array<uint8, |", [], ["uint8"]),
        ("struct A { handle<|", ["message_pipe", "shared_buffer"], ["Note", "uint8"]),
        ("struct A { pending_remote<|", ["Door"], ["Note", "uint8"]),
        ("struct A { pending_remote<Do|", ["Door"], ["Note", "uint8"]),
        ("struct A { clock.|", ["Time"], ["Note", "uint8"]),
        ("struct A { words.|", ["Word"], ["Time"]),
        ("struct A { std.|", [], ["time.Time", "Time"]),
        ("struct A { shop.|", ["Note", "Kind"], ["uint8"]),
        ("channels A { send B(|", ["uint8", "any", "Note"], ["send", "handle"]),
        ("channels A { send B(bool a, |", ["uint8", "Note"], []),
        ("channels A { send B(array<|", ["uint8", "Note"], []),
        ("channels A { invoke B() => |", ["result", "()"], ["Note"]),
        ("channels A { invoke B() => (|", ["Note"], ["min"]),
        ("channels A { invoke B() => result<|", ["Note"], []),
        ("channels A { invoke B() => result<Note, |", ["Note"], []),
        # Names are the author's.
        ("struct A { bool |", [], ["bool", "true"]),
        ("channels A { send |", [], ["bool", "send"]),
        ("struct |", [], ["struct", "Note"]),
        # Values.
        ("struct A { Kind k = |", ["Kind.kText", "kMax"], ["true", "bool"]),
        ("struct A { Kind k = Kind.|", ["kText", "kTask"], ["Kind.kText"]),
        ("struct A { Sort? k@0 = |", ["Kind.kTask"], []),
        ("struct A { bool k = |", ["true", "false"], ["Kind.kTask"]),
        ("struct A { double k = |", ["double.INFINITY", "kMax"], ["true"]),
        ("const Kind kA = |", ["Kind.kText"], []),
        ("enum A { kB = |", ["kMax"], []),
        # Constraints.
        ("struct A { string(|", ["min_bytes", "max_bytes", "pattern"], ["min"]),
        ("struct A { string(min_bytes=1, |", ["max_bytes"], []),
        ("struct A { uint8(|", ["min", "max"], ["pattern"]),
        ("struct A { array<string>(|", ["min", "max"], ["pattern"]),
        ("struct A { string(max_bytes=|", ["kMax"], ["Kind.kText"]),
        ("channels A { send B(string(|", ["max_bytes"], ["uint8"]),
        # Attributes.
        ("[|", ["Stable", "Extensible", "Native"], ["Channel", "DeadlineMs", "Default"]),
        ("[|] enum A {};", ["Stable", "Extensible", "Native"], ["JavaPackage"]),
        ("[|]\nchannels A {};", ["Stable", "Deprecated"], ["Extensible"]),
        ("[Stable, |] struct A {};", ["Deprecated"], ["Stable", "Extensible"]),
        ("struct A { [|", ["MinVersion", "Deprecated"], ["Channel", "Sync"]),
        ("enum A { [|", ["Default", "MinVersion"], ["Channel"]),
        ("enum A { kA, [|", ["Default", "MinVersion"], ["Channel"]),
        ("channels A { [|", ["Channel", "DeadlineMs"], ["Sync"]),
        ("interface A { [|", ["Sync"], ["Channel"]),
        ("channels A { send B([|", ["MinVersion"], ["Channel"]),
        # Neither in comments nor in strings.
        ("// |", [], ["struct"]),
        ("struct A { // |", [], ["bool"]),
        ("/* |", [], ["struct"]),
        ("/* a */ |", ["struct"], []),
        ('[Note="|', [], ["Stable"]),
    ],
)
def test_what_is_offered(
    reader: Client, written: str, offered: list[str], not_offered: list[str]
) -> None:
    found = labels(reader, HEAD + written)

    assert [label for label in offered if label not in found] == []
    assert [label for label in not_offered if label in found] == []


@pytest.mark.parametrize(
    ("written", "offered", "not_offered"),
    [
        ('import "|', ["std/time.ipc", "user.ipc"], ["shop.ipc", "std/words.ipc"]),
        ('import "st|"', ["std/time.ipc"], ["shop.ipc"]),
        ("import |", ["std/time.ipc"], ["struct"]),
        ('import "std/time.ipc" |', ["as"], ["struct"]),
        ('import "std/time.ipc" as |', ["time"], ["as", "struct"]),
        ("|", ["import"], []),
    ],
)
def test_what_is_offered_in_imports(
    reader: Client, written: str, offered: list[str], not_offered: list[str]
) -> None:
    found = labels(reader, f'module shop;\nimport "std/words.ipc";\n{written}')

    assert [label for label in offered if label not in found] == []
    assert [label for label in not_offered if label in found] == []


def test_the_word_that_is_typed_is_replaced(client: Client) -> None:
    items = complete(client, HEAD + "struct A { clock.Ti|")

    (found,) = (item for item in items if item["label"] == "Time")
    assert found["textEdit"] == {
        "range": {"start": {"line": 8, "character": 17}, "end": {"line": 8, "character": 19}},
        "newText": "Time",
    }
    assert found["documentation"] == "A moment."
    assert found["detail"] == "struct in std/time.ipc"


def test_an_import_path_is_put_into_quotes_where_there_are_none(client: Client) -> None:
    items = complete(client, "import |")

    assert '"std/time.ipc"' in [item["textEdit"]["newText"] for item in items]


def test_nothing_is_offered_twice(client: Client) -> None:
    found = labels(client, HEAD + "struct A { ")

    assert len(found) == len(set(found))
