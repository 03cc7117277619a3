"""Hover, definition, references, highlights, outline and formatting, on a small workspace."""

from __future__ import annotations

import pytest
from lsp_client import Client

FILE = "src/shop.ipc"


def hover(client: Client, marked: str) -> str:
    found = client.request("textDocument/hover", **client.on(FILE, marked))
    return found["contents"]["value"] if found else ""


def places(client: Client, locations: list[dict]) -> list[str]:
    """`path:line:column`, counted from 0."""
    found = []
    for location in locations:
        start = location["range"]["start"]
        path = location["uri"].removeprefix(client.folder.as_uri() + "/")
        found.append(f"{path}:{start['line']}:{start['character']}")
    return sorted(found)


def definition(client: Client, marked: str) -> str:
    found = client.request("textDocument/definition", **client.on(FILE, marked))
    return places(client, [found])[0] if found else ""


def test_hover_tells_declaration_docs_type_and_wire(client: Client) -> None:
    assert hover(client, "ti|tle@1") == (
        "```ipc\n"
        "string(max_bytes=kMax) title@1\n"
        "```\n"
        "\n"
        "- type `string(max_bytes=120)`\n"
        "- field number 2 (ordinal @1), UTF-8 text with its length\n"
        "- in struct `shop.Note`, shop.ipc"
    )


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("uint64 i|d@0;", "Given by main."),
        ("struct N|ote", "struct shop.Note\n```\n\nOne note.\n\n- a message with 6 fields"),
        ("struct N|ote", "stable"),
        ("enum Ki|nd", "an unknown one becomes `kText`"),
        ("kT|ask = 1", "number 1"),
        ("other@5 = kT|ask", "kTask = 1"),
        ("uint32 kM|ax = 120", "The longest title."),
        ("union Er|ror", "an unknown one is refused"),
        ("invoke Re|ad", "channel `notes.Read`\n- renderer → main, answered"),
        ("invoke Re|ad", "answered within 2000 ms"),
        ("inv|oke Read", "`ipcRenderer.invoke` → `ipcMain.handle`"),
        ("channels No|tes", "prefix `notes`\n- digest `"),
        ("Dead|lineMs", "takes a number"),
        ("uint|32 kMax", "an unsigned integer of 32 bits"),
        ("cl|ock.Time? edited", 'import "std/time.ipc" as clock;'),
        ("clock.Ti|me? edited", "A moment."),
        ('"std/ti|me.ipc"', "module `std.time`\n\nMoments."),
        ("wo|rds.Word", "module words;"),
        ("module sh|op", "module shop;\n```\n\nNotes of a small shop."),
        ("clock.Time a|t)", "field number 2 (ordinal @1), a message with its length"),
    ],
)
def test_hover_knows_every_kind_of_name(reader: Client, marked: str, said: str) -> None:
    assert said in hover(reader, marked)


def test_hover_still_answers_while_the_file_has_mistakes(client: Client) -> None:
    text = "module a;\nenum E { kA };\nstruct S { E e = E.kA; nope b; };\nstruct {"
    client.replace(FILE, 2, text)

    assert "field number 1 (ordinal @0), a varint" in hover(client, "E e| = ")


def test_nothing_is_said_where_nothing_is_named(client: Client) -> None:
    assert hover(client, "{ string| missing") != ""
    assert hover(client, "|// Notes of") == ""
    assert hover(client, "= 1 |};") == ""


