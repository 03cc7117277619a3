"""Definition, references, and every mention of a name in one file."""

from __future__ import annotations

from pathlib import Path

from generator.lsp.documents import Documents
from generator.lsp.snapshot import Snapshot
from generator.sema.compilation import Unit
from generator.sema.index import Target

# What is part of the language has no place where it is declared.
WITHOUT_PLACE = ("attribute", "verb", "builtin")


def definition(
    snapshot: Snapshot, documents: Documents, unit: Unit, offset: int
) -> dict | None:
    """Where the name at an offset is declared; of an import path the beginning of the file."""
    found = snapshot.at(unit, offset)
    if found is None or found.target.kind in WITHOUT_PLACE:
        return None
    target = found.target
    return _location(snapshot, documents, target.unit, target.name.start, target.name.end)


def references(
    snapshot: Snapshot, documents: Documents, target: Target, with_declaration: bool
) -> list[dict]:
    """Every place that names a target, file by file."""
    return [
        _location(snapshot, documents, unit, found.start, found.end)
        for unit, found in snapshot.uses(target)
        if with_declaration or not found.declares
    ]


def highlights(snapshot: Snapshot, unit: Unit, offset: int) -> list[dict]:
    """Every mention, in the same file, of what stands at an offset."""
    at = snapshot.at(unit, offset)
    if at is None or at.target.kind in WITHOUT_PLACE:
        return []
    lines = snapshot.lines(unit.source)
    return [
        {"range": lines.range(found.start, found.end), "kind": 3 if found.declares else 2}
        for found in snapshot.occurrences(unit)
        if found.target.key == at.target.key
    ]


def _location(
    snapshot: Snapshot, documents: Documents, unit: Unit, start: int, end: int
) -> dict:
    return {
        "uri": documents.uri(Path(unit.source.disk_path)),
        "range": snapshot.lines(unit.source).range(start, end),
    }
