"""What bounds values, and what is kept from being used again."""

from __future__ import annotations

import pytest

# Constraints.


@pytest.mark.parametrize(
    ("type", "constraint", "accepted"),
    [
        ("uint8", "min=1, max=200", True),
        ("int64", "min=-9223372036854775808", True),
        ("float", "min=-1.5, max=1e3", True),
        ("double", "max=kMost", True),
        ("string", 'min_bytes=1, max_bytes=kMost, pattern="[a-z]+"', True),
        ("any", "max_bytes=100", True),
        ("array<bool>", "min=1, max=kMost", True),
        ("array<uint8>", "max=3", True),
        ("map<string(max_bytes=3), int8(min=0)>", "max=10", True),
        ("T", "max_bytes=3", True),
        ("bool", "min=1", False),
        ("string", "max=3", False),
        ("array<bool>", "max_bytes=3", False),
        ("array<bool, 3>", "max=3", False),
        ("any", "min=3", False),
        ("handle", "min=1", False),
        ("S", "min=1", False),
        ("E", "min=1", False),
        ("double", 'pattern="x"', False),
    ],
)
def test_constraint_stands_on_what_it_can_bound(sources, type, constraint, accepted):
    text = f"""
        const uint32 kMost = 9; enum E {{ kA }}; struct S {{}}; type T = string(min_bytes=1);
        struct Holder {{ {type}({constraint}) a; }}; channels C {{ send M({type}({constraint}) a); }};
        """

    expected = [] if accepted else ["IPC0043", "IPC0043"]
    assert [id for id in sources.ids(text) if id != "IPC0055"] == expected


def test_constants_lie_within_their_own_bounds(sources):
    assert sources.ids("const uint8(min=3) kA = 3; const string(max_bytes=2) kB = \"ab\";") == []
    assert sources.ids("const uint8(min=3) kA = 2; const string(max_bytes=1) kB = \"ab\";") == [
        "IPC0028",
        "IPC0028",
    ]


# Reserved.


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ('struct S { reserved @1..@2, "old"; bool a@0; bool b@3; };', None),
        ("struct S { reserved @0; bool a@0; };", "IPC0033"),
        ('struct S { reserved "a"; bool a; };', "IPC0034"),
        ("struct S { reserved @2..@1; bool a; };", "IPC0059"),
        ("struct S { reserved @1, @0..@3; bool a; };", "IPC0059"),
        ("struct S { bool a@0; bool b@2; };", "IPC0032"),
        ("union U { reserved @1; bool a@0; bool b@2; };", None),
        ("union U { reserved @0; bool a@0; };", "IPC0033"),
        ('enum E { reserved 1, -3..-2, "kOld"; kA = 2 };', None),
        ("enum E { reserved 0; kA };", "IPC0033"),
        ('enum E { reserved "kA"; kA };', "IPC0034"),
        ('channels C { reserved @1, "Old"; send A@0(); send B@2(); };', None),
        ("channels C { reserved @0; send A@0(); };", "IPC0033"),
        ('channels C { reserved "A"; send A(); };', "IPC0034"),
    ],
)
def test_what_is_reserved_is_not_used_again(sources, text, id):
    assert sources.ids(text) == ([id] if id else [])


def test_gap_between_parameters_is_closed_for_they_have_nothing_reserved(sources):
    sources.write("test.ipc", "channels C { send M(bool a@0, bool b@2); };")

    (found,) = sources.analyze("test.ipc").diagnostics

    assert (found.id, found.help) == ("IPC0032", "give `b` @1")
