"""Names that only C++ would declare twice, across files and namespaces; in one file: IPC0111."""

from __future__ import annotations

import pytest
from generator.backends import cpp


def collisions(sources, **files: str) -> list[str]:
    """Messages about the last of some files, `a="module a; ..."` being a.ipc."""
    for name, text in files.items():
        sources.write(f"{name}.ipc", text)
    path = f"{name}.ipc"
    program = sources.program("", path)
    found = cpp.unsupported(program, program.module(path))
    return [one.message for one in found if one.id == "IPC0111"]


def test_type_is_not_called_like_a_namespace_that_is_included(sources):
    found = collisions(
        sources,
        inner="module a.b; struct T {};",
        outer='module a; import "inner.ipc"; struct b {}; struct c { a.b.T t; };',
    )

    assert found == ["in C++ `b` would be both the namespace of inner.ipc and struct `b`"]


def test_files_of_one_module_share_a_namespace_also_through_others(sources):
    found = collisions(
        sources,
        one="module a; struct Note { enum Kind { k0 }; };",
        two='module b; import "one.ipc"; struct T { a.Note note; };',
        three='module a; import "two.ipc"; struct Note_Kind { b.T t; };',
    )

    assert found == ["in C++ `Note_Kind` would be both enum `Kind` and struct `Note_Kind`"]


def test_same_name_in_two_namespaces_is_fine(sources):
    found = collisions(
        sources,
        one="module a; struct CIpcMain {};",
        two='module b; import "one.ipc"; channels C { send Put(a.CIpcMain c); };',
    )

    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "channels C { emit Put(); }; struct CIpcMain {};",
        "channels C {}; struct CIpcRenderer {};",
        "channels C { send Put(any... rest); }; const int32 CPutParams = 1;",
        "channels C { send Put(); }; struct CWebContents {}; struct CWebView {};",
        "channels C { ask Put() => (); relay Tell(); }; struct CIpcMain {}; struct CWebView {};",
        "channels C { ask On() => (); emit HandleOn(); host Told(); send OnTold(); };",
        "struct A { enum B { k0 }; B class; }; struct C { A a; string B; };",
        "channels C { send On(); send Once(); emit Changed(); };",
    ],
)
def test_what_is_not_generated_takes_no_name(sources, text):
    assert collisions(sources, test=text) == []
