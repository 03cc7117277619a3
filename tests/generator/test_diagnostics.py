"""Every diagnostic: a file that earns it, a file that does not, and how it reads.

A folder holds bad.ipc, good.ipc, what they import, and expected.txt.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.sema import Compilation, analyze
from generator.source import CATALOGUE, render

FOLDER = Path(__file__).parent / "diagnostics"
# From here on a backend speaks; tests/generator/backends shows those.
FIRST_OF_BACKENDS = "IPC0101"
FRONT_END = [id for id in CATALOGUE if id < FIRST_OF_BACKENDS]


def compile_in(folder: Path, path: str) -> Compilation:
    compilation = Compilation((path,), (folder,))
    analyze(compilation)
    return compilation


@pytest.mark.parametrize("id", FRONT_END)
def test_bad_file_earns_this_diagnostic_and_no_other(id, golden):
    folder = FOLDER / id

    found = compile_in(folder, "bad.ipc").diagnostics

    assert {diagnostic.id for diagnostic in found} == {id}
    golden(folder / "expected.txt", "\n".join(render(diagnostic) for diagnostic in found))


@pytest.mark.parametrize("id", FRONT_END)
def test_good_file_is_accepted(id):
    found = compile_in(FOLDER / id, "good.ipc").diagnostics

    assert [render(diagnostic) for diagnostic in found] == []


def test_every_folder_belongs_to_a_diagnostic():
    folders = {folder.name for folder in FOLDER.iterdir()}

    assert folders == set(FRONT_END)


def test_catalogue_is_in_order_and_reads_well():
    assert list(CATALOGUE) == sorted(CATALOGUE)
    for entry in CATALOGUE.values():
        assert entry.title[0] in "`[" or entry.title[0].islower() or entry.title.startswith("UTF")
        assert not entry.title.endswith(".")
        assert entry.explanation.endswith(".")


@pytest.mark.parametrize("id", FRONT_END)
def test_message_has_the_house_style(id):
    for diagnostic in compile_in(FOLDER / id, "bad.ipc").diagnostics:
        for text in (diagnostic.message, diagnostic.help):
            assert not text.endswith(".")
            assert text[:1] in ("", "`", "[") or not text[0].isupper()
        assert diagnostic.span.end > diagnostic.span.start
