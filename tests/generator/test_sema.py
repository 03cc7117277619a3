"""What names, values, ordinals, versions and channels come to."""

from __future__ import annotations

import math

import pytest

from generator import ir


def consts(module: ir.Module) -> dict[str, object]:
    return {const.name: const.value.scalar for const in module.consts}


def field(module: ir.Module, name: str) -> ir.Field:
    return next(item for item in module.structs[-1].fields if item.name == name)


# Names.


def test_name_is_looked_up_from_the_inside_out(sources):
    module = sources.module(
        """
        module a.b;
        enum Kind { kOuter };
        struct S { enum Kind { kInner }; Kind near; a.b.Kind far; };
        """
    )

    assert field(module, "near").type == ir.EnumRef("test.ipc", "a.b.S.Kind")
    assert field(module, "far").type == ir.EnumRef("test.ipc", "a.b.Kind")


def test_import_shows_its_own_names_only(sources):
    sources.write("deep.ipc", "module deep; struct Deep {};")
    sources.write("middle.ipc", 'module middle; import "deep.ipc"; struct Middle { deep.Deep d; };')

    assert sources.ids('import "middle.ipc"; struct S { middle.Middle m; };') == []
    assert sources.ids('import "middle.ipc"; struct S { deep.Deep d; };') == ["IPC0024"]


def test_import_as_is_reached_by_that_name_only(sources):
    sources.write("other.ipc", "module very.long.name; struct Other {};")

    start = 'import "other.ipc" as o; struct S '
    assert sources.ids(start + "{ o.Other o; };") == []
    assert sources.ids(start + "{ very.long.name.Other o; };") == ["IPC0024"]


def test_files_of_one_module_see_each_other_without_its_name(sources):
    sources.write("other.ipc", "module shop; struct Other {};")

    assert sources.ids('module shop; import "other.ipc"; struct S { Other o; };') == []


def test_same_name_in_two_files_used_together_is_refused(sources):
    sources.write("other.ipc", "module shop; struct S {};")

    assert sources.ids('module shop; import "other.ipc"; struct S {};') == ["IPC0023"]


def test_importing_a_file_twice_does_no_harm(sources):
    sources.write("other.ipc", "module shop; struct S {};")

    assert sources.ids('import "other.ipc"; import "other.ipc"; struct T { shop.S s; };') == []


def test_importing_a_file_under_two_names_does_no_harm(sources):
    sources.write("a.ipc", "module a; struct A {};")

    ids = sources.ids('import "a.ipc"; import "a.ipc" as b; struct S { a.A one; b.A two; };')

    assert ids == []


def test_import_is_found_in_the_first_root_that_has_it(sources, tmp_path):
    from generator.sema import Compilation, analyze

    sources.write("one/a.ipc", 'import "b.ipc"; struct A { B b; };')
    sources.write("two/b.ipc", "struct B {};")

    compilation = Compilation(("a.ipc",), (tmp_path / "one", tmp_path / "two"))
    program = analyze(compilation)

    assert [module.path for module in program.modules] == ["b.ipc", "a.ipc"]


@pytest.mark.parametrize("path", ["../secret.ipc", "/etc/passwd", ""])
def test_import_never_leaves_its_roots(sources, path):
    assert sources.ids(f'import "{path}"; struct S {{}};') == ["IPC0020"]


def test_declaration_of_a_type_called_any_wins_over_the_word(sources):
    module = sources.module("struct any { string s; }; struct S { any a; };")

    assert field(module, "a").type == ir.StructRef("test.ipc", "any")


def test_disabled_parts_are_as_if_they_were_not_there(sources):
    text = """
        [EnableIf=is_mac] import "mac.ipc";
        struct S {
          [EnableIf=is_mac] mac.Window window;
          [EnableIfNot=is_mac] uint32 window;
          [EnableIf=is_linux|is_mac] string display;
          [EnableIf=is_linux&is_mac] string both;
        };
        """
    sources.write("test.ipc", text)

    compilation = sources.analyze("test.ipc", features=frozenset({"is_linux"}))

    struct = compilation.units[0].tree.definitions[0]
    assert compilation.diagnostics == []
    assert [(item.type.path, item.name.text) for item in struct.fields] == [
        ("uint32", "window"),
        ("string", "display"),
    ]


