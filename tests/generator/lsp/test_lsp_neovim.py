"""A real editor: Neovim without a screen, set up as generator/editors/README.md says."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

from lsp_client import ROOT

EDITORS = ROOT / "generator/editors"


def setup() -> str:
    """The lines of the README: where the folder is, and the setup with keys."""
    text = (EDITORS / "README.md").read_text("utf-8")
    plain, with_keys = re.findall(r"```lua\n(.*?)```", text, re.DOTALL)
    return (plain.splitlines()[0] + "\n" + with_keys).replace("EDITORS", str(EDITORS))


def test_neovim_shows_what_the_server_says(shop: Path) -> None:
    (shop / "init.lua").write_text(setup())
    session = Path(__file__).with_name("neovim_session.lua")

    command = ["nvim", "--headless", "-n", "-i", "NONE", "-u", "init.lua", "-c", f"luafile {session}"]
    done = subprocess.run(command, cwd=shop, timeout=60, capture_output=True, text=True)

    lines = (shop / "session.txt").read_text().splitlines()
    assert done.returncode == 0, (lines, done.stderr)
    said = {name: json.loads(value) for name, value in (line.split(": ", 1) for line in lines)}
    assert "One note." in said.pop("hover")
    ((line, column, message),) = said.pop("diagnostics")
    assert (line, column) == (17, 2)
    assert "nothing here is called `uint65`" in message
    assert said == {
        "filetype": "ipc",
        "colours": {
            "// Notes": "ipcComment",
            "module": "ipcStatement",
            '"std/time': "ipcString",
            "as clock": "ipcStatement",
            "struct Note": "ipcStructure",
            "Stable": "ipcAttribute",
            "uint64 id": "ipcType",
            "max_bytes": "ipcConstraint",
            "@3": "ipcOrdinal",
            "2000": "ipcNumber",
            "invoke": "ipcVerb",
            "result": "ipcType",
            "edited": "",
        },
        "references": 4,
        "symbols": 5,
        "definition": ["lib/std/time.ipc", 6, 8],
        "clean": [],
        "completion": True,
        "renamed": [5, 0],
    }
