"""Rename: every mention in every file, and every refusal."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsp_client import Client

FILE = "src/shop.ipc"


def renamed(client: Client, path: str, text: str, edits: dict) -> str:
    """A text with the edits of its file."""
    lines = text.splitlines(keepends=True)
    changes = edits["changes"].get(client.uri(path), [])
    for change in sorted(changes, key=lambda change: -change["range"]["start"]["character"]):
        start, end = change["range"]["start"], change["range"]["end"]
        line = lines[start["line"]]
        kept = line[: start["character"]], line[end["character"] :]
        lines[start["line"]] = change["newText"].join(kept)
    return "".join(lines)


def rename(client: Client, marked: str, name: str) -> dict:
    return client.request("textDocument/rename", **client.on(FILE, marked), newName=name)


def refusal(client: Client, marked: str, name: str = "Fine") -> str:
    asked = client.on(FILE, marked)
    return client.refusal("textDocument/rename", **asked, newName=name)["message"]


def test_a_rename_reaches_files_that_are_not_open(client: Client, shop: Path) -> None:
    edits = rename(client, "struct N|ote", "Memo")

    assert sorted(edits["changes"]) == [client.uri(FILE), client.uri("src/user.ipc")]
    for path in (FILE, "src/user.ipc"):
        before = (shop / path).read_text()
        expected = before.replace("struct Note", "struct Memo").replace("<Note", "<Memo")
        expected = expected.replace("(Note ", "(Memo ").replace("store.Note>", "store.Memo>")
        assert renamed(client, path, before, edits) == expected


@pytest.mark.parametrize(
    ("marked", "name", "old", "new"),
    [
        ("kTe|xt = 0", "kPlain", "kText", "kPlain"),
        ("= kTa|sk;", "kTodo", "kTask", "kTodo"),
        ("uint32 kM|ax", "kMost", "kMax", "kMost"),
        ("as clo|ck", "hour", "clock", "hour"),
        ("i|d@0", "key", "id@0", "key@0"),
        ("emit Cha|nged", "Moved", "Changed", "Moved"),
        ("Note no|te,", "it", "Note note,", "Note it,"),
        ("union Er|ror", "Problem", "Error", "Problem"),
    ],
)
def test_every_kind_of_name_is_renamed(
    reader: Client, marked: str, name: str, old: str, new: str
) -> None:
    edits = rename(reader, marked, name)

    text = (reader.folder / FILE).read_text()
    assert renamed(reader, FILE, text, edits) == text.replace(old, new)


@pytest.mark.parametrize("name", ["", "1a", "a b", "a.b", "a-b", "gr\u00fcn", "a\n"])
def test_what_is_no_name_is_refused(reader: Client, name: str) -> None:
    assert "is not a name" in refusal(reader, "struct N|ote", name)


@pytest.mark.parametrize("name", ["string", "uint8", "map", "result", "true", "default"])
def test_words_of_the_language_are_refused(reader: Client, name: str) -> None:
    assert "is a word of the language" in refusal(reader, "struct N|ote", name)


def test_a_name_that_is_taken_is_refused(client: Client) -> None:
    assert "`Kind` is declared already [IPC0023]" in refusal(client, "struct N|ote", "Kind")
    assert "[IPC0023]" in refusal(client, "i|d@0", "title")
    assert "[IPC0022]" in refusal(client, "as clo|ck", "Note")


def test_a_reserved_name_is_refused(client: Client) -> None:
    client.replace(FILE, 2, 'struct A { reserved "old"; bool fresh; };\n')

    assert "the name `old` is reserved [IPC0034]" in refusal(client, "bool fr|esh", "old")


def test_a_name_that_would_hide_another_is_refused(client: Client) -> None:
    client.replace(
        FILE, 2, "enum Outer { kA };\nstruct A { enum Inner { kA }; Outer a; Inner b; };\n"
    )

    assert "stand for something else" in refusal(client, "enum In|ner", "Outer")


@pytest.mark.parametrize(
    ("marked", "reason"),
    [
        ("uint|64 id@0", "part of the language"),
        ("inv|oke", "part of the language"),
        ("[Sta|ble, Ext", "part of the language"),
        ('"std/ti|me', "rename the file"),
        ("module sh|op", "shared by files"),
        ("wor|ds.Word", "shared by files"),
        ("= 12|0", "no name here"),
    ],
)
def test_what_has_no_name_of_the_authors_is_refused(
    reader: Client, marked: str, reason: str
) -> None:
    assert reason in refusal(reader, marked)
    prepared = reader.refusal("textDocument/prepareRename", **reader.on(FILE, marked))
    assert reason in prepared["message"]


def test_prepare_gives_the_place_of_the_name(client: Client) -> None:
    found = client.request("textDocument/prepareRename", **client.on(FILE, "clock.Ti|me? edited"))

    assert found["placeholder"] == "Time"
    assert found["range"]["start"] == {"line": 20, "character": 8}


def test_a_file_that_is_not_understood_is_not_renamed(client: Client, shop: Path) -> None:
    client.open("src/user.ipc", (shop / "src/user.ipc").read_text() + "struct Half { store.Note")

    assert "user.ipc has mistakes in its form" in refusal(client, "struct N|ote")


def test_mentions_in_what_is_not_enabled_are_not_forgotten(client: Client) -> None:
    client.replace(FILE, 2, "struct A {};\nstruct B { A a; [EnableIf=is_mac] A b; };\n")

    assert "shop.ipc:2 says `A`" in refusal(client, "struct A| {}")


def test_mistakes_that_were_there_before_do_not_matter(client: Client) -> None:
    client.replace(FILE, 2, "struct A { nope a; };\nstruct B { A a; };\n")

    edits = rename(client, "struct A| ", "C")

    assert len(edits["changes"][client.uri(FILE)]) == 2
