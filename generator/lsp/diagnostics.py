"""What the compiler and lint have to say, as an editor shows it."""

from __future__ import annotations

from pathlib import Path

from generator.lint import lint
from generator.lsp.documents import Documents
from generator.lsp.snapshot import Snapshot
from generator.source import Diagnostic, Severity

_SEVERITY = {Severity.ERROR: 1, Severity.WARNING: 2}


def diagnostics(
    snapshot: Snapshot, documents: Documents, rules: frozenset[str]
) -> dict[Path, list[dict]]:
    """Of every file of a snapshot what there is to say, mostly nothing; `rules` are lint's."""
    found: dict[Path, list[dict]] = {path: [] for path in snapshot.units}
    paths = {unit.source: path for path, unit in snapshot.units.items()}
    compilation = snapshot.compilation
    for diagnostic in (*compilation.diagnostics, *lint(compilation, rules)):
        path = paths.get(diagnostic.span.file)
        if path:
            found[path].append(_diagnostic(snapshot, documents, diagnostic))
    return found


def _diagnostic(snapshot: Snapshot, documents: Documents, diagnostic: Diagnostic) -> dict:
    """Message and note on the first line, the way out on the second."""
    message = diagnostic.message
    if diagnostic.note:
        message += f" ({diagnostic.note})"
    if diagnostic.help:
        message += f"\nhelp: {diagnostic.help}"
    related = [
        {
            "location": {
                "uri": documents.uri(Path(label.span.file.disk_path)),
                "range": snapshot.range(label.span),
            },
            "message": label.text,
        }
        for label in diagnostic.labels
    ]
    return {
        "range": snapshot.range(diagnostic.span),
        "severity": _SEVERITY[diagnostic.severity],
        "code": diagnostic.id,
        "source": "ipcgen",
        "message": message,
        **({"relatedInformation": related} if related else {}),
    }
