"""Whatever authors write stays text."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from paths import ROOT
from html_page import Page
from hypothesis import given, settings
from hypothesis import strategies as st
from generator.docs import prose, site

STYLE = ROOT / "generator/docs/templates/style.css"

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></script></title><h1>big</h1>",
    "`<b>` and |x| and `\"' onclick=`",
    "[click](javascript:alert(1)) javascript:alert(1) https://x.org/\"onclick=alert(1)",
    "{{ 7 * 7 }} {% raw %} {# no #}",
    "<!-- --> ]]> &lt;b&gt; &#60;",
    "- <li> point\n- </ul>\n\n```\n</pre>\n```\n\n    <pre>",
]


def comment(text: str) -> str:
    return "".join(f"/// {line}\n" for line in text.split("\n"))


def tags_of(sources, docs: str) -> tuple[Page, Page]:
    """The page of a file with `docs` everywhere, and the index."""
    text = docs.replace("\n", " ")
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    sources.write(
        "test.ipc",
        f"{comment(docs)}module m;\n{comment(docs)}[Deprecated, Note=\"{quoted}\"]\n"
        f'struct S {{\n{comment(docs)}string a = "{quoted}";\n}};\n'
        f'const string kText = "{quoted}";\n'
        f"{comment(docs)}channels C {{\n{comment(docs)}"
        f'[Channel="{quoted[:100]}"] send Go(S s);\n}};\n',
    )
    files = site(sources.program("", "test.ipc"), docs)
    return Page(files["test.ipc.html"]), Page(files["index.html"])


@pytest.mark.parametrize("docs", HOSTILE)
def test_comment_adds_no_tag_and_no_attribute(docs, sources):
    harmless = "one `two` https://x.org/ three"
    shape = "\n\n- one\n\n```\ntwo\n```\n\n    three"
    page, index = tags_of(sources, docs)
    plain_page, plain_index = tags_of(sources, harmless + shape)

    for hostile, plain in ((page, plain_page), (index, plain_index)):
        assert hostile.mistakes == []
        assert set(hostile.tags) <= set(plain.tags)
        assert {(tag, name) for tag, name, _ in hostile.attributes} <= {
            (tag, name) for tag, name, _ in plain.attributes
        }
        assert hostile.tags.count("script") == 1
        assert not any(href.lower().startswith("javascript") for href, _ in hostile.links)


@pytest.mark.parametrize("docs", HOSTILE)
def test_comment_is_read_as_it_was_written(docs, sources):
    page, _ = tags_of(sources, docs)

    for word in re.findall(r"[^\s`|]+", docs):
        if word not in ("-", "```"):
            assert word in page.said


def test_names_of_files_cannot_leave_their_links(sources):
    path = 'odd "quoted" #1 100% <b>.ipc'
    sources.write(path, "module m;\nstruct S { int8 a; };\n")
    written = path.replace('"', '\\"')
    sources.write("javascript:alert(1).ipc", f'import "{written}";\n')

    files = site(sources.program("", "javascript:alert(1).ipc"), "t")

    links = {href for href, _ in Page(files["index.html"]).links}
    assert "javascript%3Aalert%281%29.ipc.html" in links
    assert "odd%20%22quoted%22%20%231%20100%25%20%3Cb%3E.ipc.html" in links


def test_index_of_names_closes_no_script(sources):
    sources.write("test.ipc", 'channels C { [Channel="</script>"] send Go(); };')

    text = site(sources.program("", "test.ipc"), "t")["search-index.js"]

    assert "<" not in text and "\\u003c/script>" in text


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab `|-*+1.)\n\t~<>&\"'(){}[]:/hps"), max_size=80))
def test_every_comment_keeps_its_letters(text):
    blocks = prose.prose(text, lambda name: "")

    kept = "".join(part.text for block in blocks for item in block.items for part in item)
    letters = [char for char in text if char in "ab<>&\"'"]
    fenced = re.search(r"^\s*(```|~~~)", text, re.MULTILINE)  # whose first line names a language
    assert fenced or [char for char in kept if char in "ab<>&\"'"] == letters


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_can_be_read_on_every_background(scheme):
    named = re.findall(r"--(\w+): (#[0-9a-f]{6})", STYLE.read_text())
    colours = dict(named[: len(named) // 2] if scheme == 0 else named[len(named) // 2 :])
    grounds = [colours.pop(name) for name in ("paper", "panel", "mark")]
    colours.pop("rule")

    for ground in grounds:
        for name, colour in colours.items():
            low, high = sorted((luminance(ground), luminance(colour)))
            assert (high + 0.05) / (low + 0.05) >= 4.5, f"{name} on {ground}"


def ipcgen(*arguments: str, cwd: Path) -> subprocess.CompletedProcess:
    command = [sys.executable, str(ROOT / "generator/ipcgen"), "docs", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60, check=False)


def test_command_writes_a_page_for_each_file_and_its_imports(sources):
    sources.write("one.ipc", 'import "in/two.ipc";\n')
    sources.write("in/two.ipc", "module two;\n")

    done = ipcgen("--out", "out", "--title", "Ours", "one.ipc", cwd=sources.folder)

    out = sources.folder / "out"
    made = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert made == ["in/two.ipc.html", "index.html", "one.ipc.html", "search-index.js"]
    assert "<h1>Ours</h1>" in (out / "index.html").read_text()


def test_command_writes_nothing_when_there_is_an_error(sources):
    sources.write("bad.ipc", "struct S { Nothing a; };")

    done = ipcgen("--out", "out", "bad.ipc", cwd=sources.folder)

    assert done.returncode == 1 and "IPC0024" in done.stderr
    assert not (sources.folder / "out").exists()
