"""Diagnostics: when, for which files, at which places, and that they go away again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from lsp_client import Client

FILE = "src/shop.ipc"


def ids(found: list[dict]) -> list[str]:
    return [diagnostic["code"] for diagnostic in found]


def edit(line: int, start: int, end: int, text: str) -> dict:
    places = {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}
    return {"range": places, "text": text}


def test_a_mistake_appears_while_typing_and_goes_when_it_is_mended(client: Client) -> None:
    assert client.published(FILE, 1) == []

    client.change(FILE, 2, edit(17, 2, 8, "uint65"))
    (found,) = client.published(FILE, 2)
    assert found["code"] == "IPC0024"
    assert found["severity"] == 1
    assert found["source"] == "ipcgen"
    assert "`uint65`" in found["message"]
    assert found["range"] == {
        "start": {"line": 17, "character": 2},
        "end": {"line": 17, "character": 8},
    }

    client.change(FILE, 3, edit(17, 2, 8, "uint64"))
    assert client.published(FILE, 3) == []


def test_places_are_counted_in_utf_16(client: Client) -> None:
    client.replace(FILE, 2, 'module a;\nstruct A { /* \U0001f600\u00e9 */ nope b; };\n')

    (found,) = client.published(FILE, 2)

    assert found["range"]["start"] == {"line": 1, "character": 21}


def test_edits_are_counted_in_utf_16(client: Client) -> None:
    client.replace(FILE, 2, "module a;\r\nstruct A { /* \U0001f600 */ nope b; };\r\n")
    client.change(FILE, 3, edit(1, 20, 24, "bool"))
    assert client.published(FILE, 3) == []

    client.change(FILE, 4, edit(1, 14, 16, "x"), edit(1, 19, 23, "nope"))
    (found,) = client.published(FILE, 4)
    assert found["range"]["start"] == {"line": 1, "character": 19}


def test_a_change_of_an_import_is_told_in_the_open_files_that_use_it(client: Client) -> None:
    client.open("lib/std/time.ipc")
    assert client.published("lib/std/time.ipc", 1) == client.published(FILE, 1) == []

    client.replace("lib/std/time.ipc", 2, "module std.time;\n[Stable] struct Tim { bool a; };\n")

    assert ids(client.next_published(FILE)) == ["IPC0024", "IPC0024"]


def test_importers_that_are_not_open_are_checked_too_and_cleared_at_the_end(
    client: Client,
) -> None:
    client.replace(FILE, 2, "module shop;\nstruct Nota {};\n")
    assert ids(client.published("src/user.ipc")) == ["IPC0024"]

    client.notify("textDocument/didClose", textDocument={"uri": client.uri(FILE)})

    assert client.next_published("src/user.ipc") == []


def test_unsaved_text_counts_and_is_forgotten_when_the_file_is_closed(client: Client) -> None:
    client.replace(FILE, 2, "struct {")
    assert client.published(FILE, 2) != []

    client.notify("textDocument/didClose", textDocument={"uri": client.uri(FILE)})

    assert client.next_published(FILE) == []


def test_a_file_that_is_not_on_disk_yet_is_checked(client: Client) -> None:
    client.open("src/new.ipc", 'import "shop.ipc";\nstruct A { shop.Note a; Nope b; };\n')

    assert ids(client.published("src/new.ipc", 1)) == ["IPC0024"]


def test_changes_on_disk_count_when_the_editor_tells(client: Client, shop: Path) -> None:
    assert client.published(FILE, 1) == []
    (shop / "lib/std/words.ipc").write_text("module words;\n", encoding="utf-8")

    changes = [{"uri": client.uri("lib/std/words.ipc"), "type": 2}]
    client.notify("workspace/didChangeWatchedFiles", changes=changes)

    assert ids(client.next_published(FILE)) == ["IPC0024"]


def test_labels_are_related_places(client: Client) -> None:
    client.replace(FILE, 2, "struct A { bool a; bool a; };\n")

    (found,) = client.published(FILE, 2)

    (related,) = found["relatedInformation"]
    assert related["location"]["uri"] == client.uri(FILE)
    assert related["location"]["range"]["start"] == {"line": 0, "character": 16}
    assert related["message"] == "first declared here"


def test_options_of_the_editor_win_over_the_settings_file(
    connect: Callable[..., Client], shop: Path
) -> None:
    (shop / ".ipcgen").write_text('{"roots": ["nowhere"]}', encoding="utf-8")
    lint = {"disable": ["docs"]}
    client = connect(
        initializationOptions={"roots": ["src", "lib"], "enable": ["is_linux"], "lint": lint}
    )

    client.open(FILE)
    assert client.published(FILE, 1) == []
    client.replace(FILE, 2, "[EnableIf=is_linux] struct A { nope a; };")
    assert ids(client.published(FILE, 2)) == ["IPC0024"]


def test_features_of_the_settings_file_are_enabled_when_it_is_saved(
    client: Client, shop: Path
) -> None:
    client.replace(FILE, 2, "[EnableIf=is_linux] struct A { nope a; };")
    assert client.published(FILE, 2) == []

    settings = {"roots": ["src", "lib"], "enable": ["is_linux"]}
    (shop / ".ipcgen").write_text(json.dumps(settings), encoding="utf-8")
    client.notify("textDocument/didSave", textDocument={"uri": client.uri(FILE)})

    assert ids(client.next_published(FILE)) == ["IPC0024"]


def test_findings_of_lint_are_warnings_and_follow_the_settings(client: Client, shop: Path) -> None:
    client.replace(FILE, 2, "module shop;\n// One.\nconst uint32 ONE = 1;\n")
    assert client.published(FILE, 2) == []

    (shop / ".ipcgen").write_text('{"roots": ["src", "lib"]}', encoding="utf-8")
    client.notify("textDocument/didSave", textDocument={"uri": client.uri(FILE)})

    (found,) = client.next_published(FILE)
    assert (found["code"], found["severity"], found["source"]) == ("constant-case", 2, "ipcgen")
    assert found["message"].endswith("\nhelp: call it `kOne`")
    assert found["range"]["start"] == {"line": 2, "character": 13}


def test_bad_settings_are_told_and_the_folder_is_the_root(
    connect: Callable[..., Client], shop: Path
) -> None:
    for text in ("{", "[]", '{"roots": "src"}', '{"enable": [1]}', '{"lint": {"disable": ["no"]}}'):
        (shop / ".ipcgen").write_text(text, encoding="utf-8")
        client = connect()
        client.open("lib/std/words.ipc")

        assert client.published("lib/std/words.ipc", 1) == []
        assert client.notifications[0]["method"] == "window/showMessage"


def test_a_file_outside_of_every_root_is_checked_by_itself(client: Client) -> None:
    client.open("elsewhere/b.ipc", "struct B {};\n")
    client.open("elsewhere/a.ipc", 'import "b.ipc";\nstruct A { B b; };\n')
    assert client.published("elsewhere/a.ipc", 1) == []

    client.replace("elsewhere/b.ipc", 2, "struct C {};\n")

    assert ids(client.next_published("elsewhere/a.ipc")) == ["IPC0024"]
