"""Names that only the fakes of C++ would declare twice: IPC0111."""

from __future__ import annotations

import pytest
from generator.backends import cpp, cpp_fakes


def collisions(sources, text: str) -> list[str]:
    program = sources.program(text)
    module = program.module("test.ipc")
    assert [one for one in cpp.unsupported(program, module) if one.id == "IPC0111"] == []
    return [one.message for one in cpp_fakes.unsupported(program, module)]


@pytest.mark.parametrize(
    "text, name",
    [
        ("channels C { send Put(); }; struct FakeCIpcMain {};", "FakeCIpcMain"),
        ("channels C { emit Put(); }; struct FakeCIpcRenderer {};", "FakeCIpcRenderer"),
        ("channels C { host Put(); }; enum FakeCWebView { k0 };", "FakeCWebView"),
        ("channels C { send Put(); send PutFake(); };", "PutFake"),
        ("channels C { send calls(); };", "calls"),
        ("channels C { send calls(); emit Put(); };", "calls"),
        ("channels C { send on_put(); emit Put(); };", "on_put"),
        ("channels C { send on_put(); send Put(); };", "on_put"),
        ("channels C { send PutURL(); send PutUrl(); };", "on_put_url"),
        ("channels C { send Put(int32 on_put_); };", "on_put_"),
    ],
)
def test_a_name_of_the_fakes_is_refused(sources, text, name):
    found = collisions(sources, text)

    assert found and all(f"`{name}" in message for message in found)


@pytest.mark.parametrize(
    "text",
    [
        "channels C { send Put(); }; struct FakeCIpcRenderer {}; struct FakeCWebView {};",
        "channels C { send Put(int32 put, int32 event, int32 calls); emit Put2(); };",
        "struct PutFake {}; channels C { send Put(PutFake on_put); };",
        "struct calls {}; channels C { invoke Put(calls calls) => (calls calls); };",
    ],
)
def test_other_names_are_fine(sources, text):
    assert collisions(sources, text) == []
