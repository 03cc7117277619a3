"""Names and constants of the generated C++."""

from __future__ import annotations

import pytest
from generator.backends import words
from generator.backends.cpp import literals, names
from generator.ir import PrimitiveKind


@pytest.mark.parametrize(
    ("module", "namespace"),
    [
        ("notes", "notes"),
        ("a.b.c", "a::b::c"),
        ("std", "std_"),
        ("media.std", "media::std_"),
        ("ipc.wire", "ipc_::wire"),
        ("time.out", "time_::out"),
        ("out.time", "out::time"),
        ("media.ipc", "media::ipc_"),
        ("union.namespace", "union_::namespace_"),
        ("", ""),
    ],
)
def test_a_module_is_a_namespace_that_hides_no_other(module, namespace):
    assert names.namespace(module) == namespace


@pytest.mark.parametrize(
    ("name", "parameter"),
    [("title", "title"), ("event", "event_"), ("class", "class_"), ("contents_", "contents_arg")],
)
def test_a_parameter_keeps_out_of_the_way_of_generated_code(name, parameter):
    assert names.parameter(name) == parameter


@pytest.mark.parametrize(
    ("written", "camel", "snake"),
    [
        ("not_found", "NotFound", "not_found"),
        ("notFound", "NotFound", "not_found"),
        ("HTTPError", "HTTPError", "http_error"),
        ("x", "X", "x"),
    ],
)
def test_union_members_are_named_in_both_styles(written, camel, snake):
    assert (words.camel(written), words.snake(written)) == (camel, snake)


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        (0, "0"),
        (-128, "-128"),
        (2**63 - 1, "9223372036854775807"),
        (2**64 - 1, "18446744073709551615u"),
        (-(2**63), "std::numeric_limits<int64_t>::min()"),
    ],
)
def test_an_integer_is_a_literal_of_its_type(value, literal):
    assert literals.integer(value) == literal


@pytest.mark.parametrize(
    ("value", "kind", "literal"),
    [
        (0.1, PrimitiveKind.DOUBLE, "0.1"),
        (-0.0, PrimitiveKind.DOUBLE, "-0.0"),
        (1e300, PrimitiveKind.DOUBLE, "1e+300"),
        (0.1, PrimitiveKind.FLOAT, "0.1f"),
        (16777217.0, PrimitiveKind.FLOAT, "16777216.0f"),
        (3.0, PrimitiveKind.FLOAT, "3.0f"),
        (float("-inf"), PrimitiveKind.FLOAT, "-std::numeric_limits<float>::infinity()"),
        (float("nan"), PrimitiveKind.DOUBLE, "std::numeric_limits<double>::quiet_NaN()"),
    ],
)
def test_a_real_number_has_the_fewest_digits_that_read_back(value, kind, literal):
    assert literals.floating(value, kind) == literal


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("plain", '"plain"'),
        ('say "hello"\\', '"say \\"hello\\"\\\\"'),
        ("Zoë\n", '"Zoë\\n"'),
        ("\x01" + "1", '"\\0011"'),
        ("a\0b", 'std::string("a\\000b", 3)'),
    ],
)
def test_a_string_literal_says_every_character(text, literal):
    assert literals.string(text, "std::string") == literal
