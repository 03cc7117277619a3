"""What the grammar takes: mojom's constructs, and those that .ipc adds."""

from __future__ import annotations

from generator.source import SourceFile
from generator.syntax import ast, parse


def tree_of(text: str) -> ast.File:
    tree, diagnostics = parse(SourceFile("test.ipc", text))
    assert [found.message for found in diagnostics] == []
    return tree


def only(text: str) -> ast.Definition:
    (definition,) = tree_of(text).definitions
    return definition


def mistakes(text: str) -> list[str]:
    return [found.message for found in parse(SourceFile("test.ipc", text))[1]]


def test_file_begins_with_module_and_imports():
    tree = tree_of(
        """
        [JavaPackage="org.example.shapes"]
        module example.shapes;
        import "example/colors.ipc";
        [EnableIf=is_linux] import "example/linux.ipc" as tux;
        """
    )

    assert tree.module.name.text == "example.shapes"
    assert tree.module.attributes[0].value.value == "org.example.shapes"
    assert [statement.path.value for statement in tree.imports] == [
        "example/colors.ipc",
        "example/linux.ipc",
    ]
    assert tree.imports[1].alias.text == "tux"


def test_struct_holds_consts_enums_and_fields_with_ordinals_and_defaults():
    node = only(
        """
        struct Circle {
          const double kTau = 6.283;
          enum Fill { kSolid, kDotted = 4, };
          float radius@0 = 1.5;
          Fill fill@1 = Fill.kDotted;
          Point? center@2 = default;
        };
        """
    )

    assert [const.name.text for const in node.consts] == ["kTau"]
    assert [value.name.text for value in node.enums[0].values] == ["kSolid", "kDotted"]
    assert [field.ordinal.value for field in node.fields] == [0, 1, 2]
    assert node.fields[1].default.text == "Fill.kDotted"
    assert node.fields[2].default.value is None


def test_types_nest():
    (field,) = only("struct S { map<string, array<handle<message_pipe>?, 3>?> deep; };").fields

    value = field.type.value.inner
    assert value.size.value == 3
    assert value.element.inner.kind.text == "message_pipe"


def test_pending_types_name_their_interface():
    fields = only(
        """
        struct Ends {
          pending_remote<a.B> one;
          pending_receiver<B>? two;
          pending_associated_remote<B> three;
          pending_associated_receiver<B> four;
        };
        """
    ).fields

    assert fields[0].type.interface.text == "a.B"
    assert fields[1].type.inner.kind == "pending_receiver"


def test_interface_has_methods_with_and_without_answers():
    node = only(
        """
        [Stable] interface Door {
          const uint32 kKnocks = 3;
          enum Side { kIn, kOut };
          Open@0(Side side@0);
          [Sync] IsOpen@1() => (bool open);
          Knock@2(uint32 times) => result<bool, string>;
          Close@3() => ();
        };
        """
    )

    open_, is_open, knock, close = node.methods
    assert open_.response is None
    assert is_open.attributes[0].name.text == "Sync"
    assert knock.response.ok.path == "bool"
    assert close.response.params == ()


def test_native_types_have_no_body():
    struct, enum = tree_of("[Native] struct Bitmap; [Native] enum Mode;").definitions

    assert not struct.body and not enum.body


def test_feature_holds_constants():
    node = only('feature kFancy { const string name = "F"; const bool default_state = false; };')

    assert [const.name.text for const in node.consts] == ["name", "default_state"]


def test_attributes_take_names_joined_by_or_and_and():
    node = only("[EnableIf=is_mac|is_win, EnableIfNot=is_a&is_b] union U { string s; };")

    assert [name.text for name in node.attributes[0].value.names] == ["is_mac", "is_win"]
    assert node.attributes[1].value.all


def test_channels_have_a_prefix_verbs_and_what_they_need():
    node = only(
        """
        channels Notes = "notes" {
          struct Draft { string body; };
          reserved @1, "Forget";
          send Typing@0(uint64 id);
          [DeadlineMs=2000] invoke Read@2(uint64 id) => result<Draft, string>;
          emit Changed@3(any... rest);
        };
        """
    )

    assert node.prefix.value == "notes"
    assert [member.verb.text for member in node.members] == ["send", "invoke", "emit"]
    assert node.structs[0].name.text == "Draft"
    assert node.reserved[0].names[0].value == "Forget"
    assert node.members[2].params[0].variadic


def test_reserved_takes_ordinals_ranges_names_and_in_an_enum_numbers():
    struct, enum = tree_of(
        """
        struct S { reserved @0, @2..@4, "old"; string s@1; };
        enum E { kA = 1, reserved -3..0; kB };
        """
    ).definitions

    assert [(item.first, item.last) for item in struct.reserved[0].ranges] == [(0, 0), (2, 4)]
    assert (enum.reserved[0].ranges[0].first, enum.reserved[0].ranges[0].last) == (-3, 0)
    assert [value.name.text for value in enum.values] == ["kA", "kB"]


def test_alias_and_constraints():
    alias, struct = tree_of(
        """
        type Title = string(max_bytes=120, min_bytes=1);
        struct S { array<Title>(max=kMost)? titles; };
        """
    ).definitions

    assert [item.name.text for item in alias.type.constraints] == ["max_bytes", "min_bytes"]
    assert struct.fields[0].type.inner.constraints[0].value.text == "kMost"


def test_words_of_the_language_are_names_where_no_word_is_expected():
    node = only(
        """
        struct error {
          string type; string host; string event; string flags; string channel; string stream;
          string policy; string send; string any; string reserved; string module; string result;
          reserved struct; channels union; type enum; feature interface;
        };
        """
    )

    names = [field.name.text for field in node.fields]
    assert names[-4:] == ["struct", "union", "enum", "interface"]


