"""The first error that the compiler prints of a usual mistake is a sentence that says what to do."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

SOURCE = """\
#include "samples/notes/notes.ipc.h"

void Use(ipc::IpcMain& ipc_main, ipc::IpcRenderer& ipc_renderer, const notes::Note& note) {{
  (void)ipc_main, (void)ipc_renderer, (void)note;
  {statement}
}}
"""

LISTENER = "a listener is called as (event, const ipc::Args&)"
ARGUMENT = "an argument is something that an ipc::Value is made from"

MISTAKES = {
    "an argument that is a struct": (
        'ipc_renderer.Send("save", note).IgnoreError();',
        ARGUMENT,
    ),
    "options among the arguments": (
        '(void)ipc_renderer.Invoke("save", 1, ipc::CallOptions(ipc::milliseconds(5)));',
        ARGUMENT,
    ),
    "a listener in main without the event": (
        'ipc_main.On("save", [](const ipc::Args&) {});',
        LISTENER,
    ),
    "a listener in a renderer with the event of main": (
        'ipc_renderer.On("saved", [](ipc::IpcMainEvent&, const ipc::Args&) {});',
        LISTENER,
    ),
    "a listener that promises": (
        'ipc_main.On("save", [](auto&, const ipc::Args&) { return ipc::Promise<int>(1); });',
        "nobody waits for what a listener promises",
    ),
    "a handler without the arguments": (
        'ipc_main.Handle("save", [](ipc::IpcMainInvokeEvent&) { return ipc::Value(); }).IgnoreError();',
        "a handler is called as (event, const ipc::Args&), where the event is an "
        "ipc::IpcMainInvokeEvent& in main and an ipc::IpcRendererInvokeEvent& in a renderer",
    ),
    "a handler that returns nothing": (
        'ipc_main.Handle("save", [](ipc::IpcMainInvokeEvent&, const ipc::Args&) {}).IgnoreError();',
        "a handler returns what an ipc::Value is made from",
    ),
    "a promise that is continued in place": (
        'auto sum = ipc_renderer.Invoke("add", 1, 2); sum.Then([](absl::StatusOr<ipc::Value>) {});',
        "Then() uses the promise up: std::move(promise).Then(...)",
    ),
    "a continuation with the value alone": (
        'ipc_renderer.Invoke("add", 1, 2).Then([](ipc::Value) {});',
        "what continues a Promise<T> is called with an absl::StatusOr<T>",
    ),
    "a continuation of nothing with a value": (
        "ipc::Resolver<void>().promise().Then([](int) {});",
        "what continues a Promise<void> is called with an absl::Status",
    ),
}

RIGHT = """\
ipc_renderer.Send("save", 1, "two", 3.0, nullptr, ipc::ToJsonValue(note)).IgnoreError();
  ipc_main.On("save", [](auto& event, auto& args) { event.SetReturnValue(args[0]); });
  ipc_renderer.On("saved", [](ipc::IpcRendererEvent&, ipc::Args) { return 1; });
  ipc_main.Handle("one", [](auto&, const ipc::Args&) { return 1; }).IgnoreError();
  ipc_main.Handle("text", [](auto&, const ipc::Args&) { return "text"; }).IgnoreError();
  ipc_main.Handle("none", [](auto&, const ipc::Args&) { return absl::OkStatus(); }).IgnoreError();
  ipc_main.Handle("late", [](auto&, const ipc::Args&) {
    return ipc::Resolver<ipc::Value>().promise();
  }).IgnoreError();
  ipc_renderer.Invoke("add").Then([](const absl::StatusOr<ipc::Value>&) {});
  (void)ipc_renderer.Invoke("add").Then([](const ipc::Value& sum) { return sum.int64(); });
  ipc::Resolver<void>().promise().Then([](const absl::Status&) {});
  ipc::IpcMain::Listener listener = [](ipc::IpcMainEvent&, const ipc::Args&) {};
  ipc_main.Once("save", std::move(listener));"""


def errors_of(statement: str, folder: Path) -> list[str]:
    (folder / "use.cc").write_text(SOURCE.format(statement=statement))
    generated = ROOT / os.environ["IPC_OUT_DIR"] / "gen"
    compiled = subprocess.run(
        ["g++", "-std=c++20", "-Wall", "-Wextra", "-fsyntax-only", f"-I{ROOT}", f"-I{generated}", "use.cc"],
        cwd=folder, text=True, capture_output=True, timeout=60,
    )
    return re.findall(r"error: (.*)", compiled.stderr)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_first_error_says_what_to_do(mistake, tmp_path):
    statement, sentence = MISTAKES[mistake]

    errors = errors_of(statement, tmp_path)

    assert errors and errors[0].startswith(f"static assertion failed: {sentence}")


def test_what_is_right_compiles(tmp_path):
    assert errors_of(RIGHT, tmp_path) == []
