"""The session: messages in, answers and diagnostics out.

A thread reads and queues; everything else happens on the thread that calls run(). A mistake of
the editor costs its request, a mistake of ours too: nothing but `exit` or the end of the input
ends a session.
"""

from __future__ import annotations

import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import BinaryIO

from generator.lsp import protocol
from generator.lsp.answers import CAPABILITIES, Answers
from generator.lsp.documents import path_of
from generator.lsp.framing import Malformed, read_message, write_message
from generator.lsp.protocol import Failure, get
from generator.lsp.publisher import Publisher
from generator.lsp.workspace import SETTINGS, BadSettings, Workspace

_WARNING = 2
_WATCHED = ("**/*.ipc", "**/*.mojom", f"**/{SETTINGS}")


class Server:
    """One editor's session over a pair of streams."""

    def __init__(self, reader: BinaryIO, writer: BinaryIO):
        self._reader = reader
        self._writer = writer
        self._inbox: SimpleQueue[dict | Malformed | None] = SimpleQueue()
        self._waiting: deque[dict | Malformed | None] = deque()
        self._cancelled: set[int | str] = set()
        self._workspace = Workspace()
        self._publisher = Publisher(
            self._workspace, lambda params: self._notify("textDocument/publishDiagnostics", params)
        )
        self._initialized = False
        self._can_watch = False
        self._shut_down = False
        self._requests: dict[str, Callable[[dict], object]] = {
            "initialize": self._initialize,
            "shutdown": self._shutdown,
            **Answers(self._workspace).methods,
        }
        self._notifications: dict[str, Callable[[dict], None]] = {
            "initialized": self._watch,
            "textDocument/didOpen": self._opened,
            "textDocument/didChange": self._edited,
            "textDocument/didSave": self._reload,
            "textDocument/didClose": self._closed,
            "workspace/didChangeWatchedFiles": self._reload,
            "workspace/didChangeWorkspaceFolders": self._folders_changed,
        }

    def run(self) -> int:
        """Serves until `exit` or the end of the input; the exit code of the process."""
        Thread(target=self._read, daemon=True).start()
        try:
            while not self._ends():
                if self._publisher.delay == 0.0:
                    self._guarded(self._publisher.work)
        except BrokenPipeError:
            return 1
        return 0 if self._shut_down else 1

    def _ends(self) -> bool:
        """Handles the next message, if one has come; whether it was the last."""
        self._receive()
        if not self._waiting:
            return False
        message = self._waiting.popleft()
        if message is None or _method(message) == "exit":
            return True
        self._handle(message)
        return False

    def _read(self) -> None:
        """The reading thread."""
        while True:
            try:
                message = read_message(self._reader)
            except Malformed as problem:
                message = problem
            except (OSError, ValueError):  # the stream is gone
                message = None
            self._inbox.put(message)
            if message is None:
                return

    def _receive(self) -> None:
        """Takes over what has arrived; waits for it when there is nothing else to do.

        A cancellation overtakes the request that it is about.
        """
        timeout = self._publisher.delay
        try:
            if not self._waiting:
                self._accept(self._inbox.get(timeout=timeout))
            while True:
                self._accept(self._inbox.get_nowait())
        except Empty:
            return

    def _accept(self, message: dict | Malformed | None) -> None:
        if _method(message) != "$/cancelRequest":
            self._waiting.append(message)
            return
        params = message.get("params")
        id = params.get("id") if isinstance(params, dict) else None
        waiting = (other.get("id") for other in self._waiting if isinstance(other, dict))
        if isinstance(id, (int, str)) and id in waiting:
            self._cancelled.add(id)

    def _handle(self, message: dict | Malformed) -> None:
        if isinstance(message, Malformed):
            self._fail(None, protocol.PARSE_ERROR, str(message))
            return
        method, id = _method(message), message.get("id")
        params = message.get("params")
        if method is None:
            if "result" not in message and "error" not in message:
                self._fail(id, protocol.INVALID_REQUEST, "a message has a method")
        elif "id" not in message:
            notify = self._notifications.get(method)
            if notify and self._initialized and not self._shut_down:
                self._guarded(lambda: notify(params if isinstance(params, dict) else {}))
        else:
            self._answer(id, method, params if isinstance(params, dict) else {})

    def _answer(self, id: int | str | None, method: str, params: dict) -> None:
        """Every request is answered once, with a result or an error."""
        try:
            if id in self._cancelled:
                self._cancelled.discard(id)
                raise Failure(protocol.REQUEST_CANCELLED, "cancelled")
            if method not in self._requests:
                raise Failure(protocol.METHOD_NOT_FOUND, f"there is no request {method}")
            if self._shut_down or (method == "initialize" and self._initialized):
                raise Failure(protocol.INVALID_REQUEST, f"too late for {method}")
            if not self._initialized and method != "initialize":
                raise Failure(protocol.NOT_INITIALIZED, "`initialize` comes first")
            result = self._requests[method](params)
        except Failure as failure:
            self._fail(id, failure.code, str(failure))
        except Exception as problem:
            traceback.print_exc(file=sys.stderr)
            self._fail(id, protocol.INTERNAL_ERROR, f"{type(problem).__name__}: {problem}")
        else:
            self._send({"id": id, "result": result})

    def _guarded(self, step: Callable[[], None]) -> None:
        """Runs what nobody waits for; a mistake is told on stderr."""
        try:
            step()
        except Failure as failure:
            print(f"ipcgen lsp: {failure}", file=sys.stderr)
        except BrokenPipeError:
            raise
        except Exception:
            traceback.print_exc(file=sys.stderr)

    def _send(self, message: dict) -> None:
        write_message(self._writer, {"jsonrpc": "2.0", **message})

    def _fail(self, id: int | str | None, code: int, text: str) -> None:
        self._send({"id": id, "error": {"code": code, "message": text}})

    def _notify(self, method: str, params: dict) -> None:
        self._send({"method": method, "params": params})

    # The session.

    def _initialize(self, params: dict) -> dict:
        folders = params.get("workspaceFolders")
        folders = folders if isinstance(folders, list) else []
        uris = [folder.get("uri") for folder in folders if isinstance(folder, dict)]
        if not uris:
            uris = [params.get("rootUri")]
        self._workspace.folders = _paths(uris)
        self._workspace.options = params.get("initializationOptions")
        try:
            get(params, "capabilities.workspace.didChangeWatchedFiles.dynamicRegistration", bool)
            self._can_watch = True
        except Failure:
            self._can_watch = False
        self._initialized = True
        self._load_settings()
        workspace = {"workspaceFolders": {"supported": True, "changeNotifications": True}}
        return {
            "capabilities": {**CAPABILITIES, "workspace": workspace},
            "serverInfo": {"name": "ipcgen"},
        }

    def _watch(self, _: dict) -> None:
        """Asks to be told when files change on disk."""
        if not self._can_watch:
            return
        method = "workspace/didChangeWatchedFiles"
        watchers = [{"globPattern": pattern} for pattern in _WATCHED]
        options = {"id": "files", "method": method, "registerOptions": {"watchers": watchers}}
        self._send(
            {
                "id": "watch",
                "method": "client/registerCapability",
                "params": {"registrations": [options]},
            }
        )

    def _shutdown(self, _: dict) -> None:
        self._shut_down = True

    def _load_settings(self) -> None:
        try:
            self._workspace.load_settings()
        except BadSettings as problem:
            self._notify("window/showMessage", {"type": _WARNING, "message": str(problem)})

    # Documents.

    def _opened(self, params: dict) -> None:
        uri, text = get(params, "textDocument.uri", str), get(params, "textDocument.text", str)
        self._workspace.documents.open(uri, params["textDocument"].get("version"), text)
        self._reload(params)

    def _edited(self, params: dict) -> None:
        document = self._workspace.documents.get(path_of(get(params, "textDocument.uri", str)))
        if document is None:
            return
        self._workspace.changed()
        self._publisher.changed()
        document.version = params["textDocument"].get("version")
        for change in get(params, "contentChanges", list):
            document.change(change)

    def _closed(self, params: dict) -> None:
        self._workspace.documents.close(get(params, "textDocument.uri", str))
        self._reload(params)

    def _folders_changed(self, params: dict) -> None:
        added, removed = (
            _paths(get(folder, "uri", str) for folder in get(params, f"event.{which}", list))
            for which in ("added", "removed")
        )
        kept = [folder for folder in self._workspace.folders if folder not in removed]
        self._workspace.folders = [*kept, *added]
        self._reload(params)

    def _reload(self, _: dict) -> None:
        """Files came, went or changed on disk, the settings perhaps among them."""
        self._load_settings()
        self._publisher.changed()


def _method(message: object) -> str | None:
    method = message.get("method") if isinstance(message, dict) else None
    return method if isinstance(method, str) else None


def _paths(uris: Iterable[object]) -> list[Path]:
    found = (path_of(uri) for uri in uris if isinstance(uri, str))
    return [path for path in found if path is not None]