def test_doc_comment_stands_above_its_declaration():
    node = only(
        """
        // Licence.

        /// A note.
        /// Two lines.
        // For maintainers.
        [Stable]
        struct Note {
          /**
           * What it is called.
           *
           * May be empty.
           */
          string title;
          string body;  // Plain text.
          // Not about `id`.

          uint64 id;
        };
        """
    )

    assert node.docs == "A note.\nTwo lines."
    assert [field.docs for field in node.fields] == [
        "What it is called.\n\nMay be empty.",
        "Plain text.",
        "",
    ]


def test_comment_behind_a_comma_belongs_to_the_value_before_it():
    node = only("enum E {\n  kA,  // first\n  // above\n  kB,\n  kC  // last\n};")

    assert [value.docs for value in node.values] == ["first", "above", "last"]


def test_escapes_in_strings_are_replaced():
    node = only(r'const string kText = "a\tb\\\"\x41\u00e4";')

    assert node.value.value == 'a\tb\\"A\u00e4'


def test_missing_semicolon_costs_nothing_else():
    assert mistakes("struct S {\n  string a\n  string b;\n};") == ["expected `;` after field `a`"]


def test_comma_between_fields_is_one_mistake():
    assert mistakes("struct S {\n  string a,\n  string b;\n};") == ["expected `;` after field `a`"]


def test_missing_brace_ends_at_the_next_definition():
    assert mistakes("struct S {\n  string a;\n\nstruct T {\n  string b;\n};") == [
        "expected `}` at the end of struct `S`, found `struct`"
    ]


def test_broken_member_leaves_its_neighbours_alone():
    text = "struct S {\n  string a;\n  array<string b;\n  string c;\n};"
    tree, diagnostics = parse(SourceFile("test.ipc", text))

    assert len(diagnostics) == 1
    assert [field.name.text for field in tree.definitions[0].fields] == ["a", "c"]


def test_broken_definition_leaves_its_name_known():
    text = "struct S [\n  string a;\n};\nunion U { string s; };"
    tree, diagnostics = parse(SourceFile("test.ipc", text))

    assert len(diagnostics) == 1
    assert tree.broken == {"S"}
    assert [definition.name.text for definition in tree.definitions] == ["U"]


def test_struct_in_a_struct_is_one_mistake():
    assert mistakes("struct S {\n  struct T { string a; };\n  string b;\n};") == [
        "struct `S` cannot hold a definition of this kind"
    ]


def test_end_of_file_in_the_middle_is_one_mistake():
    assert len(mistakes("struct S {\n  string a;")) == 1
    assert len(mistakes("struct")) == 1
    assert len(mistakes("struct S { array<")) == 1


def test_answer_that_is_no_answer_says_what_one_looks_like():
    text = "channels C { invoke A() => int32; };"

    (found,) = parse(SourceFile("test.ipc", text))[1]

    assert found.message == "expected an answer, found `int32`"
    assert found.help == "write `=> (type name, ...)`, `=> ()` or `=> result<T, E>`"


def test_constraint_behind_the_question_mark_or_the_name_says_where_it_belongs():
    for text, help in (
        ("struct S { string?(max_bytes=3) a; };", "before the `?`: `string(max_bytes=9)?`"),
        ("struct S { string a(max_bytes=3); };", "behind the type: `string(max_bytes=9) a`"),
        ("channels C { send M(string a(min=3)); };", "behind the type: `string(max_bytes=9) a`"),
    ):
        (found,) = parse(SourceFile("test.ipc", text))[1]

        assert found.id == "IPC0010" and found.help.endswith(help)


def test_methods_have_nothing_reserved():
    (found,) = parse(SourceFile("test.ipc", "interface I { reserved @1; A(); };"))[1]

    assert found.help == "leave the ordinal out: those of methods may have gaps"


def test_what_comes_later_is_refused_by_a_diagnostic_of_its_own():
    for text in (
        "struct S { stream<int32> a; };",
        "struct S { array<stream<int32>?> a; };",
        "channels C { send A(stream<int32> a); };",
        "channels C { invoke A() => stream<int32>; };",
        "channels C { stream A(int32 a); };",
        "channels C { policy A = x; };",
        "streams S { int32 a; };",
        "policy P { send Notes.Typing; };",
        'policy P = "x";',
    ):
        found = parse(SourceFile("test.ipc", text))[1]

        assert [diagnostic.id for diagnostic in found] == ["IPC0015"], text


def test_handle_may_stand_before_everything_a_type_stands_before():
    fields = only("struct S { handle a; handle? b; array<handle> c; map<bool, handle> d; };").fields

    assert isinstance(fields[0].type, ast.HandleType)
    assert isinstance(fields[1].type.inner, ast.HandleType)
    assert isinstance(fields[2].type.element, ast.HandleType)
    assert isinstance(fields[3].type.value, ast.HandleType)


def test_sign_may_stand_apart_from_its_number():
    node = only("enum E { kA = + 987, kB = - 0x10, kC = -7, kD = +\n3 };")

    assert [value.value.value for value in node.values] == [987, -16, -7, 3]
    assert mistakes("const int32 a = - -3;") == ["expected a value, found `-`"]


def test_ordinals_are_not_octal():
    (found,) = parse(SourceFile("test.ipc", "struct S { bool a@01; bool b@0; };"))[1]

    assert (found.id, found.help) == ("IPC0005", "write @1: there are no octal numbers")
