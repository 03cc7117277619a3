"""Files: their modules and their imports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from generator.lint.rule import Finding, rule
from generator.lint.subject import Subject
from generator.sema.compilation import Link
from generator.source import Label, Span
from generator.syntax import ast


@rule
def missing_module(subject: Subject) -> Iterator[Finding]:
    """a file without a module

    Without `module`, everything that a file declares stands in the global namespace of C++ and
    beside whatever other files without a module declare. So does what goes over the wire: a
    channel's name begins with its module, unless the channels have a prefix.
    """
    if subject.tree.module is None and subject.tree.definitions:
        first = subject.tree.definitions[0]
        yield Finding(
            subject.span(first.name),
            "this file has no module",
            f"begin it with `module {PurePosixPath(subject.unit.path).stem};`",
        )


@rule
def module_path(subject: Subject) -> Iterator[Finding]:
    """a module that its file's path does not tell

    A module's last part is the name of the file or of a folder around it, so that who reads
    `notes.Note` knows where to look. `mojom`, which ends Chromium's modules, is no such part.
    """
    module = subject.tree.module
    if module is None:
        return
    path = PurePosixPath(subject.unit.path)
    parts = [part for part in module.name.text.split(".") if part != "mojom"]
    if parts and parts[-1] not in (*path.parts[:-1], path.stem):
        folders = [folder for folder in path.parts[:-1] if folder != "mojom"]
        yield Finding(
            subject.span(module.name),
            f"nothing in the path of this file is called `{parts[-1]}`",
            f"call the module `{[path.stem, *folders][-1]}`, or move the file",
        )


@rule
def unused_import(subject: Subject) -> Iterator[Finding]:
    """an import that nothing here needs

    A file sees what the files that it imports declare, and not what those import, so an import
    that names nothing here helps nobody. It costs every build time, and ties modules together. A
    file with EnableIf is not judged: another build may need the import.
    """
    if subject.conditional:
        return
    for link in subject.unit.links:
        if not _is_used(subject, link):
            yield Finding(
                subject.span(link.node.path),
                f"nothing of `{link.node.path.value}` is used here",
                "remove the import",
            )


def _is_used(subject: Subject, link: Link) -> bool:
    statement = Span(subject.unit.source, link.node.start, link.node.end)
    return any(
        occurrence.target.unit is link.unit
        for occurrence in subject.occurrences
        if not statement.start <= occurrence.start < statement.end
        and occurrence.target.kind != "file"
    )


@rule
def repeated_import(subject: Subject) -> Iterator[Finding]:
    """a file that is imported twice

    One import makes everything visible; the second is what is left of a merge.
    """
    seen: dict[object, ast.Import] = {}
    for statement in subject.tree.imports:
        first = seen.setdefault(statement.path.value, statement)
        if first is not statement:
            yield Finding(
                subject.span(statement.path),
                f"`{statement.path.value}` is imported already",
                "remove one of the imports",
                (Label(subject.span(first.path), "imported here"),),
            )


RULES = (missing_module, module_path, unused_import, repeated_import)
