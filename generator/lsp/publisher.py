"""When diagnostics are worked out, and which of them the editor does not have yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic

from generator.lsp.diagnostics import diagnostics
from generator.lsp.snapshot import Snapshot
from generator.lsp.workspace import Workspace

# Seconds of silence before a change is looked at; the longest that typing puts it off; and the
# silence before the files are looked at that are not open and import an open one.
QUIET = 0.05
LONGEST = 0.3
IDLE = 0.5


class Publisher:
    """Publishes after a pause in typing: first the open files and what they import, later the
    files that import them."""

    def __init__(self, workspace: Workspace, publish: Callable[[dict], None]):
        self._workspace = workspace
        self._publish = publish
        self._near_at: float | None = None
        self._far_at: float | None = None
        self._latest: float | None = None
        self._far: dict[Path, list[dict]] = {}
        self._published: dict[str, tuple[int | None, list[dict]]] = {}

    def changed(self) -> None:
        """Something is not what it was: look at it soon."""
        now = monotonic()
        if self._latest is None:
            self._latest = now + LONGEST
        self._near_at = min(now + QUIET, self._latest)
        self._far_at = now + IDLE

    @property
    def delay(self) -> float | None:
        """Seconds until there is something to do, None when nothing waits."""
        times = [at for at in (self._near_at, self._far_at) if at is not None]
        return max(0.0, min(times) - monotonic()) if times else None

    def work(self) -> None:
        """Does what is due."""
        now = monotonic()
        if self._near_at is not None and self._near_at <= now:
            self._near_at = self._latest = None
            self._send()
        elif self._far_at is not None and self._far_at <= now:
            self._far_at = None
            workspace = self._workspace
            importers = workspace.importers([document.path for document in workspace.documents])
            found = self._diagnostics(workspace.compile(importers))
            self._far = {path: found.get(path, []) for path in importers}
            self._send()

    def _send(self) -> None:
        """Publishes what changed; what is no longer looked at is cleared."""
        documents = self._workspace.documents
        near = self._diagnostics(self._workspace.open_files())
        wanted = {documents.uri(path): found for path, found in {**self._far, **near}.items()}
        versions = {document.uri: document.version for document in documents}
        for uri in [*wanted, *(uri for uri in self._published if uri not in wanted)]:
            now = (versions.get(uri), wanted.get(uri, []))
            if self._published.get(uri, (None, [])) == now:
                continue
            self._published[uri] = now
            version = {} if now[0] is None else {"version": now[0]}
            self._publish({"uri": uri, **version, "diagnostics": now[1]})
        self._published = {
            uri: sent for uri, sent in self._published.items() if uri in wanted or sent[1]
        }

    def _diagnostics(self, snapshot: Snapshot) -> dict[Path, list[dict]]:
        return diagnostics(snapshot, self._workspace.documents, self._workspace.settings.rules)
