"""The frozen program: whole, comparable, the same every time."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from generator import ir
from generator.sema import Compilation, analyze

SHOP = Path(__file__).parent / "shop"


def shop() -> ir.Program:
    compilation = Compilation(("everything.ipc",), (SHOP,))
    program = analyze(compilation)
    assert program is not None, [found.message for found in compilation.diagnostics]
    return program


def channels(sources, body: str, before: str = "") -> int:
    program = sources.program(f"module m; {before} channels C {{ {body} }};")
    return ir.channels_digest(program, program.module("test.ipc").channels[0])


def test_program_has_each_module_behind_its_imports():
    program = shop()

    paths = [module.path for module in program.modules]
    assert paths == ["shared.ipc", "colors.ipc", "everything.ipc"]
    assert program.roots == ("everything.ipc",)
    assert program.modules[-1].imports == (
        ir.Import("shared.ipc", ""),
        ir.Import("colors.ipc", "paint"),
    )


def test_every_reference_leads_to_its_declaration():
    program = shop()

    def visit(type_: ir.Type) -> None:
        match type_:
            case ir.EnumRef():
                assert program.enum(type_).full_name == type_.name
            case ir.StructRef():
                assert program.struct(type_).full_name == type_.name
            case ir.UnionRef():
                assert program.union(type_).full_name == type_.name
            case ir.Pending():
                assert program.interface(type_).full_name == type_.interface
        for inner in ir.children(type_):
            visit(inner)

    for module in program.modules:
        for decl in module.walk():
            for field in getattr(decl, "fields", ()):
                visit(field.type)
            for call in (*getattr(decl, "members", ()), *getattr(decl, "methods", ())):
                for field in call.params.fields:
                    visit(field.type)


def test_walk_meets_every_declaration_once():
    names = [decl.full_name for decl in shop().module("everything.ipc").walk()]

    assert len(names) == len(set(names))
    for nested in ("Item.Size", "Item.kMaxSize", "Shop.Page", "kFancy.name"):
        assert f"example.shop.{nested}" in names


def test_same_text_gives_an_equal_program():
    assert shop() == shop()


def test_program_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        shop().modules[0].structs[0].name = "Other"


def test_docs_and_attributes_travel():
    module = shop().module("everything.ipc")

    assert module.docs == "A little shop."
    assert module.attributes == (ir.Attribute("JavaPackage", "org.example.shop"),)
    assert module.channels[0].docs == "What the window asks of the shop."
    assert module.channels[0].members[0].docs == "Somebody types."
    assert module.enums[0].values[1].docs == "zero"


def test_channels_say_how_each_member_is_called():
    channels = shop().module("everything.ipc").channels[0]
    members = {member.name: member for member in channels.members}

    verbs = [member.verb.value for member in channels.members]
    assert verbs[:7] == ["send", "invoke", "sync", "emit", "ask", "relay", "host"]
    assert members["Find"].deadline_ms == 2000
    assert isinstance(members["Find"].response, ir.Result)
    assert members["ConfirmClose"].response == ir.Params(())
    assert members["Message"].variadic and members["Message"].params.fields[0].type == ir.Any()
    assert members["Typing"].response is None


def test_digest_is_stable_from_run_to_run(sources):
    assert channels(sources, "send M(uint32 a);") == 0xA437741422A85317


def test_digest_does_not_see_docs_order_of_members_or_deadlines(sources):
    plain = channels(sources, "send M(uint32 a); invoke N() => ();")

    other = "/// Docs.\n [DeadlineMs=9] invoke N() => (); send M(uint32 a);"
    assert plain == channels(sources, other)


@pytest.mark.parametrize(
    "body",
    [
        "send M(uint64 a);",
        "send M(uint32 b);",
        "send M(uint32 a, uint32 b);",
        "emit M(uint32 a);",
        "send N(uint32 a);",
        '[Channel="x"] send M(uint32 a);',
        "send M(uint32? a);",
        "send M(uint32(max=3) a);",
        "invoke M(uint32 a) => ();",
    ],
)
def test_digest_sees_what_a_peer_could_notice(sources, body):
    assert channels(sources, body) != channels(sources, "send M(uint32 a);")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("struct S { T t; }; struct T { bool a; };", "struct S { T t; }; struct T { int8 a; };"),
        ("struct S { E e; }; enum E { kA };", "struct S { E e; }; enum E { kA, kB };"),
        ("struct S { bool b = true; };", "struct S { bool b = false; };"),
        ("struct S { bool b@0; bool c@1; };", "struct S { bool b@1; bool c@0; };"),
    ],
)
def test_digest_sees_the_types_that_a_channel_reaches(sources, one, other):
    body = "send M(S s);"

    assert channels(sources, body, one) != channels(sources, body, other)


def test_digest_ends_for_recursive_types(sources):
    assert channels(sources, "send M(S s);", "struct S { S? s; array<S> all; };")


def test_ask_always_has_a_deadline(sources):
    channels = sources.module(
        "channels C { ask A() => (); [DeadlineMs=5] ask B() => (); invoke D() => (); };"
    ).channels[0]

    deadlines = [member.deadline_ms for member in channels.members]
    assert deadlines == [ir.ASK_DEADLINE_MS, 5, None]


def test_what_is_reserved_stands_in_the_program(sources):
    module = sources.module(
        """
        struct S { reserved @1..@3, "old"; reserved @7; bool a; };
        enum E { reserved 9, -3..-2; kA };
        union U { reserved @1; bool a; };
        channels C { reserved @0, "Old"; send M(); };
        """
    )

    assert module.structs[0].reserved == ir.Reserved(((1, 3), (7, 7)), ("old",))
    assert module.enums[0].reserved == ir.Reserved(((-3, -2), (9, 9)))
    assert module.unions[0].reserved == ir.Reserved(((1, 1),))
    assert module.channels[0].reserved == ir.Reserved(((0, 0),), ("Old",))
    assert module.channels[0].members[0].ordinal == 1


def test_alias_stands_in_the_program_and_its_uses_do_not(sources):
    sources.write("base.ipc", "module base; type Title = string(max_bytes=9);")
    sources.write(
        "test.ipc",
        'import "base.ipc" as b; type Titles = array<b.Title>(max=2); struct S { Titles? all; };',
    )
    module = sources.program("", "test.ipc").module("test.ipc")

    title = ir.String(ir.Constraints(max_bytes=9))
    titles = ir.Array(title, constraints=ir.Constraints(max=2))
    assert module.aliases[0].type == titles
    assert module.structs[0].fields[0].type == ir.Nullable(titles)
