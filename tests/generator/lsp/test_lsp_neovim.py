"""A real editor: Neovim without a screen, set up as generator/editors/README.md says."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from lsp_client import ROOT

SETUP = """\
vim.opt.runtimepath:append([[{editors}]])
require("ipc").setup()
"""


def test_neovim_shows_what_the_server_says(shop: Path) -> None:
    setup = shop / "init.lua"
    setup.write_text(SETUP.format(editors=ROOT / "generator/editors/nvim"))
    session = Path(__file__).with_name("neovim_session.lua")

    command = ["nvim", "--headless", "-n", "-i", "NONE", "-u", setup, "-c", f"luafile {session}"]
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
        "references": 4,
        "symbols": 5,
        "definition": ["lib/std/time.ipc", 6, 8],
        "clean": [],
        "completion": True,
        "renamed": [5, 0],
        "formatted": "const uint32 kMax = 120;",
    }
