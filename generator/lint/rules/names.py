"""Names: how they are written, and which cannot be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.backends.words import camel, snake
from generator.lint.rule import Finding, rule
from generator.lint.subject import Subject
from generator.sema.compilation import field_groups, methods
from generator.source import Label
from generator.syntax import ast

_PASCAL = re.compile(r"[A-Z][A-Za-z0-9]*")
_SNAKE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_CONSTANT = re.compile(r"k[A-Z0-9][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*")
_TYPES = (ast.Enum, ast.Struct, ast.Union, ast.Interface, ast.Channels, ast.Alias)


@rule
def type_case(subject: Subject) -> Iterator[Finding]:
    """a type whose name is not in PascalCase

    Types, interfaces and channels are written like `NoteKind`. They become C++ classes, and a
    reader tells them from fields by that.
    """
    for node in subject.all(*_TYPES):
        if not _PASCAL.fullmatch(node.name.text):
            yield _misspelt(subject, node.name, "PascalCase", _pascal(node.name.text))


@rule
def call_case(subject: Subject) -> Iterator[Finding]:
    """a channel or method whose name is not in PascalCase

    Calls are written like `ConfirmClose`: they become C++ methods, and the last part of the name
    on the wire.
    """
    for call in subject.calls():
        if not _PASCAL.fullmatch(call.name.text):
            yield _misspelt(subject, call.name, "PascalCase", _pascal(call.name.text))


@rule
def field_case(subject: Subject) -> Iterator[Finding]:
    """a field or parameter whose name is not in snake_case

    Fields and parameters are written like `edited_at`. Their names are the keys of JSON, which
    has to look alike whoever wrote the schema.
    """
    for field in subject.fields():
        if not _SNAKE.fullmatch(field.name.text):
            yield _misspelt(subject, field.name, "snake_case", _snake(field.name.text))


@rule
def constant_case(subject: Subject) -> Iterator[Finding]:
    """a constant or enum value whose name is not like kConstant

    Constants and values of enums are written like `kMaxTitleBytes`. In capitals they meet the
    macros of system headers, `ERROR` and `DELETE` first, and the C++ no longer compiles.
    """
    names = [node.name for node in subject.all(ast.Const, ast.Feature)]
    names += [value.name for node in subject.all(ast.Enum) for value in node.values]
    for name in names:
        if not _CONSTANT.fullmatch(name.text):
            bare = name.text[1:] if re.match(r"k[A-Z_]", name.text) else name.text
            yield _misspelt(subject, name, "the style kName", f"k{_pascal(bare)}")


@rule
def module_case(subject: Subject) -> Iterator[Finding]:
    """a module whose name is not in snake_case

    A module is a C++ namespace, and written like one: `shop.order_book`.
    """
    module = subject.tree.module
    if module and not all(map(_SNAKE.fullmatch, module.name.text.split("."))):
        right = ".".join(map(_snake, module.name.text.split(".")))
        yield _misspelt(subject, module.name, "snake_case", right)


@rule
def confusable_names(subject: Subject) -> Iterator[Finding]:
    """two names that differ by case or underscores only

    Such names are one name to whoever hears them, to a file system that ignores case, and to
    languages whose generators rewrite names in their own style.
    """
    for names in _scopes(subject):
        seen: dict[str, ast.Name] = {}
        for name in names:
            first = seen.setdefault(name.text.replace("_", "").lower(), name)
            if first.text != name.text:
                yield Finding(
                    subject.span(name),
                    f"`{name.text}` and `{first.text}` are told apart by their spelling only",
                    "choose names that sound different",
                    (Label(subject.span(first), "the other name"),),
                )


def _scopes(subject: Subject) -> Iterator[Iterable[ast.Name]]:
    """Names that stand beside each other."""
    yield (node.name for node in subject.tree.definitions)
    for node in subject.definitions:
        yield (call.name for call in methods(node))
        for group in field_groups(node):
            yield (field.name for field in group)
        if isinstance(node, ast.Enum):
            yield (value.name for value in node.values)


def _misspelt(subject: Subject, name: ast.Name | ast.Path, style: str, right: str) -> Finding:
    return Finding(
        subject.span(name),
        f"`{name.text}` is not in {style}",
        f"call it `{right}`" if right else "rename it",
    )


def _pascal(name: str) -> str:
    """`NOTE_ID`, `note_id` and `noteId` are NoteId."""
    return camel(snake(name))


def _snake(name: str) -> str:
    """`NoteId`, `note__id` and `note_id_` are note_id."""
    return "_".join(part for part in snake(name).split("_") if part)


RULES = (type_case, call_case, field_case, constant_case, module_case, confusable_names)