@pytest.mark.parametrize(
    ("marked", "place"),
    [
        ("Kind ki|nd@2", "src/shop.ipc:19:7"),
        ("Ki|nd kind@2", "src/shop.ipc:11:5"),
        ("Kind.kTe|xt", "src/shop.ipc:11:22"),
        ("Ki|nd.kText", "src/shop.ipc:11:5"),
        ("= kTa|sk;", "src/shop.ipc:11:33"),
        ("max_bytes=kM|ax", "src/shop.ipc:7:13"),
        ("clock.Ti|me? edited", "lib/std/time.ipc:5:7"),
        ("clo|ck.Time? edited", "src/shop.ipc:3:25"),
        ("words.Wo|rd?", "lib/std/words.ipc:3:7"),
        ("wor|ds.Word?", "lib/std/words.ipc:0:7"),
        ('"std/wo|rds.ipc"', "lib/std/words.ipc:0:0"),
        ("result<No|te", "src/shop.ipc:15:7"),
        ("uint|64 id@0", ""),
        ("inv|oke", ""),
    ],
)
def test_definition_goes_to_the_name_that_is_declared(
    reader: Client, marked: str, place: str
) -> None:
    assert definition(reader, marked) == place


def test_references_are_found_in_files_that_are_not_open(client: Client) -> None:
    asked = client.on(FILE, "struct N|ote")

    found = client.request("textDocument/references", **asked)
    used = client.request(
        "textDocument/references", **asked, context={"includeDeclaration": False}
    )

    assert places(client, found) == [
        "src/shop.ipc:15:7",
        "src/shop.ipc:30:35",
        "src/shop.ipc:31:15",
        "src/user.ipc:4:25",
    ]
    assert places(client, used) == places(client, found)[1:]


def test_references_of_another_files_declaration_are_found_from_a_use(client: Client) -> None:
    found = client.request("textDocument/references", **client.on(FILE, "clock.Ti|me at"))

    assert places(client, found) == [
        "lib/std/time.ipc:5:7",
        "src/shop.ipc:20:8",
        "src/shop.ipc:31:32",
    ]


def test_highlights_stay_in_the_file(client: Client) -> None:
    found = client.request("textDocument/documentHighlight", **client.on(FILE, "cl|ock.Time at"))

    assert [place["range"]["start"]["line"] for place in found] == [3, 20, 31]
    assert [place["kind"] for place in found] == [3, 2, 2]


def test_the_outline_holds_declarations_inside_of_each_other(client: Client) -> None:
    document = {"uri": client.uri(FILE)}

    found = client.request("textDocument/documentSymbol", textDocument=document)

    assert [(symbol["name"], symbol["detail"]) for symbol in found] == [
        ("kMax", "uint32"),
        ("Kind", "enum"),
        ("Note", "struct"),
        ("Error", "union"),
        ("Notes", "channels"),
    ]
    assert [(call["name"], call["detail"]) for call in found[4]["children"]] == [
        ("Read", "invoke"),
        ("Changed", "emit"),
    ]
    for symbol in found:
        assert symbol["range"]["start"]["line"] <= symbol["selectionRange"]["start"]["line"]


def test_formatting_edits_only_what_differs(client: Client) -> None:
    document = {"uri": client.uri(FILE)}
    client.replace(FILE, 2, "module a;\n\nstruct A {\n    bool   b;\n  bool c;\n};\n")

    edits = client.request("textDocument/formatting", textDocument=document, options={})

    (edit,) = edits
    assert edit["newText"] == "  bool b;\n"
    assert edit["range"]["start"] == {"line": 3, "character": 0}
    assert edit["range"]["end"] == {"line": 4, "character": 0}


def test_what_is_not_understood_is_not_formatted(client: Client) -> None:
    document = {"uri": client.uri(FILE)}
    client.replace(FILE, 2, "struct  A {")

    assert client.request("textDocument/formatting", textDocument=document, options={}) == []


def test_hover_tells_the_limits_of_a_channel_that_names_none_or_all(client: Client) -> None:
    text = (
        "channels C {\n  ask Confirm() => ();\n"
        "  [DeadlineMs=5, MaxBytes=99] ask Close() => ();\n};\n"
    )
    client.open("src/asks.ipc", text)

    def said(marked: str) -> str:
        position = client.on("src/asks.ipc", marked)
        return client.request("textDocument/hover", **position)["contents"]["value"]

    assert "answered within 30000 ms" in said("Con|firm")
    assert "answered within 5 ms" in said("Clo|se")
    assert "the parameters have at most 99 bytes" in said("Clo|se")
