"""Every diagnostic: a file that earns it, a file that does not, and how it reads.

A folder holds bad.ipc, good.ipc, what they import, and expected.txt.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.backends import cpp, proto
from generator.sema import Compilation, analyze
from generator.source import CATALOGUE, Diagnostic, SourceFile, Span, error, render

FOLDER = Path(__file__).parent / "diagnostics"
FIRST_OF_BACKENDS = "IPC0101"


def diagnose(id: str, path: str) -> list[Diagnostic]:
    """What the front end says of a file; for the numbers of the backends, what they say."""
    compilation = Compilation((path,), (FOLDER / id,))
    program = analyze(compilation)
    if id < FIRST_OF_BACKENDS:
        return compilation.diagnostics
    assert program is not None
    module = program.module(path)
    return [found for backend in (cpp, proto) for found in backend.unsupported(program, module)]


@pytest.mark.parametrize("id", CATALOGUE)
def test_bad_file_earns_this_diagnostic_and_no_other(id, golden):
    found = diagnose(id, "bad.ipc")

    assert {diagnostic.id for diagnostic in found} == {id}
    golden(FOLDER / id / "expected.txt", "\n".join(render(diagnostic) for diagnostic in found))


@pytest.mark.parametrize("id", CATALOGUE)
def test_good_file_is_accepted(id):
    assert [render(diagnostic) for diagnostic in diagnose(id, "good.ipc")] == []


def test_every_folder_belongs_to_a_diagnostic():
    folders = {folder.name for folder in FOLDER.iterdir()}

    assert folders == set(CATALOGUE)


def test_number_that_is_not_in_the_catalogue_is_refused():
    with pytest.raises(ValueError, match="IPC9999"):
        error("IPC9999", Span(SourceFile("a.ipc", "a"), 0, 1), "this is nothing")


def test_catalogue_is_in_order_and_reads_well():
    assert list(CATALOGUE) == sorted(CATALOGUE)
    for entry in CATALOGUE.values():
        assert entry.title[0] in "`[" or entry.title[0].islower()
        assert not entry.title.endswith(".")
        assert entry.explanation.endswith(".")


@pytest.mark.parametrize("id", CATALOGUE)
def test_message_has_the_house_style(id):
    for diagnostic in diagnose(id, "bad.ipc"):
        for text in (diagnostic.message, diagnostic.help):
            assert not text.endswith(".")
            assert text[:1] in ("", "`", "[") or not text[0].isupper()
        assert diagnostic.span.end > diagnostic.span.start
