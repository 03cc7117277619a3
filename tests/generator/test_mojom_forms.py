"""mojom's own language, form by form: what it has is accepted and stands in the program, what it
had once is refused with the form of today."""

from __future__ import annotations

import pytest

from generator import ir
from generator.source import SourceFile
from generator.syntax import ast, parse


def fields(sources, text: str) -> dict[str, ir.Field]:
    """The fields of the last struct."""
    return {field.name: field for field in sources.module(text).structs[-1].fields}


# Types.


@pytest.mark.parametrize("kind", ir.PrimitiveKind)
def test_primitives_are_plain_nullable_in_arrays_and_in_maps(sources, kind):
    name = kind.value
    found = fields(
        sources,
        f"struct S {{ {name} a; {name}? b; array<{name}?, 2> c; map<{name}, {name}?> d; }};",
    )

    plain = ir.Primitive(kind)
    maybe = ir.Nullable(plain)
    assert found["a"].type == plain and found["b"].type == maybe
    assert found["c"].type == ir.Array(maybe, 2)
    assert found["d"].type == ir.Map(plain, maybe)


@pytest.mark.parametrize("kind", ir.HandleKind)
def test_handles_of_every_kind(sources, kind):
    written = f"handle<{kind.value}>" if kind.value else "handle"

    found = fields(sources, f"struct S {{ {written} a; {written}? b; array<{written}> c; }};")

    assert found["a"].type == ir.Handle(kind)
    assert found["b"].type == ir.Nullable(ir.Handle(kind))
    assert found["c"].type == ir.Array(ir.Handle(kind))


@pytest.mark.parametrize("kind", ir.PendingKind)
def test_ends_of_interfaces_also_of_another_file(sources, kind):
    sources.write("door.ipc", "module door; interface Door { Open(); };")
    written = f"{kind.value}<door.Door>"

    found = fields(sources, f'import "door.ipc"; struct S {{ {written} a; {written}? b; }};')

    end = ir.Pending(kind, "door.ipc", "door.Door")
    assert found["a"].type == end and found["b"].type == ir.Nullable(end)


@pytest.mark.parametrize(
    ("key", "accepted"),
    [
        ("string", True),
        ("bool", True),
        ("double", True),
        ("E", True),
        ("T", True),
        ("U", True),
        ("string?", False),
        ("array<bool>", False),
        ("map<bool, bool>", False),
        ("handle", False),
        ("any", False),
        ("pending_remote<I>", False),
    ],
)
def test_keys_of_maps(sources, key, accepted):
    text = f"""
        enum E {{ kA }}; struct T {{}}; union U {{ bool b; }}; interface I {{}};
        struct S {{ map<{key}, bool> m; }};
        """

    assert sources.ids(text) == ([] if accepted else ["IPC0040"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("I&", "pending_receiver<I>"),
        ("I&?", "pending_receiver<I>"),
        ("I?&", "pending_receiver<I>?"),
        ("a.b.I&", "pending_receiver<a.b.I>"),
        ("associated I", "pending_associated_remote<I>"),
        ("associated I?", "pending_associated_remote<I>"),
        ("associated I&", "pending_associated_receiver<I>"),
        ("associated a.b.I&", "pending_associated_receiver<a.b.I>"),
        ("interface I", "pending_remote<I>"),
        ("interface I&", "pending_receiver<I>"),
    ],
)
@pytest.mark.parametrize(
    "place",
    [
        "struct S {{ {0} a; }};",
        "union U {{ {0} a; }};",
        "struct S {{ array<{0}> a; }};",
        "struct S {{ map<string, {0}> a; }};",
        "interface J {{ M({0} a, bool b) => ({0} a); }};",
    ],
)
def test_form_of_old_names_the_form_of_today(old, new, place):
    found = parse(SourceFile("test.ipc", place.format(old)))[1]

    assert found and {(one.id, one.help) for one in found} == {("IPC0011", f"write `{new}`")}


def test_interface_by_itself_is_no_value(sources):
    sources.write("test.ipc", "interface I {}; struct S { array<I> a; };")

    (found,) = sources.analyze("test.ipc").diagnostics

    assert (found.id, found.help) == (
        "IPC0054",
        "write `pending_remote<I>` or `pending_receiver<I>`",
    )


# Definitions.


