"""The requests about documents, a function each: parameters in, result out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from generator.lsp.completion import completion
from generator.lsp.documents import path_of
from generator.lsp.formatting import formatting
from generator.lsp.hover import hover
from generator.lsp.navigation import WITHOUT_PLACE, definition, highlights, references
from generator.lsp.protocol import REQUEST_FAILED, Failure, get
from generator.lsp.rename import Refused, check_renamable, rename
from generator.lsp.snapshot import Snapshot
from generator.lsp.symbols import document_symbols
from generator.lsp.workspace import Workspace
from generator.sema.compilation import Unit
from generator.sema.index import Occurrence

CAPABILITIES = {
    "positionEncoding": "utf-16",
    "textDocumentSync": {"openClose": True, "change": 2, "save": True},
    "hoverProvider": True,
    "definitionProvider": True,
    "referencesProvider": True,
    "documentHighlightProvider": True,
    "documentSymbolProvider": True,
    "documentFormattingProvider": True,
    "renameProvider": {"prepareProvider": True},
    "completionProvider": {"triggerCharacters": [".", "[", "<", "(", '"', "=", ","]},
}


class Answers:
    """Answers out of a workspace; a file that is no part of it has none."""

    def __init__(self, workspace: Workspace):
        self._workspace = workspace
        self.methods: dict[str, Callable[[dict], object]] = {
            "textDocument/hover": self._hover,
            "textDocument/definition": self._definition,
            "textDocument/references": self._references,
            "textDocument/documentHighlight": self._highlights,
            "textDocument/documentSymbol": self._symbols,
            "textDocument/formatting": self._formatting,
            "textDocument/prepareRename": self._prepare_rename,
            "textDocument/rename": self._rename,
            "textDocument/completion": self._completion,
        }

    def _hover(self, params: dict) -> dict | None:
        place = self._place(params)
        return hover(*place) if place else None

    def _definition(self, params: dict) -> dict | None:
        place = self._place(params)
        if place is None:
            return None
        snapshot, unit, offset = place
        return definition(snapshot, self._workspace.documents, unit, offset)

    def _highlights(self, params: dict) -> list[dict]:
        place = self._place(params)
        return highlights(*place) if place else []

    def _symbols(self, params: dict) -> list[dict]:
        found = self._unit(params)
        return document_symbols(*found) if found else []

    def _formatting(self, params: dict) -> list[dict]:
        document = self._workspace.documents.get(_path(params))
        return formatting(document.text) if document else []

    def _completion(self, params: dict) -> list[dict]:
        place = self._place(params)
        return completion(self._workspace, *place) if place else []

    def _references(self, params: dict) -> list[dict]:
        found = self._named(params)
        if found is None or found.target.kind in WITHOUT_PLACE:
            return []
        context = params.get("context")
        with_declaration = not isinstance(context, dict) or bool(
            context.get("includeDeclaration", True)
        )
        snapshot = self._around(found)
        documents = self._workspace.documents
        return references(snapshot, documents, found.target, with_declaration)

    def _prepare_rename(self, params: dict) -> dict:
        place = self._place(params)
        found = place[0].at(place[1], place[2]) if place else None
        if found is None:
            raise Failure(REQUEST_FAILED, "there is no name here")
        try:
            check_renamable(found.target)
        except Refused as refused:
            raise Failure(REQUEST_FAILED, str(refused)) from None
        snapshot, unit, _ = place
        return {
            "range": snapshot.lines(unit.source).range(found.start, found.end),
            "placeholder": unit.source.text[found.start : found.end],
        }

    def _rename(self, params: dict) -> dict:
        name = get(params, "newName", str)
        found = self._named(params)
        if found is None:
            raise Failure(REQUEST_FAILED, "there is no name here")
        try:
            return rename(self._around(found), self._workspace.documents, found.target, name)
        except Refused as refused:
            raise Failure(REQUEST_FAILED, str(refused)) from None

    def _around(self, found: Occurrence) -> Snapshot:
        """Everything that can name what is named."""
        return self._workspace.around(Path(found.target.unit.source.disk_path))

    def _unit(self, params: dict) -> tuple[Snapshot, Unit] | None:
        path = _path(params)
        if self._workspace.documents.get(path) is None:
            return None
        snapshot = self._workspace.open_files()
        unit = snapshot.units.get(path)
        return (snapshot, unit) if unit else None

    def _place(self, params: dict) -> tuple[Snapshot, Unit, int] | None:
        line = get(params, "position.line", int)
        character = get(params, "position.character", int)
        found = self._unit(params)
        if found is None:
            return None
        snapshot, unit = found
        return snapshot, unit, snapshot.lines(unit.source).offset(line, character)

    def _named(self, params: dict) -> Occurrence | None:
        place = self._place(params)
        return place[0].at(place[1], place[2]) if place else None


def _path(params: dict) -> Path | None:
    return path_of(get(params, "textDocument.uri", str))
