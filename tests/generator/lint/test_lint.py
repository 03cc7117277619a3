"""Which files lint judges, which data renderers send, and what comments allow."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from generator.lint import RULES, UnknownRule, choose, lint, settings_choice
from generator.sema import Compilation, analyze

HERE = Path(__file__).parent
HEAD = "module test;\n\n"
SHOUTED = "const uint32 MAX = 3;"


@pytest.fixture
def judge(sources):
    """The ids of what lint finds in a text, or in files written before."""

    def judge(text: str, *paths: str, **choice: list[str]) -> list[str]:
        if text:
            sources.write("test.ipc", HEAD + text)
        compilation = sources.analyze(*(paths or ("test.ipc",)))
        return [found.id for found in lint(compilation, choose(**choice))]

    return judge


# ---- Which files.


def test_file_with_a_mistake_is_not_judged(judge):
    assert judge(SHOUTED) == ["constant-case"]
    assert judge(f"{SHOUTED} struct S {{ Nothing a; }};") == []


def test_file_that_imports_one_with_a_mistake_is_not_judged_and_others_are(sources, judge):
    sources.write("bad.ipc", "module bad; struct S { Nothing a; };")
    sources.write("user.ipc", f'module user; import "bad.ipc"; {SHOUTED}')
    sources.write("far.ipc", f'module far; import "user.ipc"; {SHOUTED}')
    sources.write("sound.ipc", f"module sound; {SHOUTED}")

    assert judge("", "far.ipc", "sound.ipc", "user.ipc") == ["constant-case"]


def test_imported_file_is_judged_only_when_it_is_named(sources, judge):
    sources.write("other.ipc", f"module other; {SHOUTED}")
    text = 'import "other.ipc"; struct S { array<bool>(max=other.MAX) a; };'

    assert judge(text) == []
    assert judge(text, "test.ipc", "other.ipc") == ["constant-case"]


# ---- What renderers send.


def test_bound_is_asked_for_where_the_file_of_a_struct_is_judged(sources, judge):
    sources.write("data.ipc", "module data; struct S { string text; S? next; };")
    text = 'import "data.ipc"; channels C { send Put(array<data.S>(max=3) all); };'

    assert judge(text, only=["safety"]) == []
    assert judge(text, "test.ipc", "data.ipc", only=["safety"]) == ["unbounded-string"]


def test_channel_with_a_limit_bounds_all_that_only_it_carries(judge):
    struct = "struct S { string text; };"
    limited, free = "[MaxBytes=1000] send Put(S s);", "send Add(S s);"

    assert judge(f"{struct} channels C {{ {limited} }};", only=["safety"]) == []
    assert judge(f"{struct} channels C {{ {limited} {free} }};", only=["safety"]) == [
        "unbounded-string"
    ]


@pytest.mark.parametrize(
    ("member", "asked"),
    [
        ("send M(string a);", True),
        ("invoke M(string a) => ();", True),
        ("invoke M() => (string a);", False),
        ("sync M(string a) => ();", True),
        ("emit M(string a);", False),
        ("ask M(string a) => ();", False),
        ("ask M() => (string a);", True),
        ("relay M(string a);", True),
        ("host M(string a);", True),
    ],
)
def test_direction_decides_whether_a_bound_is_asked_for(judge, member, asked):
    found = judge(f"channels C {{ {member} }};", only=["safety"])

    assert found == (["unbounded-string"] if asked else [])


def test_bound_that_is_proposed_can_be_written(sources):
    text = HEAD + "type Ids = array<uint64>; channels C {{ send M({} a); }};"
    for type in ("string", "string(min_bytes=1)", "Ids", "map<\n  string(max_bytes=1),\n bool>"):
        sources.write("test.ipc", text.format(type))
        (found,) = lint(sources.analyze("test.ipc"), choose(only=["safety"]))
        proposed = found.help.removeprefix("give it a bound, such as `").removesuffix("`")
        assert "\n" not in proposed

        sources.write("test.ipc", text.format(proposed))
        compilation = sources.analyze("test.ipc")
        assert not compilation.diagnostics
        assert lint(compilation, choose(only=["safety"])) == []


# ---- What comments allow.


def test_comment_above_a_declaration_covers_all_that_is_in_it(judge):
    text = """// ipclint: allow(constant-case) the manual's names
        [Extensible]
        enum Kind {
          [Default] TEXT,
          TASK
        };
        enum Other { TEXT };"""

    assert judge(text) == ["constant-case"]


def test_comment_at_the_end_of_a_line_covers_the_line(judge):
    text = """enum Kind {
          ONE, TWO,  // ipclint: allow(constant-case) the manual's names
          THREE
        };"""

    assert judge(text) == ["constant-case"]


@pytest.mark.parametrize(
    "text",
    [
        "enum Kind {{ kNone, {} ONE }};",
        "struct S {{ {} bool A; }};",
        "union U {{ bool b; {} bool A; }};",
        "interface I {{ {} call(); }};",
        "interface I {{ Call({} bool A); }};",
        "interface I {{ Call() => ({} bool A); }};",
        "struct S {{ {} const bool YES = true; }};",
        "interface I {{ {} enum Kind {{ ONE }}; }};",
        "feature kF {{ {} const bool YES = true; }};",
        "{} type title = string;",
    ],
)
def test_comment_may_stand_above_everything_that_is_declared(judge, text):
    (id,) = judge(text.format(""))

    assert judge(text.format(f"\n// ipclint: allow({id}) why\n")) == []


def test_comment_may_stand_above_the_module_and_above_imports(sources, judge):
    sources.write("other.ipc", "module other;")
    sources.write("test.ipc", 'module shop;\nimport "other.ipc";\n')
    assert judge("", "test.ipc") == ["module-path", "unused-import"]

    one, two = (f"// ipclint: allow({id}) why\n" for id in ("module-path", "unused-import"))
    sources.write("test.ipc", f'{one}module shop;\n{two}import "other.ipc";\n')
    assert judge("", "test.ipc") == []


def test_comment_names_several_rules_and_each_has_to_be_needed(judge):
    allowing = "// ipclint: allow(constant-case, enum-zero, shared-number) the manual's\n"

    assert judge(f"{allowing}enum Kind {{ ONE = 1 }};") == ["suppression-unused"]
    assert judge(f"{allowing}enum Kind {{ ONE = 1, TWO = 1 }};") == []


def test_comment_for_the_file_stands_above_the_first_definition(judge):
    allowing = "// ipclint: allow-file(constant-case) the manual's\n"

    assert judge(f"{allowing}\n{SHOUTED}\nconst bool NO = false;") == []
    assert judge(f"{SHOUTED}\n{allowing}") == ["constant-case", "suppression-unused"]


def test_comment_of_any_length_is_read_in_one_go(judge):
    blanks = " " * 100_000

    assert judge(f"// ipclint: allow(constant-case){blanks}why\n{SHOUTED}") == []
    assert judge(f"// ipclint: allow(constant-case{blanks}why\n{SHOUTED}") == [
        "suppression-form",
        "constant-case",
    ]


def test_suppression_of_a_rule_that_does_not_run_is_not_unused(judge):
    text = "// ipclint: allow(constant-case) it was MAX\nconst uint32 kMax = 3;"

    assert judge(text) == ["suppression-unused"]
    assert judge(text, disable=["constant-case"]) == []


def test_comments_for_lint_are_not_suppressed_by_comments(judge):
    text = f"""// ipclint: allow-file(suppression-reason) why
        {SHOUTED}  // ipclint: allow(constant-case)"""

    assert judge(text) == ["suppression-unused", "suppression-reason"]