# Values.


def test_constants_have_the_values_of_their_types(sources):
    found = consts(
        sources.module(
            """
            const double a = 1; const float b = 0.1; const uint64 c = 0xFFFFFFFFFFFFFFFF;
            const bool d = true; const string e = "x"; const double f = float.NEGATIVE_INFINITY;
            const double g = double.NAN; const int32 h = E.kB; enum E { kA, kB = 5 };
            """
        )
    )

    assert (found["a"], type(found["a"])) == (1.0, float)
    assert found["b"] == 0.10000000149011612
    assert found["c"] == 2**64 - 1
    assert found["d"] is True and found["e"] == "x" and found["f"] == -math.inf
    assert math.isnan(found["g"]) and found["h"] == 5


def test_constant_by_name_remembers_the_name(sources):
    module = sources.module("module m; const uint8 kA = 3; const uint32 kB = kA;")

    assert module.consts[1].value == ir.Value(3, "test.ipc", "m.kA")


def test_enum_values_count_on_from_the_last(sources):
    module = sources.module(
        "const int32 kTen = 10; enum E { kA, kB = -5, kC, kD = kTen, kE, kF = kB };"
    )

    assert [value.number for value in module.enums[0].values] == [0, -5, -4, 10, 11, -5]


def test_enum_value_may_be_written_without_its_enum_where_the_type_says_it(sources):
    module = sources.module("enum E { kA, kB }; struct S { E e = kB; };")

    assert field(module, "e").default.scalar == ir.EnumConstant("test.ipc", "E", "kB", 1)


@pytest.mark.parametrize("kind", [kind for kind in ir.PrimitiveKind if kind.is_integer])
def test_integer_constant_is_held_to_the_range_of_its_type(sources, kind):
    least, most = kind.range

    def ids(value: int) -> list[str]:
        return sources.ids(f"const {kind.value} a = {value};")

    assert (ids(least), ids(most)) == ([], [])
    assert (ids(least - 1), ids(most + 1)) == (["IPC0028"], ["IPC0028"])


@pytest.mark.parametrize(
    "text",
    [
        "const bool a = 1;",
        "const int32 a = true;",
        "const int32 a = 1.0;",
        "const string a = 1;",
        'const double a = "1";',
        "const float a = 1e39;",
        "enum E { kA }; const E a = 0;",
        "enum E { kA }; enum F { kB }; const E a = F.kB;",
        "struct S { uint8(max=10) a = 11; };",
        'struct S { string(max_bytes=2) a = "\u00e4\u00e4"; };',
    ],
)
def test_value_of_another_kind_is_refused(sources, text):
    assert sources.ids(text) == ["IPC0028"]


# Ordinals and versions.


def test_field_numbers_leave_out_what_protobuf_keeps_for_itself(sources):
    text = "struct S { " + " ".join(f"bool f{at};" for at in range(19002)) + " };"

    fields = sources.module(text).structs[0].fields

    assert [fields[at].number for at in (0, 18998, 18999, 19001)] == [1, 18999, 20000, 20002]


def test_implicit_ordinals_step_over_what_is_reserved(sources):
    module = sources.module("struct S { bool a; reserved @1..@2, @4; bool b; bool c; };")

    assert [item.ordinal for item in module.structs[0].fields] == [0, 3, 5]


def test_ordinals_decide_the_order_on_the_wire(sources):
    struct = sources.module("struct S { bool a@2; bool b@0; bool c@1; };").structs[0]

    assert [item.name for item in struct.fields] == ["a", "b", "c"]
    assert [item.name for item in struct.by_number] == ["b", "c", "a"]


