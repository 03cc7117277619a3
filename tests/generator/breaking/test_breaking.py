"""Every rule of `breaking`: two versions that earn it, and how that reads.

rules/ID holds old.ipc, new.ipc and expected.txt, for each rule of the table.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator import ir
from generator.breaking import (
    RULES,
    Payload,
    Report,
    compare,
    find,
    render_report,
    render_rules,
)
from generator.dump import dump, load
from generator.sema import Compilation, analyze

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).parent
FOLDER = HERE / "rules"


def program(id: str, version: str) -> ir.Program:
    """One version of a folder, as if its file had the same name in both."""
    path = f"{version}.ipc"
    compilation = Compilation((path,), (FOLDER / id,))
    found = analyze(compilation)
    assert found is not None, [f"{one.span}: {one.message}" for one in compilation.diagnostics]
    return found


def report_of(id: str) -> Report:
    return compare(program(id, "old"), program(id, "new"))


@pytest.mark.parametrize("id", RULES)
def test_change_earns_its_rule_and_reads_well(id, golden):
    report = report_of(id)

    assert id in {finding.rule for finding in report.findings}
    golden(FOLDER / id / "expected.txt", render_report(report))


@pytest.mark.parametrize("id", RULES)
def test_version_compared_with_itself_has_no_findings(id):
    for version in ("old", "new"):
        report = compare(program(id, version), program(id, version), all=True)

        assert render_report(report) == ""


def test_every_folder_belongs_to_a_rule():
    assert {folder.name for folder in FOLDER.iterdir()} == set(RULES)


@pytest.mark.parametrize("id", RULES)
def test_going_back_breaks_whatever_breaks_for_both(id):
    """Undoing a change is a change of the same pairs, old and new having changed places."""
    there, back = report_of(id), compare(program(id, "new"), program(id, "old"))

    assert _broken_pairs(there) == {
        tuple(sorted(_swapped(party) for party in pair)) for pair in _broken_pairs(back)
    } or id in _ONE_WAY


# What is said of one direction of time: reserving is a promise, using what was reserved breaks it.
_ONE_WAY = {"reserved-reused", "extensible-removed", "channel-added", "channel-removed"}


def _broken_pairs(report: Report) -> set[tuple[str, ...]]:
    return {
        tuple(sorted((str(effect.flow.sender), str(effect.flow.receiver))))
        for finding in report.findings
        for effect in finding.effects_on(Payload.BOTH)
        if effect.outcome.value != "warns"
    }


def _swapped(party: str) -> str:
    article, age, role = party.split()
    return f"a new {role}" if age == "old" else f"an old {role}"


def versions(sources, old: str, new: str, **options) -> Report:
    return compare(sources.program(old), sources.program(new), **options)


def rules(report: Report) -> set[str]:
    return {finding.rule for finding in report.findings}


_SEND = " channels C = \"c\" { send Put(S s); };"


def test_direction_of_a_channel_decides_who_is_refused(sources):
    old, new = "{ uint8 a; };", "{ uint32 a; };"
    sends = ' channels C = "c" { send Put(S s); };'
    emits = ' channels C = "c" { emit Put(S s); };'

    sent = versions(sources, f"struct S {old}{sends}", f"struct S {new}{sends}")
    emitted = versions(sources, f"struct S {old}{emits}", f"struct S {new}{emits}")

    assert _broken_pairs(sent) == {("a new renderer", "an old main")}
    assert _broken_pairs(emitted) == {("a new main", "an old renderer")}


def test_answer_travels_the_other_way(sources):
    old, new = (
        f'channels C = "c" {{ invoke Get() => ({type} a); }};' for type in ("uint8", "uint32")
    )

    assert _broken_pairs(versions(sources, old, new)) == {("a new main", "an old renderer")}


def test_optional_field_may_come(sources):
    report = versions(
        sources,
        f"struct S {{ bool a; }};{_SEND}",
        f"struct S {{ bool a; string? b; uint32 c = 7; }};{_SEND}",
    )

    assert report.findings == []


def test_zero_default_that_is_written_changes_nothing_in_bytes(sources):
    report = versions(
        sources, f"struct S {{ bool a; }};{_SEND}", f"struct S {{ bool a = false; }};{_SEND}"
    )

    assert report.findings == []


def test_bytes_alone_do_not_care_for_names(sources):
    old, new = f"struct S {{ bool a; }};{_SEND}", f"struct S {{ bool b; }};{_SEND}"

    assert rules(versions(sources, old, new)) == {"field-renamed"}
    assert not versions(sources, old, new, payload=Payload.BYTES).breaks()


def test_new_field_must_be_within_its_bounds_when_absent(sources):
    report = versions(
        sources,
        f"struct S {{ bool a; }};{_SEND}",
        f"struct S {{ bool a; uint32(min=1) b; }};{_SEND}",
        payload=Payload.BYTES,
    )

    assert rules(report) == {"field-added"} and report.breaks()


def test_extensible_enum_may_grow(sources):
    old, new = (
        f"[Extensible] enum E {{ [Default] kA{more} }}; struct S {{ E e; }};{_SEND}"
        for more in ("", ", kB")
    )

    assert versions(sources, old, new).findings == []


def test_names_of_types_and_files_are_not_on_the_wire(sources):
    old = f"module a; struct S {{ E e; }}; enum E {{ kA }};{_SEND}"
    new = f"module b; struct T {{ F e; }}; enum F {{ kA }};{_SEND.replace('S s', 'T t')}"

    assert versions(sources, old, new).findings == []


def test_recursive_types_end(sources):
    old, new = (
        f"struct S {{ S? next; map<string, array<S>> all; {type} n; }};{_SEND}"
        for type in ("uint8", "uint16")
    )

    assert rules(versions(sources, old, new)) == {"integer-widened"}


def test_data_that_nothing_carries_is_named_and_compared_on_demand(sources):
    old, new = "struct S { bool a; };", "struct S { bool a; bool b; };"

    default, all = versions(sources, old, new), versions(sources, old, new, all=True)

    assert not default.breaks() and "S; --all compares them" in render_report(default)
    assert rules(all) == {"field-added"} and all.breaks()


def test_stable_data_is_compared_though_nothing_carries_it_and_strictly(sources):
    old = "[Stable] struct S { bool a; string? b; };"
    new = "[Stable] struct S { bool a; };"

    report = versions(sources, old, new)

    assert rules(report) == {"removed-without-reserved"} and report.breaks()


def test_two_keys_may_not_fall_together(sources):
    old, new = (
        f"[Extensible] enum E {{ [Default] kA{more} }}; struct S {{ map<E, bool> m; }};{_SEND}"
        for more in ("", ", kB, kC")
    )

    assert rules(versions(sources, old, new)) == {"enum-value-added"}


def channel(sources, old: str, new: str, **options) -> Report:
    """What changed between two versions of a definition that has one channel."""
    return versions(sources, *(f'channels C = "c" {{ {one} }};' for one in (old, new)), **options)


def test_message_is_heard_also_where_an_answer_was_added(sources):
    report = channel(sources, "send A(bool b);", "sync A(bool b) => (bool c);")

    assert _broken_pairs(report) == {("a new renderer", "an old main")}


def test_parameters_are_compared_where_another_verb_hears_them(sources):
    report = channel(sources, "send A(uint32 b);", "sync A(uint8 b) => (bool c);")

    assert rules(report) == {"channel-verb-changed", "integer-narrowed"}


def test_answer_without_values_is_nothing_that_could_be_read(sources):
    report = channel(
        sources, "invoke A() => ();", "invoke A() => (bool b);", payload=Payload.BYTES
    )

    assert _broken_pairs(report) == {("a new renderer", "an old main")}


def test_answer_is_not_looked_at_where_none_is_expected(sources):
    report = channel(sources, "invoke A() => (bool b);", "invoke A() => ();", payload=Payload.JSON)

    assert _broken_pairs(report) == {("a new main", "an old renderer")}


def test_one_value_in_json_passes_for_the_value_of_a_result(sources):
    old, new = "invoke A() => (bool b);", "invoke A() => result<bool, string>;"

    by_json = channel(sources, old, new, payload=Payload.JSON)
    by_bytes = channel(sources, old, new, payload=Payload.BYTES)

    assert _broken_pairs(by_json) == {("a new main", "an old renderer")}
    assert len(_broken_pairs(by_bytes)) == 2


def test_struct_is_always_written_and_passes_for_the_value_of_a_result(sources):
    data = "struct S { bool b; };"
    old, new = "invoke A() => (S s);", "invoke A() => result<S, string>;"

    report = versions(sources, *(f'{data} channels C = "c" {{ {one} }};' for one in (old, new)))

    assert _broken_pairs(report) == {("a new main", "an old renderer")}


def test_rest_may_come_after_other_parameters_in_bytes(sources):
    old, new = "send A(bool b);", "send A(bool b, any... rest);"

    assert not channel(sources, old, new, payload=Payload.BYTES).breaks()
    assert _broken_pairs(channel(sources, old, new)) == {("a new renderer", "an old main")}


def test_rest_may_not_stand_where_another_parameter_stood(sources):
    report = channel(
        sources,
        "send A(any a, bool b);",
        "send A(any a, any... rest);",
        payload=Payload.BYTES,
    )

    assert rules(report) == {"rest-changed"} and len(_broken_pairs(report)) == 2


def test_untyped_channel_takes_what_a_typed_one_says_in_json(sources):
    report = channel(sources, "send A(bool b);", "send A(any... b);", payload=Payload.JSON)

    assert _broken_pairs(report) == {("a new renderer", "an old main")}


def test_zero_out_of_bounds_is_never_left_out(sources):
    old, new = f"struct S {{ uint8(min=1)? a; }};{_SEND}", f"struct S {{ uint8(min=1) a; }};{_SEND}"

    report = versions(sources, old, new, payload=Payload.BYTES)

    assert _broken_pairs(report) == {("a new main", "an old renderer")}


def test_empty_text_is_left_out_only_where_the_pattern_has_it(sources):
    old, new = (
        f'struct S {{ string(pattern="a{{{least},4}}"){null} a; }};{_SEND}'
        for least, null in ((1, "?"), (1, ""))
    )
    zero = new.replace("a{1,4}", "a{0,4}")

    never = versions(sources, old, new, payload=Payload.BYTES)
    sometimes = versions(sources, zero.replace(") a;", ")? a;"), zero, payload=Payload.BYTES)

    assert _broken_pairs(never) == {("a new main", "an old renderer")}
    assert len(_broken_pairs(sometimes)) == 2


def test_default_of_the_unknown_may_be_renamed(sources):
    old, new = (
        f"[Extensible] enum E {{ [Default] {name}, kB }}; struct S {{ E e; }};{_SEND}"
        for name in ("kA", "kNobody")
    )

    assert "enum-value-renamed" not in rules(versions(sources, old, new))


def enum(sources, old: str, new: str, type: str = "E", **options) -> Report:
    """What changed between two versions of an enum that a struct has."""
    return versions(
        sources, *(f"{one} struct S {{ bool b; {type} e; }};{_SEND}" for one in (old, new)), **options
    )


def test_default_of_the_unknown_may_be_renumbered(sources):
    old, new = (f"[Extensible] enum E {{ kA = 0, [Default] kB = {n} }};" for n in (1, 2))

    report = enum(sources, old, new)

    assert rules(report) == {"enum-value-renumbered"} and not report.breaks()
    assert "an old renderer sends to a new main: 1 is unknown, and becomes `kB`" in render_report(
        report
    )


def test_number_that_a_default_leaves_may_go_to_no_other_value(sources):
    old = "[Extensible] enum E { kA = 0, [Default] kB = 1 };"
    new = "[Extensible] enum E { kA = 0, [Default] kB = 2, kC = 1 };"

    text = render_report(enum(sources, old, new))

    assert "a new main misreads what an old renderer sends: 1 is something else there" in text


def test_number_that_is_unknown_to_a_closed_enum_is_refused(sources):
    report = enum(sources, "enum E { kA = 0, kB = 1 };", "enum E { kA = 0, kB = 2 };")

    assert "an old main refuses what a new renderer sends: 2 (bytes)" in render_report(report)


def test_number_that_is_unknown_becomes_another_default(sources):
    old, new = (f"[Extensible] enum E {{ [Default] kA = 0, kB = {n} }};" for n in (1, 2))

    text = render_report(enum(sources, old, new))

    assert "an old main misreads what a new renderer sends: 2, which becomes `kA`" in text


def test_number_that_is_unknown_stays_what_it_is_where_there_is_no_default(sources):
    old, new = (f"[Extensible] enum E {{ kA = 0, kB = {n} }};" for n in (1, 2))

    text = render_report(enum(sources, old, new))

    assert "an old main misreads what a new renderer sends: 2, which it does not know" in text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[Default] kA = 1, kB = 2", "[Default] kA = 2"),  # 1 and 2 in bytes
        ("kA = 1, [Default] kB = 2", "[Default] kA = 2"),  # "kA" and "kB" in JSON
    ],
)
def test_values_that_become_one_default_are_no_two_keys(sources, old, new):
    texts = (f"[Extensible] enum E {{ {values} }};" for values in (old, new))

    report = enum(sources, *texts, type="map<E, bool>")

    assert "two keys that both become `kA`" in render_report(report)


def test_unknown_numbers_that_are_kept_are_no_two_keys_where_there_is_a_default(sources):
    old, new = (f"[Extensible] enum E {{ {default}kA }};" for default in ("", "[Default] "))

    report = enum(sources, old, new, type="map<E, bool>")

    assert rules(report) == {"map-key-changed", "unknown-default-changed"}
    assert _broken_pairs(report) == {("a new main", "an old renderer")}


def union(sources, old: str, new: str, attribute: str = "") -> str:
    """What is said of JSON where a union that a struct has is another one."""
    texts = (f"{attribute}union U {{ {one} }}; struct S {{ U u; }};{_SEND}" for one in (old, new))
    return render_report(versions(sources, *texts, payload=Payload.JSON))


def test_member_that_took_a_number_is_unknown_to_a_closed_union(sources):
    text = union(sources, "bool a; string b;", "bool a; uint8 c;")

    assert "an old main refuses what a new renderer sends: `c`" in text
    assert "a new main refuses what an old renderer sends: `b`" in text


def test_member_that_took_a_number_becomes_the_default_of_an_extensible_union(sources):
    text = union(
        sources, "[Default] bool a; string b;", "[Default] bool a; uint8 c;", "[Extensible] "
    )

    assert "an old renderer sends to a new main: `b` becomes `a`" in text
    assert "refuses" not in text


def test_member_that_is_renamed_is_unknown_to_a_closed_union(sources):
    text = union(sources, "bool a; string b;", "bool a; string c;")

    assert "an old main refuses what a new renderer sends: `c`" in text


def test_member_that_is_renamed_becomes_the_default_of_an_extensible_union(sources):
    text = union(
        sources, "[Default] bool a; string b;", "[Default] bool a; string c;", "[Extensible] "
    )

    assert "an old main misreads what a new renderer sends: `c`, which becomes `a`" in text


def test_number_may_have_a_second_name(sources):
    old, new = (
        f"enum E {{ kA = 0, kB = 1{more} }}; struct S {{ E e; }};{_SEND}"
        for more in ("", ", kOne = 1")
    )

    assert not versions(sources, old, new).breaks()


def test_dump_is_as_good_as_the_files():
    for id in RULES:
        old, new = program(id, "old"), program(id, "new")
        loaded = compare(load(dump(old)), load(dump(new)))

        assert rules(loaded) == rules(compare(old, new))


# ---- The command.


def ipcgen(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess:
    command = [sys.executable, str(ROOT / "generator" / "ipcgen"), "breaking", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def two_versions(sources):
    sources.write("old/a.ipc", f"struct S {{ uint8 a; }};{_SEND}")
    sources.write("new/a.ipc", f"struct S {{ uint32 a; }};{_SEND}")
    return sources


def test_command_says_what_breaks_and_fails(two_versions, golden):
    done = ipcgen("old", "new", cwd=two_versions.folder)

    assert (done.returncode, done.stderr) == (1, "")
    golden(HERE / "command.txt", done.stdout)


def test_command_is_silent_when_nothing_changed(two_versions):
    done = ipcgen("new", "new", cwd=two_versions.folder)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_command_takes_a_dump_for_a_version(two_versions):
    text = dump(two_versions.program("", "old/a.ipc"))
    two_versions.write("old.json", text)

    done = ipcgen("old.json", "new", cwd=two_versions.folder)

    assert done.returncode == 1 and "[integer-widened]" in done.stdout


def test_list_prints_every_rule(golden):
    done = ipcgen("--list")

    assert done.returncode == 0
    assert done.stdout == render_rules()
    golden(HERE / "list.txt", done.stdout)
    assert len(RULES) >= 25


@pytest.mark.parametrize("id", RULES)
def test_rule_is_explained(id):
    entry = find(id)

    assert entry is not None and entry.id == id
    assert entry.title == RULES[id].says and not entry.title.endswith(".")
    assert entry.explanation.endswith(".")


def test_what_is_no_rule_is_not_explained():
    assert find("IPC0001") is None


@pytest.mark.parametrize(
    ("old", "reason"), [("gone", "no folder gone"), ("bad.json", "not JSON"), ("empty", "no .ipc")]
)
def test_version_that_cannot_be_read_is_exit_code_two(two_versions, old, reason):
    two_versions.write("bad.json", "{")
    (two_versions.folder / "empty").mkdir()

    done = ipcgen(old, "new", cwd=two_versions.folder)

    assert done.returncode == 2 and reason in done.stderr


def test_version_with_mistakes_is_exit_code_two(two_versions):
    two_versions.write("old/b.ipc", "struct S {")

    done = ipcgen("old", "new", cwd=two_versions.folder)

    assert done.returncode == 2 and "b.ipc" in done.stderr
