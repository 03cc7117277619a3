"""A workspace on disk and sessions over it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lsp_client import Client

from generator.lint import RULES

NOTES = """\
// Notes of a small shop.
module shop;

import "std/time.ipc" as clock;
import "std/words.ipc";

/// The longest title.
const uint32 kMax = 120;

/// What it is about.
[Stable, Extensible]
enum Kind { [Default] kText = 0, kTask = 1 };

/// One note.
[Stable]
struct Note {
  /// Given by main.
  uint64 id@0;
  string(max_bytes=kMax) title@1;
  Kind kind@2 = Kind.kText;
  clock.Time? edited@3;
  words.Word? word@4;
  Kind other@5 = kTask;
};

union Error { string missing; Kind kind; };

channels Notes = "notes" {
  /// The note with that id.
  [DeadlineMs=2000]
  invoke Read(uint64 id) => result<Note, Error>;
  emit Changed(Note note, clock.Time at);
};
"""
TIME = """\
/// Moments.
module std.time;

/// A moment.
[Stable]
struct Time { int64 microseconds@0; };
"""
WORDS = "module words;\n\n[Stable]\nstruct Word { string text@0; };\n"
USER = 'module user;\n\nimport "shop.ipc" as store;\n\nstruct Box { array<store.Note> notes; };\n'
LINT_OFF = {"lint": {"disable": list(RULES)}}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder of files that import each other, found from roots `src` and `lib`; lint is off."""
    return write_shop(tmp_path)


def write_shop(folder: Path) -> Path:
    for path, text in {
        "src/shop.ipc": NOTES,
        "src/user.ipc": USER,
        "lib/std/time.ipc": TIME,
        "lib/std/words.ipc": WORDS,
        ".ipcgen": json.dumps({"roots": ["src", "lib"], **LINT_OFF}),
    }.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def end(client: Client) -> None:
    """Ends a session, which has to end well unless the test has ended it."""
    try:
        if client.process.poll() is None:
            assert client.close() == 0
    finally:
        client.process.kill()
        client.process.wait()


@pytest.fixture
def connect(shop: Path) -> Iterator[Callable[..., Client]]:
    """Opens sessions over the shop."""
    clients: list[Client] = []

    def connect(**initialize: object) -> Client:
        clients.append(Client(shop, **initialize))
        return clients[-1]

    yield connect
    for client in clients:
        end(client)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A session with shop.ipc open that tests share; they leave the text alone or replace it."""
    client = Client(write_shop(tmp_path_factory.mktemp("shop")))
    client.open("src/shop.ipc")
    yield client
    end(client)


@pytest.fixture
def client(connect: Callable[..., Client]) -> Client:
    """A session with shop.ipc open."""
    client = connect()
    client.open("src/shop.ipc")
    return client
