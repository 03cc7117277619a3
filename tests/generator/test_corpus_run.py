"""tests/corpus/run: how it looks up imports, what stays opaque, what it prints."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from paths import ROOT

from generator import ir
from generator.sema import Compilation, analyze

_LAST_LINE = re.compile(r"(\d+) accepted, (\d+) refused, (\d+) missing imports, \d+\.\d seconds")


class Corpus:
    """A folder of mojoms, and what the command says of it."""

    def __init__(self, folder: Path):
        self._folder = folder

    def write(self, path: str, text: str) -> None:
        file = self._folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def run(self) -> tuple[tuple[int, int, int], str]:
        """The counts of the last line, and what stands before it."""
        command = [ROOT / "tests/corpus/run", "--root", self._folder]
        result = subprocess.run(command, capture_output=True, text=True, timeout=60)
        before, _, last = result.stdout.rstrip("\n").rpartition("\n")
        match = _LAST_LINE.fullmatch(last)
        assert match, result.stdout + result.stderr
        accepted, refused, missing = (int(count) for count in match.groups())
        assert result.returncode == (1 if refused else 0)
        return (accepted, refused, missing), before


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path)


def test_takes_both_kinds_of_mojoms_and_nothing_else(corpus):
    corpus.write("a.mojom", "struct A {};")
    corpus.write("deep/down/b.test-mojom", "struct B {};")
    corpus.write("c.ipc", "not one of them")

    assert corpus.run() == ((2, 0, 0), "")


def test_import_is_looked_up_from_each_folder_above_the_nearest_first(corpus):
    text = 'import "lib/near.mojom"; import "top.mojom"; struct U { N n; T t; };'
    corpus.write("x/y/user.mojom", text)
    corpus.write("x/lib/near.mojom", "struct N {};")
    corpus.write("lib/near.mojom", "struct Farther {};")
    corpus.write("top.mojom", "struct T {};")

    assert corpus.run() == ((4, 0, 0), "")


def test_names_of_missing_imports_stay_opaque_and_refuse_nothing(corpus):
    corpus.write(
        "user.mojom",
        """
        module user;
        import "gone/away.mojom";
        import "gone/too.mojom";
        const uint32 kCount = away.kCount;
        enum E { kA = away.kA, kB, kC = 7 };
        [Stable, RenamedFrom="user.O"] struct S {
          away.Kind kind = away.Kind.kFirst;
          away.Kind short = kFirst;
          map<away.Key, array<too.Thing?>> things;
          uint32 size = away.kSize;
          string title = away.kTitle;
          [MinVersion=1] away.Thing later;
          [MinVersion=1] pending_remote<away.Door>? door;
        };
        [RequireContext=away.Process.kBrowser] interface I {
          [AllowedContext=away.Process.kBrowser] F(away.Thing t) => result<away.Thing, too.Error>;
        };
        """,
    )

    assert corpus.run() == ((1, 0, 2), "")


def test_names_that_features_rule_out_stay_opaque(corpus):
    windows = "[EnableIf=is_win] struct Font { int32 size; }; [EnableIf=is_win] enum Way { kIn };"
    corpus.write("windows.mojom", f"module w; {windows}")
    text = 'import "windows.mojom"; struct S { w.Font font; w.Way way = kIn; };'
    corpus.write("user.mojom", text)

    assert corpus.run() == ((2, 0, 0), "")


def test_prints_each_refusal_with_its_place(corpus):
    corpus.write("good.mojom", "struct Good {};")
    corpus.write("bad.mojom", "struct Bad {\n  Unknown a;\n  int32 a;\n};")

    counts, before = corpus.run()

    assert counts == (1, 1, 0)
    assert "bad.mojom:2:3: error: nothing here is called `Unknown` [IPC0024]" in before
    assert "bad.mojom:3:9: error: `a` is declared already [IPC0023]" in before


def test_only_the_file_with_a_mistake_is_refused(corpus):
    corpus.write("base.mojom", "module base; struct Bad { Unknown a; };")
    corpus.write("user.mojom", 'import "base.mojom"; struct S { base.Bad b; };')

    assert corpus.run()[0] == (1, 1, 0)


def test_import_that_leads_back_is_refused_wherever_it_is_found(corpus):
    corpus.write("x/a.mojom", 'import "b.mojom"; struct A {};')
    corpus.write("x/b.mojom", 'import "x/a.mojom"; struct B {};')

    counts, before = corpus.run()

    assert counts == (1, 1, 0)
    assert "`x/a.mojom` and `x/b.mojom` import each other" in before


def test_opaque_names_stand_in_the_program(tmp_path):
    (tmp_path / "user.mojom").write_text(
        'import "gone.mojom"; struct S { gone.T? t; gone.K k = gone.K.kA; '
        "pending_remote<gone.I> i; };"
    )

    compilation = Compilation(("user.mojom",), (tmp_path,), opaque_imports=True)
    program = analyze(compilation)

    fields = program.module("user.mojom").structs[0].fields
    assert [statement.path.value for statement in compilation.absent] == ["gone.mojom"]
    assert [field.type for field in fields] == [
        ir.Nullable(ir.Opaque("gone.T")),
        ir.Opaque("gone.K"),
        ir.Opaque("pending_remote<gone.I>"),
    ]
    assert fields[1].default == ir.Value(ir.Opaque("gone.K.kA"))


def test_without_the_option_a_missing_import_is_a_mistake(tmp_path):
    (tmp_path / "user.mojom").write_text('import "gone.mojom"; struct S { gone.T t; };')

    compilation = Compilation(("user.mojom",), (tmp_path,))

    assert analyze(compilation) is None
    assert [found.id for found in compilation.diagnostics] == ["IPC0020"]
