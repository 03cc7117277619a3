"""What has to hold for any input at all: the front end says so with diagnostics, and in time.

check_front_end() takes any text. A text that is valid also goes through everything that is made
of programs, in check_outputs(). Both raise Finding, or whatever the compiler let escape.
"""

from __future__ import annotations

import dataclasses
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from generator import ir
from generator.backends import cpp, cpp_fakes, proto
from generator.breaking import compare
from generator.docs import site
from generator.dump import dump, load
from generator.format import format_source
from generator.lint import RULES, lint
from generator.sema import Compilation, analyze
from generator.source import CATALOGUE, Diagnostic, SourceFile, Span, render
from generator.syntax import ast, parse, tokenize

NAME = "fuzz.ipc"
SECONDS = 1.0  # of processor time that an input may take
OUTPUT_SECONDS = 10.0  # and all that is made of it

Read = Callable[[str], bytes | None]


class Finding(Exception):
    """Something that never may be, in words."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raises a Finding, where the time is being spent, after so much processor time."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise Finding(f"takes more than {seconds} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def check_front_end(data: bytes, read: Read = lambda path: None) -> ir.Program | None:
    """Compiles a file, whose imports `read` answers, and checks what is said of it."""
    with limited(SECONDS):
        _check_form(data)
        compilation = Compilation(
            (NAME,), (Path(),), read=lambda path: data if str(path) == NAME else read(str(path))
        )
        program = analyze(compilation)
        for found in (*compilation.diagnostics, *lint(compilation)):
            _check_diagnostic(found)
    if (program is None) != compilation.failed:
        raise Finding("there is a program exactly when there is no error")
    return program


def _check_form(data: bytes) -> None:
    """The tokens and the tree cover the text as spans should."""
    source = SourceFile(NAME, data.decode("utf-8", errors="replace"))
    tokens, end = tokenize(source), 0
    for text, start in zip(tokens.texts, tokens.starts, strict=True):
        if start < end or source.text[start : start + len(text)] != text:
            raise Finding(f"token {text!r} is not at {start}")
        end = start + len(text)
    tree, _ = parse(source)
    _check_nodes(tree)


def _check_nodes(root: ast.File) -> None:
    waiting: list[object] = [root]
    while waiting:
        node = waiting.pop()
        for part in dataclasses.fields(node):
            value = getattr(node, part.name)
            for inner in value if isinstance(value, tuple) else (value,):
                if not dataclasses.is_dataclass(inner):
                    continue
                if not node.start <= inner.start <= inner.end <= node.end:
                    raise Finding(f"{type(inner).__name__} reaches out of {type(node).__name__}")
                waiting.append(inner)


def _check_diagnostic(found: Diagnostic) -> None:
    if found.id not in CATALOGUE and found.id not in RULES:
        raise Finding(f"{found.id} is unknown")
    for span in (found.span, *(label.span for label in found.labels)):
        if not _is_valid(span):
            raise Finding(f"{found.id} is at {span.start} to {span.end} of {span.file.path}")
    text = render(found)
    if not all(line.replace("\t", "").isprintable() for line in text.split("\n")):
        raise Finding(f"{found.id} prints what moves a cursor")
    if not found.message or found.message.endswith(".") or found.help.endswith("."):
        raise Finding(f"{found.id} is not in the style of the house")


def _is_valid(span: Span) -> bool:
    return 0 <= span.start < span.end <= len(span.file.text) + 1


def check_outputs(program: ir.Program, data: bytes) -> None:
    """Whatever is made of programs and their text can be made of this one.

    The dump is complete, the program breaks nothing of itself, and formatting it again changes
    nothing: not the text, and not what the tokens are.
    """
    with limited(OUTPUT_SECONDS):
        _check_format(data.decode("utf-8"))
        for module in program.modules:
            for backend in (cpp, cpp_fakes, proto):
                for found in backend.unsupported(program, module):
                    _check_diagnostic(found)
                backend.generate(program, module, ir.Options())
        site(program, "fuzz")
        if dump(load(dump(program))) != dump(program):
            raise Finding("the program is not what its dump says")
        if findings := compare(program, program, all=True).findings:
            raise Finding(f"the program breaks itself: {findings[0].rule}")


def _check_format(text: str) -> None:
    text = text.removeprefix("\ufeff")
    formatted, mistakes = format_source(SourceFile(NAME, text))
    if formatted is None or mistakes:
        raise Finding("a valid file is not formatted")
    if format_source(SourceFile(NAME, formatted))[0] != formatted:
        raise Finding("what is formatted is not as format writes it")
    if _meaning(formatted) != _meaning(text):
        raise Finding("formatting changes the tokens")


def _meaning(text: str) -> list[str]:
    return [token for token in tokenize(SourceFile(NAME, text)).texts if token != ","]
