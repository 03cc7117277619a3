"""The pieces of pages: comments, bounds, callers."""

from __future__ import annotations

import pytest
from generator import ir
from generator.backends import cpp
from generator.docs.caller import Callers
from generator.docs.prose import prose, summary
from generator.docs.rules import duration, rules
from generator.docs.views import Part


def nowhere(name: str) -> str:
    return ""


def shape(text: str) -> list[tuple[str, list[str]]]:
    return [
        (block.tag, ["".join(part.text for part in item) for item in block.items])
        for block in prose(text, nowhere)
    ]


def test_blank_lines_part_paragraphs():
    assert shape("one\ntwo\n\nthree") == [("p", ["one two"]), ("p", ["three"])]


def test_markers_make_lists_whose_points_go_on():
    text = "both:\n- one\n  goes on\n- two\n\n1. first\n2) second\n\nafter"

    assert shape(text) == [
        ("p", ["both:"]),
        ("ul", ["one goes on", "two"]),
        ("ol", ["first", "second"]),
        ("p", ["after"]),
    ]


@pytest.mark.parametrize("text", ["a - b", "-5 degrees", "2.5 metres", "*", "1.", "`", "||"])
def test_what_only_resembles_a_marker_is_text(text):
    assert shape(text) == [("p", [text])]


def test_code_stands_as_it_is():
    assert shape("```\n  a  <b>\n\n- c\n```\nafter") == [
        ("pre", ["  a  <b>\n\n- c"]),
        ("p", ["after"]),
    ]
    assert shape("so:\n\n    a  b\n\n    c\nafter") == [
        ("p", ["so:"]),
        ("pre", ["a  b\n\nc"]),
        ("p", ["after"]),
    ]
    assert shape("```\nnever closed") == [("pre", ["never closed"])]


def test_names_in_code_are_links_where_they_mean_something():
    (block,) = prose("`Note` |Other| ``a`b``", {"Note": "#Note"}.get)

    code = [part for part in block.items[0] if part.code]
    assert [(part.text, part.href) for part in code] == [
        ("Note", "#Note"),
        ("Other", None),
        ("a`b", None),
    ]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("see https://a.org/b.", "https://a.org/b"),
        ("(https://a.org/b)", "https://a.org/b"),
        ("https://a.org/b_(c), d", "https://a.org/b_(c)"),
        ('"http://a.org"', "http://a.org"),
    ],
)
def test_addresses_are_links_without_what_ends_the_sentence(text, url):
    (block,) = prose(text, nowhere)

    assert [part.href for part in block.items[0] if part.href] == [url]
    assert "".join(part.text for part in block.items[0]) == text


@pytest.mark.parametrize("text", ["javascript:alert(1)", "ftp://a.org", "httpx://a", "data:a,x"])
def test_nothing_else_is_an_address(text):
    (block,) = prose(text, nowhere)

    assert block.items == ((Part(text),),)


def test_summary_is_the_first_sentence():
    assert summary("It is one. It is\ntwo.", nowhere) == (Part("It is one."),)
    assert summary("no end\n\nmore", nowhere) == (Part("no end"),)
    assert summary("- a list", nowhere) == ()
    assert summary("", nowhere) == ()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("int8(min=1)", "at least 1"),
        ("int8(min=1, max=1)", "exactly 1"),
        ("double(min=-0.5, max=1)", "-0.5 to 1.0"),
        ("string(max_bytes=1)", "at most 1 byte"),
        ('string(min_bytes=2, pattern="a|b")', "at least 2 bytes; matches a|b"),
        ("array<uint8>(max=9)?", "at most 9 bytes"),
        ("array<array<int8(max=3)>(min=2)>", "each at least 2 elements; each each at most 3"),
        (
            "map<string(max_bytes=4), int8(max=3)>(max=1)",
            "at most 1 entry; keys at most 4 bytes; values at most 3",
        ),
        ("string", ""),
    ],
)
def test_bounds_in_words(written, said, sources):
    (struct,) = sources.module(f"struct S {{ {written} a; }};").structs

    assert "".join(part.text for part in rules(struct.fields[0].type)) == said


def test_durations_in_words():
    assert [duration(ms) for ms in (1, 250, 1000, 1500, 90000)] == [
        "1 ms",
        "250 ms",
        "1 s",
        "1.5 s",
        "90 s",
    ]


CHANNELS = """
module a.std;
struct S { int8 x; };
channels TheShop {
  send Go(S s);
  invoke Buy(S s, uint32 event) => result<S, string>;
  invoke Done() => ();
  sync Count() => (uint32 n);
  sync Flush() => ();
  emit Sold(S s, string? why);
  send Any(any... args);
  ask Sure(bool yes) => (bool ok);
  relay Follow(S s);
  relay Leave();
  host Resized(uint32 width);
};
"""


def test_callers_are_what_the_header_declares(sources):
    program = sources.program(CHANNELS)
    module = program.module("test.ipc")
    (channels,) = module.channels
    callers = Callers(program, module, channels)

    lines = [code.text for member in channels.members for code in callers.lines(member)]

    header = cpp.generate(program, module, ir.Options())["test.ipc.h"]
    assert lines == [
        "absl::Status sent = the_shop.Go(s);",
        "the_shop.Buy(s, event_)"
        ".Then([](absl::StatusOr<ipc::Result<a::std_::S, std::string>> answer) {});",
        "the_shop.Done().Then([](absl::Status answer) {});",
        "absl::StatusOr<a::std_::TheShopCountResponse> answer = the_shop.Count();",
        "absl::Status answer = the_shop.Flush();",
        "absl::Status sent = the_shop.Sold(s, why);",
        "the_shop.OnSold([](ipc::IpcRendererEvent& event, a::std_::S s, "
        "std::optional<std::string> why) {});",
        "absl::Status sent = the_shop.Any(args);",
        "the_shop.Sure(yes)"
        ".Then([](absl::StatusOr<a::std_::TheShopSureResponse> answer) {});",
        "absl::Status bound = the_shop.HandleSure([](ipc::IpcRendererInvokeEvent& event, "
        "bool yes) -> ipc::Promise<a::std_::TheShopSureResponse> { ... });",
        "absl::Status sent = the_shop.Follow(web_contents_id, s);",
        "the_shop.OnFollow([](ipc::IpcRendererEvent& event, a::std_::S s) {});",
        "absl::Status sent = the_shop.Leave(web_contents_id);",
        "the_shop.OnLeave([](ipc::IpcRendererEvent& event) {});",
        "absl::Status sent = the_shop.Resized(width);",
        "the_shop.OnResized([](ipc::IpcRendererEvent& event, uint32_t width) {});",
    ]
    declared = ("Go(S s)", "Buy(S s, uint32_t event_", "OnSold(", "struct TheShopCountResponse")
    declared += ("HandleSure(", "Follow(ipc::WebContentsId web_contents_id", "TheShopWebView")
    assert all(one in header for one in declared)


def test_file_without_a_module_has_no_namespace(sources):
    program = sources.program("channels C { sync Count() => (uint32 n); };")
    module = program.module("test.ipc")

    callers = Callers(program, module, module.channels[0])

    (code,) = callers.lines(module.channels[0].members[0])
    assert code.text == "absl::StatusOr<CCountResponse> answer = c.Count();"
    assert "\nCIpcRenderer c(" in callers.setup().text