def test_consts_and_enums_nest_and_are_reached_from_outside_and_across_imports(sources):
    sources.write(
        "base.ipc",
        """
        module base;
        struct S { const uint32 kMost = 7; enum Kind { kA, kB = kMost }; };
        interface I { const string kName = "i"; enum Way { kIn = 3 }; };
        """,
    )

    found = fields(
        sources,
        """
        module base.user;
        import "base.ipc";
        struct T {
          base.S.Kind a = base.S.Kind.kB;
          base.S.Kind? b;
          base.I.Way c = kIn;
          uint32 d = base.S.kMost;
          string e = base.I.kName;
        };
        """,
    )

    kind = ir.EnumRef("base.ipc", "base.S.Kind")
    assert found["a"].type == kind and found["a"].default.scalar.number == 7
    assert found["b"].type == ir.Nullable(kind)
    assert found["c"].default.scalar == ir.EnumConstant("base.ipc", "base.I.Way", "kIn", 3)
    assert found["d"].default == ir.Value(7, "base.ipc", "base.S.kMost")
    assert found["e"].default.scalar == "i"


def test_short_name_of_an_enums_value_is_found_behind_import_as(sources):
    sources.write("base.ipc", "module very.long; enum Kind { kA, kB };")

    found = fields(sources, 'import "base.ipc" as b; struct S { b.Kind kind = kB; };')

    assert found["kind"].default.scalar.name == "kB"


def test_constant_in_scope_comes_before_the_value_of_the_enum(sources):
    module = sources.module(
        "enum Kind { kA, kB }; const Kind kB = Kind.kA; struct S { Kind kind = kB; };"
    )

    assert module.structs[0].fields[0].default.scalar.name == "kA"


def test_inner_name_hides_the_outer_one(sources):
    found = fields(
        sources,
        """
        const uint32 kMost = 3; enum Kind { kA };
        struct S {
          const uint32 kMost = 4; enum Kind { kA = 9 };
          string(max_bytes=kMost) text; Kind kind = Kind.kA; uint32 most = kMost;
        };
        """,
    )

    assert found["text"].type.constraints.max_bytes == 4
    assert found["kind"].default.scalar.number == 9
    assert found["most"].default.scalar == 4


@pytest.mark.parametrize("name", ["string", "handle", "bool", "uint8", "double"])
@pytest.mark.parametrize("word", ["struct {} {{}};", "enum {} {{ kA }};", "type {} = any;"])
def test_no_declaration_hides_a_builtin_type(sources, name, word):
    assert sources.ids(word.format(name)) == ["IPC0063"]


@pytest.mark.parametrize("name", ["map", "array", "any", "result", "stream", "pending_remote"])
def test_words_that_need_arguments_are_names_without(sources, name):
    text = f"enum {name} {{ kA }}; struct S {{ {name} {name}; array<{name}> b; }};"

    found = fields(sources, text)

    assert found[name].type == ir.EnumRef("test.ipc", name)


def test_native_types_are_named_and_hold_nothing(sources):
    module = sources.module(
        "[Native] struct Bitmap; [Native] enum Mode; struct S { Bitmap b; Mode m; };"
    )

    assert module.structs[0].native and module.structs[0].fields == ()
    assert module.enums[0].native and module.enums[0].values == ()


def test_feature_stands_in_the_program(sources):
    module = sources.module(
        'feature kFancy { const string name = "Fancy"; const bool default_state = false; };'
    )

    (feature,) = module.features
    assert [(const.name, const.value.scalar) for const in feature.consts] == [
        ("name", "Fancy"),
        ("default_state", False),
    ]


def test_interface_stands_in_the_program(sources):
    module = sources.module(
        """
        [Stable] interface Door {
          [Sync] Knock(uint8 times, [MinVersion=2] string? who) => (bool heard);
          Open@7() => result<string, bool>;
          [MinVersion=2] Close();
          Lock() => ();
        };
        """
    )

    (door,) = module.interfaces
    knock, open_, close, lock = door.methods
    assert door.stable and [method.ordinal for method in door.methods] == [0, 7, 8, 9]
    assert knock.sync and knock.params.fields[1].min_version == 2
    assert open_.response == ir.Result(ir.String(), ir.Primitive(ir.PrimitiveKind.BOOL))
    assert close.response is None and close.min_version == 2
    assert lock.response == ir.Params(())


@pytest.mark.parametrize(
    ("type", "accepted"),
    [
        ("bool", True),
        ("int64", True),
        ("string?", True),
        ("T?", True),
        ("array<bool>?", True),
        ("string", False),
        ("double", False),
        ("T", False),
        ("E", False),
    ],
)
def test_default_field_of_a_union_has_a_value_to_begin_with(sources, type, accepted):
    text = f"""
        enum E {{ kA }}; struct T {{}};
        [Extensible] union U {{ [Default] {type} a; uint8 b; }};
        """

    assert sources.ids(text) == ([] if accepted else ["IPC0047"])


