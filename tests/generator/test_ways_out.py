"""What newcomers write, and the one message that each gets: what is wrong, and the way out."""

from __future__ import annotations

import pytest

BRACKETS = "an array is not written with brackets"
DOTS = "names are joined by `.`, not by `::`"
CALLS = ("expected `;`, found `(`", "calls stand in channels: `channels Name { ... };`")
HASH = "a comment begins with `//`, not with `#`"

_NO_NAME = "expected a parameter's name, found"
_IN_CHANNELS = {
    "invoke B() -> (int32 x);": (
        "expected `=>` before an answer, found `->`",
        "write `=>`",
    ),
    "invoke B() (int32 x);": (
        "expected `=>` before an answer, found `(`",
        "put `=>` before it",
    ),
    "send B(string);": (
        f"{_NO_NAME} `)`",
        "a parameter has a type and a name: `string name`",
    ),
    "send B(array<string>, int32 x);": (
        f"{_NO_NAME} `,`",
        "a parameter has a type and a name: `array<string> name`",
    ),
    "invoke B() => result<string>;": (
        "expected `,` between the types of a result, found `>`",
        "a result has two types, the value and the error: `result<string, E>`",
    ),
    '[MaxBytes=3] [Note="x"] send B();': (
        "attributes stand in one list",
        'write `[MaxBytes=3, Note="x"]`',
    ),
    "send B(int32 x = 3);": (
        "a parameter has no default value",
        "remove it: only the fields of structs have defaults",
    ),
    "[DeadlineMs=-5] invoke B() => ();": (
        "`DeadlineMs` takes a positive number of milliseconds",
        "write `[DeadlineMs=1]`",
    ),
    "[MaxBytes=-5] send B();": (
        "`MaxBytes` takes a positive number of bytes",
        "write `[MaxBytes=1]`",
    ),
}
_IN_A_STRUCT = {
    "invoke B() => ();": CALLS,
    "send B(string x);": CALLS,
    "int32[] x;": (BRACKETS, "write `array<int32>`"),
    "any[]? x;": (BRACKETS, "write `array<any>`"),
    "int[4] x;": (BRACKETS, "write `array<int32, 4>`"),
    "int32[][] x;": (BRACKETS, "write `array<int32>`"),
    "string x[4];": (BRACKETS, "write `array<string, 4>`"),
    "vector<int32> x;": ("`vector` takes no arguments", "write `array<int32>`"),
    "optional<string> x;": ("`optional` takes no arguments", "write `string?`"),
    "vector<optional<int>>? x;": ("`vector` takes no arguments", "write `array<int32?>`"),
    "Dict<str, list<Foo>> x;": ("`Dict` takes no arguments", "write `map<string, array<Foo>>`"),
    "Box<string> x;": ("`Box` takes no arguments", "array, map, handle and pending_* take some"),
    "std::string x;": (DOTS, "write `string`"),
    "std::vector<std::string> x;": (DOTS, "write `array<string>`"),
    "map<string, std::optional<bool>> x;": (DOTS, "write `bool?`"),
    "notes::Note x;": (DOTS, "write `notes.Note`"),
    "Kind x = Kind::kText;": (DOTS, "write `Kind.kText`"),
    "string x @ 0;": ("an ordinal is written in one piece", "write `@0`"),
    "string x;  # what it is": (HASH, "write `// what it is`"),
    "string x = 'a';": ("strings stand in double quotes", 'write `"a"`'),
    "string x = 'a;": ("strings stand in double quotes", 'write `"` at both ends'),
    "Kind x = Kind.kA;": ("nothing here is called `Kind.kA`", "`Kind` has kText, kTask"),
    "Kind x = Kind.kTsk;": ("nothing here is called `Kind.kTsk`", "did you mean `Kind.kTask`?"),
    "Color x;": ("nothing here is called `Color`", "did you mean `colors.Color`?"),
}
_IN_A_FILE = {
    "union U { int32 x = 3; };": (
        "a union's field has no default value",
        "remove it: only the fields of structs have defaults",
    ),
    "union U { send B(int32 x); };": CALLS,
    "channels C = c { send B(); };": (
        "expected a prefix in quotes, found `c`",
        "put it in double quotes",
    ),
    "[DeadlineMs=5] channels C { send B(); };": (
        "`DeadlineMs` means nothing on channels",
        "it belongs on a member of channels (invoke, sync, ask)",
    ),
    'import "colors.ipc;': ("this string has no closing quote", 'end it with `"` on the same line'),
    "import 'colors.ipc';": ("strings stand in double quotes", 'write `"colors.ipc"`'),
    "# hello": (HASH, "write `// hello`"),
    '#include "colors.ipc"': (HASH, 'write `// include "colors.ipc"`'),
}


def _whole(written: str) -> str:
    """A file around a mistake."""
    before = 'import "colors.ipc" as colors; enum Kind { kText, kTask };\n'
    if written in _IN_CHANNELS:
        return f"{before}channels C {{\n{written}\n}};"
    return f"{before}struct A {{\n{written}\n}};" if written in _IN_A_STRUCT else written


@pytest.mark.parametrize("written", [*_IN_CHANNELS, *_IN_A_STRUCT, *_IN_A_FILE])
def test_mistake_is_told_once_with_the_way_out(sources, written):
    sources.write("colors.ipc", "module paint; enum Color { kRed };")
    sources.write("test.ipc", _whole(written))

    found = sources.analyze("test.ipc").diagnostics

    expected = (_IN_CHANNELS | _IN_A_STRUCT | _IN_A_FILE)[written]
    assert [(one.message, one.help) for one in found] == [expected]


def test_field_with_brackets_is_there_nevertheless(sources):
    sources.write("test.ipc", "struct A {\n  int32[] a;\n  string b[4];\n  bool a;\n};")

    found = sources.analyze("test.ipc").diagnostics

    assert [one.id for one in found] == ["IPC0010", "IPC0010", "IPC0023"]
