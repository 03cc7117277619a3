"""Pages as a whole: what they say (goldens), and that nothing in them is broken."""

from __future__ import annotations

import json
import posixpath
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from paths import ROOT
from html_page import Page
from generator import ir
from generator.docs import site
from generator.sema import Compilation, analyze

HERE = Path(__file__).parent
CONSTRUCTS = sorted((ROOT / "tests/generator/backends/goldens").glob("*/in.ipc"))
SITES = {
    "own": (HERE / "site", "reader.ipc"),
    "notes": (ROOT, "samples/notes/notes.ipc"),
    "shop": (ROOT / "tests/generator/shop", "everything.ipc"),
    **{path.parent.name: (ROOT, path.relative_to(ROOT).as_posix()) for path in CONSTRUCTS},
}


def program(folder: Path, *files: str) -> ir.Program:
    compilation = Compilation(files, (folder,))
    made = analyze(compilation)
    assert made is not None, [str(found) for found in compilation.diagnostics]
    return made


@cache
def files_of(name: str) -> dict[str, str]:
    folder, file = SITES[name]
    return site(program(folder, file), "The <reference>")


@cache
def pages_of(name: str) -> dict[str, Page]:
    return {path: Page(text) for path, text in files_of(name).items() if path.endswith(".html")}


def index_of(files: dict[str, str]) -> dict:
    text = files["search-index.js"]
    assert text.startswith("var ipcSearchIndex = ") and text.endswith(";\n")
    return json.loads(text.removeprefix("var ipcSearchIndex = ")[:-2])


@pytest.mark.parametrize("path", ["index.html", "reader.ipc.html", "a/kinds.ipc.html"])
def test_says_what_the_golden_says(path, golden):
    text = files_of("own")[path]
    start, end = text.index("<body"), text.index("<script>")

    golden(HERE / "goldens" / Path(path).name, text[start:end])


def test_search_index_says_what_the_golden_says(golden):
    golden(HERE / "goldens" / "search-index.js", files_of("own")["search-index.js"])


def test_says_the_same_whatever_the_order_of_the_files(sources):
    sources.write("shared.ipc", "module shared; struct S { int8 a; };")
    for name in ("one", "two"):
        text = f'module {name}; import "shared.ipc"; struct T {{ shared.S s; }};'
        sources.write(f"{name}.ipc", text)

    forth = site(sources.program("", "one.ipc", "two.ipc"), "")
    back = site(sources.program("", "two.ipc", "one.ipc", "shared.ipc"), "")

    assert forth == back


@pytest.mark.parametrize("name", SITES)
def test_html_is_well_formed(name):
    assert {path: page.mistakes for path, page in pages_of(name).items() if page.mistakes} == {}


@pytest.mark.parametrize("name", SITES)
def test_ids_are_unique(name):
    for path, page in pages_of(name).items():
        assert len(page.ids) == len(set(page.ids)), path


@pytest.mark.parametrize("name", SITES)
def test_every_link_leads_somewhere(name):
    pages = pages_of(name)
    for path, page in pages.items():
        for href, text in page.links:
            if href.startswith(("http://", "https://")) and text == href:
                continue  # an author's
            file, _, anchor = href.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(file)))
            target = target if file else path
            assert target in pages, f"{path}: {text} -> {href}"
            assert not anchor or unquote(anchor) in pages[target].ids, f"{path}: {text} -> {href}"


@pytest.mark.parametrize("name", SITES)
def test_every_name_that_can_be_found_has_its_place(name):
    index, pages = index_of(files_of(name)), pages_of(name)
    for declared, _, page, _ in index["names"]:
        assert declared in pages[index["pages"][page][0]].ids


@pytest.mark.parametrize("name", SITES)
def test_pages_lead_to_the_index_of_names(name):
    for path, page in pages_of(name).items():
        values = {attribute: value for tag, attribute, value in page.attributes if tag == "body"}
        folder = posixpath.dirname(path)
        assert posixpath.normpath(posixpath.join(folder, values["data-index"])) == "search-index.js"
        assert posixpath.normpath(posixpath.join(folder, values["data-up"])) == "."


@pytest.mark.parametrize("name", SITES)
def test_headings_go_down_one_step_at_a_time(name):
    for path, page in pages_of(name).items():
        assert page.headings.count(1) == 1 and page.headings[0] == 1, path
        for before, after in zip(page.headings, page.headings[1:]):
            assert after <= before + 1, path


@pytest.mark.parametrize("name", SITES)
def test_nothing_is_loaded_from_elsewhere(name):
    for path, page in pages_of(name).items():
        loading = {value for _, attribute, value in page.attributes if attribute == "src"}
        assert not loading and "link" not in page.tags, path
        assert not re.search(r"url\(|@import", page.text), path


@pytest.mark.parametrize("name", SITES)
def test_what_the_keyboard_scrolls_can_be_reached_by_it(name):
    for page in pages_of(name).values():
        reached = [name for tag, name, _ in page.attributes if tag == "pre" and name == "tabindex"]
        assert len(reached) == page.tags.count("pre")


def test_every_type_name_is_a_link_across_files_too():
    links = set(pages_of("own")["reader.ipc.html"].links)

    assert ("#Reading", "Reading") in links
    assert ("#Reading.Unit", "Reading.Unit") in links
    assert ("a/kinds.ipc.html#Way", "a.kinds.Way") in links
    assert ("a/kinds.ipc.html#Way.kUp", "a.kinds.Way.kUp") in links


def test_declaration_leads_back_to_those_that_use_it():
    links = pages_of("own")["a/kinds.ipc.html"].links

    users = [text for href, text in links if href.startswith("../reader.ipc.html#")]
    assert users == ["Reading.taken", "kUsual", "Meters.Looking", "Meters.Read"]


def test_channel_says_all_that_a_caller_needs():
    page = pages_of("own")["reader.ipc.html"]
    start = page.said.index("Called by a renderer; main answers.")
    said = " ".join(page.said[start : page.said.index("Forget2", start)].split())

    for fact in (
        "Wire name meters.Read",
        "Deadline 2.5 s",
        "Parameters the_meter uint64 the_way_that_it_hangs a.kinds.Way reason string",
        "Answer ok Meters.Page err Problem",
        "C++ in a renderer meters.Read(the_meter, the_way_that_it_hangs, reason).Then(",
        "message MetersReadParams { uint64 the_meter = 1;",
    ):
        assert fact in said


def test_constraints_versions_and_deprecation_are_said():
    said = " ".join(pages_of("own")["reader.ipc.html"].said.split())

    assert "Limits at most 16 elements; each 1 to 8 bytes" in said
    assert "Limits matches [a-z]+" in said
    assert "name string? deprecated since version 1 Note use label" in said


def test_untyped_channel_is_said_to_travel_as_json():
    said = " ".join(pages_of("own")["reader.ipc.html"].said.split())

    assert "Ordinal @8 Payload JSON, no message of its own" in said


def test_what_cannot_travel_is_said_to_be_so():
    said = " ".join(pages_of("own")["reader.ipc.html"].said.split())

    assert "Bitmap native On the wire Not carried native types are not generated" in said
