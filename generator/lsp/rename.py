"""Rename: every mention in every file, or a refusal that says why.

A rename is tried before it is offered: the changed files are compiled, and it is refused when
that finds a new mistake or when any name would no longer stand for what it stood for.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from generator.lsp.documents import Documents
from generator.lsp.navigation import WITHOUT_PLACE
from generator.lsp.snapshot import Snapshot
from generator.sema.compilation import Unit
from generator.sema.index import BUILTIN, Occurrence, Target
from generator.source import Severity
from generator.syntax import tokenize
from generator.syntax.lexer import NAME

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LITERALS = ("true", "false", "default")
_TYPE_WORDS = (*BUILTIN, "any", "array", "map", "handle", "result", "stream")
_TYPES = ("enum", "struct", "union", "interface", "type")
# A file's mentions to change, by file.
_Uses = dict[Unit, list[Occurrence]]


class Refused(Exception):
    """The text says why something cannot be renamed."""


def check_renamable(target: Target) -> None:
    """Raises Refused for what is no name of the author's."""
    if target.kind in WITHOUT_PLACE:
        raise Refused("this is part of the language")
    if target.kind == "file":
        raise Refused("rename the file, then the paths that import it")
    if target.kind == "module":
        raise Refused("a module's name is shared by files: change it in each of them")


def rename(snapshot: Snapshot, documents: Documents, target: Target, name: str) -> dict:
    """The edits, by URI, of a rename in everything that the snapshot holds."""
    check_renamable(target)
    _check_name(target, name)
    uses: _Uses = {}
    for unit, occurrence in snapshot.uses(target):
        uses.setdefault(unit, []).append(occurrence)
    for unit, occurrences in uses.items():
        _check_understood(snapshot, unit, occurrences)
    _try(snapshot, documents, target, uses, name)
    changes = {}
    for unit, occurrences in uses.items():
        lines = snapshot.lines(unit.source)
        changes[documents.uri(Path(unit.source.disk_path))] = [
            {"range": lines.range(found.start, found.end), "newText": name}
            for found in occurrences
        ]
    return {"changes": changes}


def _check_name(target: Target, name: str) -> None:
    if not _IDENTIFIER.fullmatch(name):
        raise Refused(f"`{name}` is not a name: letters, digits and `_`, no digit first")
    if name in _LITERALS or (target.kind in _TYPES and name in _TYPE_WORDS):
        raise Refused(f"`{name}` is a word of the language")


def _check_understood(snapshot: Snapshot, unit: Unit, occurrences: list[Occurrence]) -> None:
    """Half of a file is not renamed: all of it has to be understood, and enabled."""
    if unit.damage:
        raise Refused(f"{unit.path} has mistakes in its form; mend them first")
    if "EnableIf" not in unit.source.text:
        return
    name = unit.source.text[occurrences[0].start : occurrences[0].end]
    known = {found.start for found in snapshot.occurrences(unit)}
    tokens = tokenize(unit.source)
    for kind, text, start in zip(tokens.kinds, tokens.texts, tokens.starts):
        if kind == NAME and text == name and start not in known:
            line, _ = unit.source.position(start)
            raise Refused(
                f"{unit.path}:{line} says `{name}` where [EnableIf] leaves it out; "
                "enable the feature first"
            )


def _try(
    snapshot: Snapshot, documents: Documents, target: Target, uses: _Uses, name: str
) -> None:
    """Compiles the renamed files; raises Refused when they do not mean the same."""
    before = snapshot.compilation
    texts = {Path(unit.source.disk_path): _renamed(unit, uses[unit], name) for unit in uses}

    def read(path: Path) -> bytes | None:
        return texts[path] if path in texts else documents.read(path)

    after = Snapshot(before.paths, before.roots, before.features, read)
    old = Counter(found.id for found in before.diagnostics)
    for found in after.compilation.diagnostics:
        old[found.id] -= 1
        if old[found.id] < 0 and found.severity is Severity.ERROR:
            raise Refused(f"{found.span}: {found.message} [{found.id}]")
    if _shape(snapshot) != _shape(after):
        raise Refused(f"another `{name}` is in the way: a name would stand for something else")


def _renamed(unit: Unit, occurrences: list[Occurrence], name: str) -> bytes:
    text = unit.source.text
    for found in sorted(occurrences, key=lambda found: -found.start):
        text = text[: found.start] + name + text[found.end :]
    return text.encode("utf-8", "replace")


def _shape(snapshot: Snapshot) -> list[list[tuple[str, int]]]:
    """What each name stands for, told without names and offsets: by the order of the files."""
    places = {
        found.target.key: (path.as_posix(), at)
        for path, unit in snapshot.units.items()
        for at, found in enumerate(snapshot.occurrences(unit))
        if found.declares
    }
    return [
        [places.get(found.target.key, ("", -1)) for found in snapshot.occurrences(unit)]
        for unit in snapshot.units.values()
    ]
