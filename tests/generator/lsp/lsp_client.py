"""An editor for tests: drives the real process over its pipes, one message at a time."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
# Nothing here takes a second; a server that is this late hangs.
PATIENCE = 20.0


class Client:
    """A session with a server over a folder; every answer is waited for."""

    def __init__(self, folder: Path, **initialize: object):
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "generator" / "ipcgen"), "lsp", "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.diagnostics: dict[str, dict] = {}
        self.notifications: list[dict] = []
        self._errors: list[bytes] = []
        self._inbox: queue.Queue[dict | None] = queue.Queue()
        self._texts: dict[str, str] = {}
        self._next = 0
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=self._read_errors, daemon=True).start()
        if "capabilities" not in initialize:
            initialize["capabilities"] = {}
        self.initialized = self.request("initialize", rootUri=folder.as_uri(), **initialize)
        self.notify("initialized")

    # Messages.

    def send_bytes(self, data: bytes) -> None:
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message: dict) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.send_bytes(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    def notify(self, method: str, **params: object) -> None:
        self.send({"method": method, "params": params})

    def request(self, method: str, **params: object) -> object:
        """The result of a request."""
        message = self.answer(method, **params)
        assert "error" not in message, message
        return message["result"]

    def refusal(self, method: str, **params: object) -> dict:
        """The error that a request earns."""
        return self.answer(method, **params)["error"]

    def answer(self, method: str, **params: object) -> dict:
        self._next += 1
        self.send({"id": self._next, "method": method, "params": params})
        return self.receive(self._next)

    def receive(self, id: int | None) -> dict:
        """The answer to a request; what comes before it is kept."""
        while True:
            message = self._take()
            if "method" not in message and message["id"] == id:
                return message

    def _take(self) -> dict:
        message = self._inbox.get(timeout=PATIENCE)
        assert message is not None, f"the server ended: {self.stderr}"
        if message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]
        elif "method" in message:
            self.notifications.append(message)
        return message

    def _read(self) -> None:
        stream = self.process.stdout
        while header := stream.readline():
            stream.readline()
            self._inbox.put(json.loads(stream.read(int(header.split(b":")[1]))))
        self._inbox.put(None)

    def _read_errors(self) -> None:
        for line in self.process.stderr:
            self._errors.append(line)

    @property
    def stderr(self) -> str:
        return b"".join(self._errors).decode()

    def close(self) -> int:
        """Ends the session as an editor does; the exit code."""
        self.request("shutdown")
        self.notify("exit")
        code = self.process.wait(PATIENCE)
        assert "Traceback" not in self.stderr, self.stderr
        return code

    # Documents.

    def uri(self, path: str) -> str:
        return (self.folder / path).as_uri()

    def open(self, path: str, text: str | None = None) -> None:
        if text is None:
            text = (self.folder / path).read_text(encoding="utf-8")
        self._texts[path] = text
        document = {"uri": self.uri(path), "languageId": "ipc", "version": 1, "text": text}
        self.notify("textDocument/didOpen", textDocument=document)

    def change(self, path: str, version: int, *changes: dict) -> None:
        document = {"uri": self.uri(path), "version": version}
        self.notify("textDocument/didChange", textDocument=document, contentChanges=list(changes))

    def replace(self, path: str, version: int, text: str) -> None:
        self._texts[path] = text
        self.change(path, version, {"text": text})

    def published(self, path: str, version: int | None = None) -> list[dict]:
        """The diagnostics of a file, once those of the version are there."""
        uri = self.uri(path)
        deadline = time.monotonic() + PATIENCE
        while True:
            found = self.diagnostics.get(uri)
            if found and (version is None or found.get("version") == version):
                return found["diagnostics"]
            assert time.monotonic() < deadline
            self._take()

    def next_published(self, path: str) -> list[dict]:
        """The diagnostics that are published next for a file."""
        self.diagnostics.pop(self.uri(path), None)
        return self.published(path)

    def on(self, path: str, marked: str) -> dict:
        """The parameters that name the place of `|` in a text that the file has once."""
        before, _, after = marked.partition("|")
        text = self._texts[path]
        assert text.count(before + after) == 1, marked
        ahead = text[: text.index(before + after) + len(before)]
        line = ahead[ahead.rfind("\n") + 1 :]
        return self.at(path, ahead.count("\n"), len(line.encode("utf-16-le")) // 2)

    def at(self, path: str, line: int, character: int) -> dict:
        """The parameters that name a place."""
        position = {"line": line, "character": character}
        return {"textDocument": {"uri": self.uri(path)}, "position": position}