def test_methods_may_have_gaps_as_in_mojom(sources):
    module = sources.module("interface I { A@3(); B(); C@9(); };")

    assert [method.ordinal for method in module.interfaces[0].methods] == [3, 4, 9]


@pytest.mark.parametrize(
    ("field_type", "accepted"),
    [("T?", True), ("T", False), ("U", False), ("string", True), ("Z", True), ("N", False)],
)
def test_newer_field_can_be_absent(sources, field_type, accepted):
    text = f"""
        struct T {{}}; union U {{ bool b; }}; enum Z {{ kZero }}; enum N {{ kOne = 1 }};
        struct S {{ bool a; [MinVersion=1] {field_type} b; }};
        """

    assert sources.ids(text) == ([] if accepted else ["IPC0046"])


def test_stable_reaches_through_containers(sources):
    text = "struct T {}; [Stable] struct S { map<string, array<T?>> t; };"

    assert sources.ids(text) == ["IPC0057"]


# Types.


def test_bytes_are_a_type_of_their_own(sources):
    module = sources.module("struct S { array<uint8> a; array<uint8, 4>? b; array<int8> c; };")

    assert [item.type for item in module.structs[0].fields] == [
        ir.Bytes(),
        ir.Nullable(ir.Bytes(4)),
        ir.Array(ir.Primitive(ir.PrimitiveKind.INT8)),
    ]


def test_alias_is_replaced_and_adds_its_constraints_to_those_of_its_use(sources):
    module = sources.module("type T = string(min_bytes=1); struct S { T(max_bytes=9)? t; };")

    bounds = ir.Constraints(min_bytes=1, max_bytes=9)
    assert field(module, "t").type == ir.Nullable(ir.String(bounds))


@pytest.mark.parametrize(
    ("text", "boxed"),
    [
        ("struct A { A? a; };", {"a": True}),
        ("struct A { array<A> a; map<string, A> m; };", {"a": False, "m": False}),
        ("struct A { array<A?, 2> a; };", {"a": True}),
        ("struct A { B b; }; union B { A a; bool end; };", {"b": True}),
        ("struct B { bool end; }; struct A { B b; };", {"b": False}),
        ("struct B { bool end; }; struct A { B b; A? a; };", {"b": False, "a": True}),
        ("struct A { B? b; }; struct B { C? c; }; struct C { A? a; };", {"b": True}),
    ],
)
def test_recursion_by_value_is_boxed(sources, text, boxed):
    module = sources.module(text)
    struct = next(item for item in module.structs if item.name == "A")

    def innermost(type_: ir.Type) -> ir.Type:
        inside = ir.children(type_)
        return innermost(inside[-1]) if inside else type_

    assert {item.name: innermost(item.type).boxed for item in struct.fields} == boxed


def test_endless_type_is_a_warning_and_the_program_stands(sources):
    sources.write("test.ipc", "struct A { B b; }; struct B { array<A, 2> a; };")

    compilation = sources.analyze("test.ipc")

    assert [found.id for found in compilation.diagnostics] == ["IPC0056"]
    assert not compilation.failed


@pytest.mark.parametrize(
    "type, endless",
    [
        ("array<A>", False),
        ("array<A>(min=0)", False),
        ("array<A>(min=1)", True),
        ("array<A>(min=1)?", False),
        ("array<A>(max=1)", False),
        ("map<string, A>(max=1)", False),
        ("map<string, A>(min=1)", True),
        ("array<map<string, A>(min=1), 2>", True),
    ],
)
def test_container_that_is_never_empty_makes_what_it_holds_endless(sources, type, endless):
    assert sources.ids(f"struct A {{ {type} next; }};") == ["IPC0056"] * endless


def test_union_with_a_way_out_is_not_endless(sources):
    assert sources.ids("union U { U again; bool done; };") == []


def test_data_stands_behind_what_it_holds(sources):
    module = sources.module(
        "struct A { B b; }; struct B { array<C> c; }; union C { D d; }; struct D { A? a; };"
    )

    assert [data.name for data in module.data] == ["B", "A", "D", "C"]