def test_comment_for_lint_documents_nothing(sources):
    module = sources.module(
        "// Said.\n// ipclint: allow(type-case) why\nstruct A {\n"
        "  bool a;  // ipclint: allow(field-case) why\n};\n"
    )

    assert (module.structs[0].docs, module.structs[0].fields[0].docs) == ("Said.", "")


def test_file_that_other_builds_see_more_of_is_not_blamed_for_what_they_need(sources, judge):
    sources.write("other.ipc", "module other; struct Time { int64 us; };")
    text = """import "other.ipc";
        // ipclint: allow(constant-case) the manual's
        const bool kYes = true;
        """

    assert judge(text) == ["unused-import", "suppression-unused"]
    assert judge(f"{text} [EnableIf=is_linux] struct S {{ other.Time at; }};") == []


# ---- Choices.


def test_only_and_disable_take_rules_and_categories(judge):
    text = f"{SHOUTED} struct s {{ double price; }};"

    assert judge(text) == ["constant-case", "type-case", "float-money"]
    assert judge(text, only=["names"]) == ["constant-case", "type-case"]
    assert judge(text, only=["names"], disable=["type-case"]) == ["constant-case"]
    assert judge(text, disable=["names", "types"]) == []


def test_unknown_rule_is_refused_with_what_may_have_been_meant():
    with pytest.raises(UnknownRule, match="no rule sync-cal; did you mean sync-call?"):
        choose(disable=["sync-cal"])


@pytest.mark.parametrize(
    "settings", [{"lint": []}, {"lint": {"disable": "sync-call"}}, {"lint": {"disable": [1]}}]
)
def test_settings_of_the_wrong_shape_are_refused(settings):
    with pytest.raises(UnknownRule, match=r"here: expected"):
        settings_choice(settings, "here")


def test_settings_without_lint_disable_nothing():
    assert settings_choice({"roots": ["."]}, "here") == []
    assert settings_choice({"lint": {"disable": ["names"]}}, "here") == ["names"]


# ---- Robustness.


def test_names_of_imports_that_are_not_there_stay_out_of_every_judgement(sources):
    sources.write(
        "test.ipc",
        """module test; import "gone.ipc";
        const gone.Kind kOne = gone.kOther;
        [Stable, Extensible] enum Kind { [Default] kA = gone.kNumber };
        struct S { gone.T a; array<gone.T, 2> b; gone.Flag timeout = gone.kNone; };
        channels C { send Put(gone.T a, gone.T? b, S s); };""",
    )
    compilation = Compilation(("test.ipc",), (sources.folder,), opaque_imports=True)
    assert analyze(compilation), [found.message for found in compilation.diagnostics]

    assert {found.id for found in lint(compilation)} == {"undocumented-channel"}


def test_every_rule_survives_whatever_the_front_end_accepts(sources, mutated):
    """Bad files of all rules with words of theirs swapped: those that still compile are judged."""
    judged = 0
    for text in mutated:
        sources.write("test.ipc", text)
        compilation = Compilation(("test.ipc",), (sources.folder,))
        judged += analyze(compilation) is not None
        for found in lint(compilation):
            assert found.id in RULES and found.span.end > found.span.start

    assert judged > 30


@pytest.fixture
def mutated() -> list[str]:
    """Files of the rules' folders, each with one word replaced by another of them."""
    chance = random.Random(int(os.environ.get("IPC_TEST_SEED", "1")))
    texts = [path.read_text(encoding="utf-8") for path in sorted(HERE.glob("rules/*/bad.ipc"))]
    words = [word for text in texts for word in text.split()]
    found = []
    for _ in range(400):
        parts = chance.choice(texts).split(" ")
        parts[chance.randrange(len(parts))] = chance.choice(words)
        found.append(" ".join(parts))
    return found
