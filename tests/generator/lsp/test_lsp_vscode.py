"""The VS Code extension and the real server, with a stand-in for VS Code's API between them."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from lsp_client import ROOT

EXTENSION = ROOT / "generator/editors/vscode"
SESSION = Path(__file__).with_name("vscode_session.js")


def run(shop: Path, extension: Path = EXTENSION) -> dict:
    command = ["node", SESSION, extension]
    done = subprocess.run(command, cwd=shop, timeout=60, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _place(line: int, start: int, end: int) -> list[dict]:
    return [{"line": line, "character": start}, {"line": line, "character": end}]


def _lines(start: int, end: int) -> list[dict]:
    return [{"line": start, "character": 0}, {"line": end, "character": 0}]


def test_the_extension_gives_vs_code_what_the_server_says(shop: Path) -> None:
    said = run(shop)

    assert "One note." in said.pop("hover")
    (message,) = said.pop("diagnostics")
    assert "nothing here is called `uint65`" in message
    (uri, where) = said.pop("definition")
    assert (uri["text"], where) == ((shop / "lib/std/time.ipc").as_uri(), _place(5, 7, 11))
    assert said == {
        "nothing": None,
        "references": 4,
        "highlights": [2, 1, 1],
        "symbols": [["kMax", 0], ["Kind", 2], ["Note", 6], ["Error", 2], ["Notes", 2]],
        "placeholder": "Note",
        "renamed": [["shop.ipc", 3], ["user.ipc", 1]],
        "refused": "Error: `1` is not a name: letters, digits and `_`, no digit first",
        "formatted": [[_lines(17, 18), "  uint64 id@0;\n"]],
        "completion": [["Kind", 12], _place(22, 2, 4), "Kind"],
        "restarted": True,
        "after": "Error: there is no server",
        "said": [],
    }


def test_the_extension_is_found_through_a_link_and_finds_the_compiler(shop: Path) -> None:
    (shop / "extensions").mkdir()
    (shop / "extensions/ipc").symlink_to(EXTENSION)

    assert run(shop, shop / "extensions/ipc")["restarted"]


def test_a_server_that_ends_is_told_with_what_it_said(shop: Path) -> None:
    """An `ipcgen` that is none, beside a copy of the extension."""
    copied = shop / "editors/vscode"
    copied.mkdir(parents=True)
    for file in EXTENSION.glob("*.js"):
        (copied / file.name).write_text(file.read_text())
    (shop / "ipcgen").write_text("#!/bin/sh\necho no python here >&2\n")
    os.chmod(shop / "ipcgen", 0o755)

    script = f"""\
    const Module = require("module");
    const fake = require({json.dumps(str(SESSION.with_name("fake_vscode.js")))});
    const load = Module._load;
    Module._load = (name, ...rest) => (name === "vscode" ? fake.vscode : load(name, ...rest));
    fake.vscode.window.showErrorMessage = async (text) => console.log(text);
    require({json.dumps(str(copied))} + "/extension.js").activate({{ subscriptions: [] }});
    """
    done = subprocess.run(
        ["node", "-e", script], cwd=shop, timeout=60, capture_output=True, text=True
    )

    assert done.stdout.strip().endswith("/ipcgen lsp: no python here")


@pytest.mark.parametrize("path", ["package.json", "language-configuration.json"])
def test_what_the_extension_declares_is_there(path: str) -> None:
    declared = json.loads((EXTENSION / path).read_text("utf-8"))

    for value in _texts(declared):
        if value.startswith("./"):
            assert (EXTENSION / value).is_file(), value


def _texts(node: object) -> list[str]:
    if isinstance(node, dict):
        return [text for value in node.values() for text in _texts(value)]
    if isinstance(node, list):
        return [text for value in node for text in _texts(value)]
    return [node] if isinstance(node, str) else []