# Channels.


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("module a.b; channels C { send M(); };", "a.b.C.M"),
        ("channels C { send M(); };", "C.M"),
        ('module a; channels C = "x" { send M(); };', "x.M"),
        ('module a; channels C { [Channel="any text at all"] send M(); };', "any text at all"),
    ],
)
def test_channel_name_on_the_wire(sources, text, name):
    assert sources.module(text).channels[0].members[0].wire_name == name


def test_both_directions_may_share_a_channel_name(sources):
    text = 'channels C { [Channel="x"] send A(); [Channel="x"] emit B(); };'

    assert sources.ids(text) == []
    assert sources.ids(text.replace("emit B()", "invoke B() => ()")) == ["IPC0050"]


def test_channel_name_is_taken_across_imports(sources):
    sources.write("other.ipc", 'module other; channels O = "same" { send M(); };')

    assert sources.ids('import "other.ipc"; channels C = "same" { send M(); };') == ["IPC0050"]


@pytest.mark.parametrize(("size", "accepted"), [(1, True), (128, True), (129, False)])
def test_channel_name_is_bounded(sources, size, accepted):
    text = f'channels C {{ [Channel="{"x" * size}"] send A(); }};'

    assert sources.ids(text) == ([] if accepted else ["IPC0051"])


@pytest.mark.parametrize("verb", ["send", "emit", "relay", "host"])
def test_message_has_neither_answer_nor_deadline(sources, verb):
    assert sources.ids(f"channels C {{ {verb} M(); }};") == []
    assert sources.ids(f"channels C {{ {verb} M() => (); }};") == ["IPC0049"]
    assert sources.ids(f"channels C {{ [DeadlineMs=5] {verb} M(); }};") == ["IPC0052"]


@pytest.mark.parametrize("verb", ["invoke", "sync", "ask"])
def test_call_has_an_answer_and_may_have_a_deadline(sources, verb):
    def ids(member: str) -> list[str]:
        return sources.ids(f"channels C {{ {member}; }};")

    assert ids(f"{verb} M()") == ["IPC0048"]
    assert ids(f"[DeadlineMs=5] {verb} M() => result<bool, string>") == []
    assert ids(f"[DeadlineMs=2147483648] {verb} M() => ()") == ["IPC0052"]


def test_variadic_parameter_stands_last_in_a_channel_only(sources):
    assert sources.ids("channels C { send M(string a, any... rest); };") == []
    assert sources.ids("channels C { invoke M() => (any... rest); };") == ["IPC0016"]
    assert sources.ids("interface I { M(any... rest); };") == ["IPC0016"]


def test_sync_method_needs_an_answer(sources):
    assert sources.ids("interface I { [Sync] M(); };") == ["IPC0048"]


def test_handle_deep_inside_of_a_channel_is_refused_and_in_an_interface_fine(sources):
    text = "struct S { map<string, array<handle>> h; }; union U { S s; };"

    assert sources.ids(text + "channels C { invoke M() => result<U, bool>; };") == ["IPC0055"]
    assert sources.ids(text + "interface I { M(U u); };") == []


@pytest.mark.parametrize(
    "written, help",
    [
        ("strng", "did you mean `string`?"),
        ("uint32_t", "write `uint32`"),
        ("int", "write `int32`"),
        ("Vector", "write `array<T>`"),
        ("bytes", "write `array<uint8>`"),
        ("Nte", "did you mean `Note`?"),
        ("Bite", "did you mean `Byte`?"),
        ("Unheard", "declare it, or import the file that does"),
    ],
)
def test_an_unknown_type_comes_with_the_one_that_was_meant(sources, written, help):
    sources.write("test.ipc", f"struct Note {{ {written} x; }};\nstruct Byte {{}};")

    (found,) = sources.analyze("test.ipc").diagnostics

    assert (found.id, found.help) == ("IPC0024", help)
