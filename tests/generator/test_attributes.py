"""Every attribute: where it may stand, what it takes, what it means together with others."""

from __future__ import annotations

import pytest

from generator import ir
from generator.sema.attributes import ATTRIBUTES, CONDITION, FLAG, NAME, NUMBER, STRING

_BEFORE = (
    'feature kFancy { const string name = "F"; const bool default_state = true; }; '
    "enum Level { kHigh }; "
)
# A file for each kind of declaration, with room for an attribute.
_PLACES = {
    "module": "{0} module m; " + _BEFORE,
    "import": '{0} import "other.ipc"; ' + _BEFORE,
    "const": _BEFORE + "{0} const bool kC = true;",
    "enum": _BEFORE + "{0} enum E {{ kA }};",
    "value": _BEFORE + "[Extensible] enum E {{ {0} kA }};",
    "struct": _BEFORE + "{0} struct S {{}};",
    "field": _BEFORE + "struct S {{ {0} bool a; }};",
    "union": _BEFORE + "{0} union U {{ [Default] bool a; bool b; }};",
    "variant": _BEFORE + "[Extensible] union U {{ {0} bool a; bool b; }};",
    "interface": _BEFORE + "{0} interface I {{}};",
    "method": _BEFORE + "interface I {{ {0} M() => (); }};",
    "parameter": _BEFORE + "interface I {{ M({0} bool a); }};",
    "channels": _BEFORE + "{0} channels C {{}};",
    "channel": _BEFORE + "channels C {{ {0} invoke M() => (); }};",
    "feature": _BEFORE + "{0} feature kOther {{}};",
    "type": _BEFORE + "{0} type T = bool;",
}
_VALUES = {FLAG: "", NUMBER: "=1", STRING: '="text"', CONDITION: "=is_there"}
_NAMES = {"RuntimeFeature": "=kFancy", "SendValidation": "=kFancy"}


def written(name: str) -> str:
    takes = ATTRIBUTES[name][1]
    return f"[{name}{_NAMES.get(name, '=Level.kHigh') if takes == NAME else _VALUES[takes]}]"


def ids_at(sources, place: str, attributes: str) -> list[str]:
    sources.write("other.ipc", "struct Other {};")
    text = _PLACES[place].replace("{0}", attributes).replace("{{", "{").replace("}}", "}")
    return sources.ids(text)


def test_places_are_all_there_are():
    targets = {target for targets, _ in ATTRIBUTES.values() for target in targets.split()}

    assert targets == set(_PLACES)


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_attribute_is_refused_exactly_where_it_means_nothing(sources, name):
    targets = ATTRIBUTES[name][0].split()

    refused = [place for place in _PLACES if "IPC0037" in ids_at(sources, place, written(name))]

    assert refused == [place for place in _PLACES if place not in targets]


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_attribute_takes_its_kind_of_value_only(sources, name):
    place = ATTRIBUTES[name][0].split()[0]
    wrong = "=3.5"

    assert "IPC0038" not in ids_at(sources, place, written(name))
    assert "IPC0038" in ids_at(sources, place, f"[{name}{wrong}]")


@pytest.mark.parametrize("name", ATTRIBUTES)
@pytest.mark.parametrize("misspell", [str.lower, lambda name: name[:1] + name[2:]])
def test_unknown_attribute_comes_with_the_one_that_was_meant(sources, name, misspell):
    sources.write("test.ipc", f"[{misspell(name)}] struct S {{}};")

    (found,) = sources.analyze("test.ipc").diagnostics

    assert found.id == "IPC0036"
    assert found.help == f"did you mean `{name}`?"


def test_misspelt_native_is_one_mistake(sources):
    assert sources.ids("[Natve] struct S;") == ["IPC0036"]


def test_conditions_stand_alone_even_when_they_drop_what_they_stand_on(sources):
    text = "[EnableIf=a, EnableIfNot=b] struct S {};"

    assert sources.ids(text) == ["IPC0064"]


def test_no_interrupt_belongs_to_sync(sources):
    assert sources.ids("interface I { [NoInterrupt] M() => (); };") == ["IPC0064"]
    assert sources.ids("interface I { [Sync, NoInterrupt] M() => (); };") == []


@pytest.mark.parametrize(
    ("attribute", "id"),
    [
        ("RuntimeFeature=kFancy", None),
        ("RuntimeFeature=kUnheard", "IPC0024"),
        ("RuntimeFeature=Level", "IPC0025"),
        ("RequireContext=Level.kHigh", None),
        ("RequireContext=Level.kUnheard", "IPC0024"),
        ("ServiceSandbox=kFancy", "IPC0025"),
    ],
)
def test_attribute_names_something_that_is_there(sources, attribute, id):
    assert sources.ids(f"{_BEFORE} [{attribute}] interface I {{}};") == ([id] if id else [])


def test_values_stand_in_the_program_resolved_where_they_name_an_enums_value(sources):
    module = sources.module(
        _BEFORE
        + '[RequireContext=Level.kHigh, RuntimeFeature=kFancy, Uuid="1-2", DispatchDebugAlias] '
        "interface I { [EnableIfNot=is_a&is_b, MinVersion=3, EstimateSize=false] M(); };"
    )

    (interface,) = module.interfaces
    level = ir.EnumConstant("test.ipc", "Level", "kHigh", 0)
    assert interface.attributes == (
        ir.Attribute("RequireContext", level),
        ir.Attribute("RuntimeFeature", "kFancy"),
        ir.Attribute("Uuid", "1-2"),
        ir.Attribute("DispatchDebugAlias", True),
    )
    assert interface.methods[0].attributes == (
        ir.Attribute("EnableIfNot", "is_a&is_b"),
        ir.Attribute("MinVersion", 3),
        ir.Attribute("EstimateSize", False),
    )
    assert interface.methods[0].min_version == 3


def test_deprecated_and_its_note_travel(sources):
    module = sources.module('channels C { [Deprecated, Note="use N"] send M(); send N(); };')

    assert module.channels[0].members[0].attributes == (
        ir.Attribute("Deprecated", True),
        ir.Attribute("Note", "use N"),
    )


@pytest.mark.parametrize("verb", ["send", "emit", "relay", "host", "invoke", "sync", "ask"])
@pytest.mark.parametrize(
    ("most", "accepted"), [(0, False), (1, True), (67108864, True), (67108865, False)]
)
def test_max_bytes_bounds_every_verb_within_the_limit_of_messages(sources, verb, most, accepted):
    answer = " => ()" if verb in ("invoke", "sync", "ask") else ""
    text = f"channels C {{ [MaxBytes={most}] {verb} M(){answer}; }};"

    assert sources.ids(text) == ([] if accepted else ["IPC0065"])
    if accepted:
        assert sources.module(text).channels[0].members[0].max_bytes == most
