"""Backends of users: what they make, and what they are told when they make a mistake."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from paths import ROOT

HERE = Path(__file__).parent
EXAMPLE = ROOT / "samples/plugin_markdown"
METERS = ROOT / "tests/generator/docs/site"

NOTES = """
/// Notes.
module notes;
const uint32 kMost = 3;
enum Kind { kText, kTask };
struct Note { Kind kind = Kind.kTask; uint32 n = kMost; Note? next; array<Note>(max=2) all; };
channels Notes = "notes" { invoke Read(uint64 id) => result<Note, string>; };
"""


def ipcgen(*arguments: str, cwd: Path) -> subprocess.CompletedProcess:
    command = [sys.executable, str(ROOT / "generator/ipcgen"), "generate", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60, check=False)


class Plugin:
    """A folder of templates, and a file to run them over."""

    def __init__(self, sources):
        self.folder = sources.folder
        self.write = sources.write
        sources.write("in/notes.ipc", NOTES)

    def run(self, **templates: str) -> subprocess.CompletedProcess:
        for name, text in templates.items():
            self.write(f"mine/{name.replace('__', '.')}", text)
        return ipcgen("--backend", "mine", "--out", "out", "in/notes.ipc", cwd=self.folder)

    def made(self, **templates: str) -> dict[str, str]:
        done = self.run(**templates)
        assert (done.returncode, done.stderr) == (0, "")
        out = self.folder / "out"
        return {
            path.relative_to(out).as_posix(): path.read_text()
            for path in sorted(out.rglob("*"))
            if path.is_file()
        }

    def refused(self, **templates: str) -> str:
        done = self.run(**templates)
        assert (done.returncode, done.stdout) == (1, "")
        assert not (self.folder / "out").exists()
        return done.stderr


@pytest.fixture
def plugin(sources) -> Plugin:
    return Plugin(sources)


def test_example_writes_markdown(tmp_path, golden):
    done = ipcgen(
        *("--backend", str(EXAMPLE), "--out", str(tmp_path), "a/kinds.ipc", "reader.ipc"),
        cwd=METERS,
    )

    assert (done.returncode, done.stderr) == (0, "")
    made = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert made == {"index.md", "reader.md", "a/kinds.md"}
    for path in made:
        golden(HERE / "goldens" / Path(path).name, (tmp_path / path).read_text())


def test_readme_shows_the_example_as_it_is(tmp_path):
    readme = (ROOT / "generator/README.md").read_text()
    section = readme.split("\n## A backend of your own\n")[1].split("\n## ")[0]
    _, excerpt, _, mistake, _ = section.split("\n```\n")
    copy = shutil.copytree(EXAMPLE, tmp_path / EXAMPLE.relative_to(ROOT))
    parts = copy / "_parts.md.j2"
    assert excerpt in parts.read_text()

    parts.write_text(parts.read_text().replace("in decl.fields", "in decl.feilds"))
    done = ipcgen(
        *("--backend", "samples/plugin_markdown", "--out", "out", "-I", str(ROOT)),
        "samples/notes/notes.ipc",
        cwd=tmp_path,
    )

    assert done.stderr == f"{mistake}\n"
    for shown in ("_parts.md.j2", "module.md.j2", "index.md.j2", "filters.py"):
        assert f"`{shown}`" in section and (EXAMPLE / shown).is_file()


def test_name_of_a_template_says_what_it_writes(plugin):
    made = plugin.made(
        module__md__j2="{{ module.path }}\n",
        module__list__txt__j2="{{ module.name }}\n",
        all__txt__j2="{{ program.roots | join }}\n",
        _part__txt__j2="never",
    )

    assert made == {
        "all.txt": "in/notes.ipc\n",
        "in/notes.list.txt": "notes\n",
        "in/notes.md": "in/notes.ipc\n",
    }


def test_ipc_writes_types_values_and_calls_as_the_file_does(plugin):
    made = plugin.made(
        module__txt__j2="{% for f in module.structs[0].fields %}{{ f | ipc }}; {{ f.type | ipc }}; "
        "{{ f.default | ipc }}\n{% endfor %}"
        "{% for m in module.channels[0].members %}{{ m | ipc }} {{ m.response | ipc }}{% endfor %}",
        all__txt__j2="{{ program.modules[0].structs[0].fields[0] | ipc }}",
    )

    assert made["in/notes.txt"].splitlines() == [
        "Kind kind = Kind.kTask; Kind; Kind.kTask",
        "uint32 n = kMost; uint32; kMost",
        "Note? next; Note?; ",
        "array<Note>(max=2) all; array<Note>(max=2); ",
        "invoke Read(uint64 id) => result<Note, string>; result<Note, string>",
    ]
    assert made["all.txt"] == "notes.Kind kind = notes.Kind.kTask"


def test_other_helpers(plugin):
    made = plugin.made(
        module__txt__j2="""\
{{ module.docs | comment("# ") }}
{{ module.decls | map("kind") | join(" ") }}
{{ (module.structs[0].fields[2].type | declaration).full_name }}
{{ module.structs[0].fields[1].type | declaration }}
{{ module.structs[0] | local_name }}
{{ "kOneTwo" | snake }} {{ "one_two" | camel }} {{ "oneTwo" | upper_snake }}
"""
    )

    assert made["in/notes.txt"].splitlines() == [
        "# Notes.",
        "const enum struct channels",
        "notes.Note",
        "None",
        "Note",
        "k_one_two OneTwo ONE_TWO",
    ]


def test_functions_of_filters_py_are_filters(plugin):
    made = plugin.made(
        all__txt__j2="{{ 'a' | twice }}",
        filters__py="from os.path import join\ndef twice(text):\n    return _times(text, 2)\n"
        "def _times(text, n):\n    return text * n\n",
    )

    assert made == {"all.txt": "aa"}
    assert not (plugin.folder / "mine/__pycache__").exists()


def test_options_reach_templates(plugin):
    plugin.write("mine/all.txt.j2", "{{ options.title }} {{ options.x | default('y') }}")

    done = ipcgen(
        *("--backend", "mine", "--option", "title=T", "--out", "out", "in/notes.ipc"),
        cwd=plugin.folder,
    )

    assert done.returncode == 0
    assert (plugin.folder / "out/all.txt").read_text() == "T y"


def test_runs_beside_other_backends_and_tells_ninja_what_it_read(plugin):
    plugin.write("mine/module.md.j2", "x")
    plugin.write("mine/filters.py", "")

    done = ipcgen(
        *("--backend", "proto", "--backend", "mine", "--out", "out"),
        *("--depfile", "out/d", "in/notes.ipc"),
        cwd=plugin.folder,
    )

    assert done.returncode == 0
    made = sorted(path.name for path in (plugin.folder / "out/in").iterdir())
    assert made == ["notes.md", "notes.proto"]
    read = (plugin.folder / "out/d").read_text().split()
    assert {"mine/module.md.j2", "mine/filters.py", "in/notes.ipc"} <= set(read)
    assert any(path.endswith("generator/plugins/folder.py") for path in read)


MISTAKES = {
    "unknown_attribute": {
        "module__md__j2": "one\n{% for s in module.structs %}\n{{ s.feilds }}\n{% endfor %}\n"
    },
    "unknown_name": {"module__md__j2": "{{ modul.name }}"},
    "unknown_filter": {"all__md__j2": "\n\n{{ 1 | snak }}"},
    "unknown_option": {"all__md__j2": "{{ options.title }}"},
    "syntax": {"module__md__j2": "one\n{% for s in %}\n{% endfor %}"},
    "never_closed": {"module__md__j2": "one\n{% if 1 %}\ntwo\n"},
    "in_a_part": {
        "module__md__j2": "{% import '_p.md.j2' as p with context %}\n\n{{ p.m(module) }}",
        "_p__md__j2": "{% macro m(x) %}\n{{ x.nam }}\n{% endmacro %}",
    },
    "syntax_of_a_part": {"module__md__j2": "{% include '_p.md.j2' %}", "_p__md__j2": "\n{{ }}"},
    "no_such_part": {"module__md__j2": "\n{% include '_q.md.j2' %}"},
    "in_a_filter": {
        "module__md__j2": "one\n{{ 'a' | mine }}",
        "filters__py": "def mine(text):\n    return text + 1\n",
    },
    "imported_by_filters": {
        "module__md__j2": "{{ 'a' | dedent }}",
        "filters__py": "from textwrap import dedent\n",
    },
    "syntax_of_filters": {"module__md__j2": "", "filters__py": "x = 1\ndef f(:\n"},
    "filters_that_fail": {"module__md__j2": "", "filters__py": "\nimport nothing_of_this_name\n"},
    "nothing_for_a_helper": {"module__md__j2": "{{ module.typ | kind }}"},
    "wrong_for_ipc": {"module__md__j2": "{{ module | ipc }}"},
    "in_python": {"module__md__j2": "{{ 1 / 0 }}"},
    "recursion": {"module__md__j2": "{% macro m() %}\n{{ m() }}\n{% endmacro %}\n{{ m() }}"},
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_is_told_with_file_line_and_a_way_out(mistake, plugin, golden):
    said = plugin.refused(**MISTAKES[mistake])

    assert "Traceback" not in said and str(plugin.folder) not in said
    golden(HERE / "goldens" / f"{mistake}.txt", said)


def test_folder_without_templates_is_a_wrong_command(plugin):
    plugin.write("mine/_only.md.j2", "")

    done = ipcgen("--backend", "mine", "--out", "out", "in/notes.ipc", cwd=plugin.folder)

    assert done.returncode == 2
    assert done.stderr == "ipcgen: mine holds no template: a file like module.md.j2\n"


def test_backend_that_is_neither_is_a_wrong_command(plugin):
    done = ipcgen("--backend", "cobol", "--out", "out", "in/notes.ipc", cwd=plugin.folder)

    assert done.returncode == 2
    assert done.stderr == (
        "ipcgen: there is no backend cobol; there are cpp, cpp_fakes, proto, and no folder is called that\n"
    )


def test_two_backends_do_not_write_one_file(plugin):
    plugin.write("mine/module.proto.j2", "")

    done = ipcgen(
        *("--backend", "proto", "--backend", "mine", "--out", "out", "in/notes.ipc"),
        cwd=plugin.folder,
    )

    assert done.returncode == 2
    assert "in/notes.proto would be written twice" in done.stderr
    assert not (plugin.folder / "out").exists()
