"""The JSON form of a program: whole, valid, reversible and the same everywhere."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from generator import ir
from generator.dump import SCHEMA, DumpError, dump, load
from generator.dump.schema import schema_text
from generator.sema import Compilation, analyze

ROOT = Path(__file__).resolve().parents[3]
GENERATOR_TESTS = ROOT / "tests" / "generator"
_SHOP = ("tests/generator/shop", "tests/generator/docs/site", "tests/generator/breaking")


def _files() -> list[str]:
    """Every file of the tree that imports by the tree's own paths and is meant to be right."""
    found = []
    for folder in ("idl", "samples", "tests"):
        for path in sorted((ROOT / folder).rglob("*.ipc")):
            name = path.relative_to(ROOT).as_posix()
            if path.name != "bad.ipc" and not name.startswith(_SHOP):
                found.append(name)
    return found


def compiled(path: str, root: Path = ROOT) -> ir.Program | None:
    return analyze(Compilation((path,), (root,)))


def same(loaded: ir.Program, program: ir.Program) -> bool:
    """Equal; of programs with a NaN, which equals nothing, by their texts."""
    return loaded == program or ('"NaN"' in dump(program) and dump(loaded) == dump(program))


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.fixture
def shop() -> ir.Program:
    program = compiled("everything.ipc", GENERATOR_TESTS / "shop")
    assert program is not None
    return program


def test_every_file_of_the_tree_is_valid_and_loads_back_equal(validator):
    dumped = 0
    for path in _files():
        program = compiled(path)
        if program is None:  # a diagnostic's folder imports from itself
            continue
        text = dump(program)
        validator.validate(json.loads(text))
        assert same(load(text), program), path
        dumped += 1

    assert dumped > 60


def test_file_that_has_everything_is_valid_and_loads_back_equal(shop, validator):
    text = dump(shop)

    validator.validate(json.loads(text))
    assert load(text) == shop
    assert dump(load(text)) == text


def test_published_schema_is_that_of_the_ir():
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()


def test_schema_refuses_what_it_does_not_know(shop, validator):
    odd = json.loads(dump(shop))
    odd["modules"][0]["decls"][0]["colour"] = "red"

    assert not validator.is_valid(odd)


def test_text_has_a_golden(sources, golden):
    sources.write("small.ipc", (Path(__file__).parent / "small.ipc").read_text(encoding="utf-8"))

    golden(Path(__file__).parent / "expected.json", dump(sources.program("", "small.ipc")))


def test_docs_and_attributes_are_there_and_places_are_not(shop):
    text = dump(shop)

    assert "Somebody types." in text and "JavaPackage" in text
    assert str(ROOT) not in text and '"where"' not in text


def test_floats_that_json_has_not_come_back(sources):
    program = sources.program(
        "const double kInf = double.INFINITY; const float kNan = float.NAN; const double k = 1.0;"
    )

    back = load(dump(program))

    assert same(back, program)
    assert isinstance(back.modules[0].consts[2].value.scalar, float)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "not JSON"),
        ("[]", "no output of"),
        ("{}", "no output of"),
        ('{"format": 99}', "format 99"),
        ('{"format": 1}', "`modules` is missing"),
        ('{"format": 1, "modules": 3, "roots": []}', "modules: expected a list"),
        ('{"format": 1, "modules": [{}], "roots": []}', r"modules\[0\]: `path` is missing"),
        ('{"format": 1, "modules": [], "roots": [3]}', r"roots\[0\]: 3 has no place here"),
    ],
)
def test_what_is_no_dump_is_refused_with_its_place(text, reason):
    with pytest.raises(DumpError, match=reason):
        load(text)


def test_command_prints_the_program_and_the_schema(shop):
    def ipcgen(*arguments: str) -> str:
        command = [sys.executable, str(ROOT / "generator" / "ipcgen"), "dump", *arguments]
        done = subprocess.run(
            command, cwd=ROOT / "tests/generator/shop", capture_output=True, text=True, check=True
        )
        return done.stdout

    assert ipcgen("everything.ipc") == dump(shop)
    assert ipcgen("--schema") == schema_text()