def test_extensible_enum_has_one_default_or_keeps_what_it_does_not_know(sources):
    assert sources.ids("[Extensible] enum E { [Default] kA, kB };") == []
    assert sources.ids("[Extensible] enum E { kA, kB };") == []
    assert sources.ids("[Extensible] enum E { [Default] kA, [Default] kB };") == ["IPC0047"]
    assert sources.ids("enum E { [Default] kA, kB };") == ["IPC0047"]


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("enum E { kA = 2147483647, kB = -2147483648 };", None),
        ("enum E { kA = 2147483648 };", "IPC0028"),
        ("enum E { kA = -2147483649 };", "IPC0028"),
        ("enum E { kA = 2147483647, kB };", "IPC0028"),
        ("const int64 kBig = 2147483648; enum E { kA = kBig };", "IPC0028"),
        ("enum E { kA = 1.5 };", "IPC0028"),
        ("enum E { kA = true };", "IPC0028"),
        ("enum E { kA = kB, kB = kA };", "IPC0026"),
    ],
)
def test_value_of_an_enum_is_an_int32(sources, text, id):
    assert sources.ids(text) == ([id] if id else [])


# Defaults.


def test_nullable_fields_have_defaults_too(sources):
    found = fields(
        sources,
        'struct T {}; struct S { int32? a = 1; string? b = "x"; T? c = default; T d = default; };',
    )

    assert found["a"].default == ir.Value(1) and found["b"].default == ir.Value("x")
    assert found["c"].default == found["d"].default == ir.Value(ir.DefaultConstructed())


def test_zeroes_keep_their_sign(sources):
    found = fields(sources, "struct S { double a = -0.0; float b = -0.0; double c = 0; };")

    assert [str(found[name].default.scalar) for name in "abc"] == ["-0.0", "-0.0", "0.0"]


def test_whole_number_written_as_a_fraction_says_how_to_write_it(sources):
    sources.write("test.ipc", "struct S { int32 a = 2.0; };")

    (found,) = sources.analyze("test.ipc").diagnostics

    assert (found.id, found.help) == ("IPC0028", "write 2")


# Conditions.


def test_every_kind_of_node_can_depend_on_a_feature(sources):
    sources.write("mac.ipc", "struct Mac {};")
    text = """
        [EnableIf=x] import "mac.ipc";
        [EnableIf=x] const bool kC = true;
        [EnableIf=x] feature kF {};
        [EnableIf=x] type T = bool;
        [EnableIf=x] channels C {};
        enum E { kA, [EnableIf=x] kB };
        union U { bool a; [EnableIf=x] bool b; };
        struct S { [EnableIf=x] const bool kC = true; [EnableIf=x] enum E { kA }; };
        interface I { [EnableIf=x] M(); N([EnableIf=x] bool a) => ([EnableIf=x] bool b); };
        channels D { [EnableIf=x] send M(); };
        """
    sources.write("test.ipc", text)

    def everything(features: frozenset[str]) -> list[ast.Definition]:
        compilation = sources.analyze("test.ipc", features=features)
        assert compilation.diagnostics == []
        return compilation.units[-1].tree.definitions

    enum, union, struct, interface, channels = everything(frozenset())
    assert (len(enum.values), len(union.fields), struct.consts, struct.enums) == (1, 1, (), ())
    assert [method.name.text for method in interface.methods] == ["N"]
    assert interface.methods[0].params == interface.methods[0].response.params == ()
    assert channels.members == ()
    assert len(everything(frozenset("x"))) == 9


@pytest.mark.parametrize("path", ["w.Font", "w.Font.Style", "w.Way.kMac", "w.kLimit"])
def test_name_that_the_build_lacks_is_told_from_one_that_nobody_declares(sources, path):
    sources.write(
        "w.ipc",
        """
        module w;
        [EnableIf=mac] struct Font { enum Style { kBold }; };
        enum Way { kOne, [EnableIf=mac] kMac };
        [EnableIfNot=linux] const int32 kLimit = 3;
        """,
    )
    as_value = path[2] == "k" or ".k" in path
    use = f"int32 a = {path};" if as_value else f"{path} a;"
    sources.write("test.ipc", f'import "w.ipc"; struct S {{ {use} }};')

    compilation = sources.analyze("test.ipc", features=frozenset({"linux"}))

    (found,) = compilation.diagnostics
    assert found.id == "IPC0062"
    assert "EnableIf" in found.labels[0].span.text
