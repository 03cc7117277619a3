"""The protocol itself: order, mistakes of the editor, cancellation, the end."""

from __future__ import annotations

import json
from collections.abc import Callable

from lsp_client import PATIENCE, Client


def frame(body: bytes) -> bytes:
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def test_it_says_what_it_can_do(client: Client) -> None:
    capabilities = client.initialized["capabilities"]

    assert capabilities["positionEncoding"] == "utf-16"
    assert capabilities["textDocumentSync"]["change"] == 2
    assert capabilities["renameProvider"] == {"prepareProvider": True}


def test_what_is_not_json_is_answered_and_passed_over(client: Client) -> None:
    client.send_bytes(frame(b"{nonsense"))
    assert client.receive(None)["error"]["code"] == -32700

    client.send_bytes(frame(b"[1, 2]"))
    assert client.receive(None)["error"]["code"] == -32700

    client.send_bytes(frame(b"[" * 100_000))
    assert client.receive(None)["error"]["code"] == -32700

    client.send_bytes(b"X-Header: 1\r\nContent-Length: many\r\n\r\n")
    assert client.receive(None)["error"]["code"] == -32700

    assert client.request("textDocument/hover", **client.on("src/shop.ipc", "struct N|ote"))


def test_unknown_requests_are_refused_and_unknown_notifications_ignored(client: Client) -> None:
    client.notify("$/setTrace", value="off")
    client.notify("workspace/somethingNew")

    assert client.refusal("textDocument/somethingNew")["code"] == -32601


def test_a_message_without_a_method_is_refused(client: Client) -> None:
    client.send({"id": 77})

    assert client.receive(77)["error"]["code"] == -32600


def test_parameters_that_are_missing_or_wrong_are_refused(client: Client) -> None:
    place = client.at("src/shop.ipc", 0, 0)

    for method in ("hover", "definition", "references", "rename", "completion", "formatting"):
        assert client.refusal(f"textDocument/{method}")["code"] == -32602
    for position in (None, {}, {"line": "1", "character": 2}, {"line": True, "character": 2}):
        wrong = {**place, "position": position}
        assert client.refusal("textDocument/hover", **wrong)["code"] == -32602
    client.notify("textDocument/didOpen")
    client.notify("textDocument/didChange", textDocument=place["textDocument"])
    client.notify("textDocument/didChange", textDocument=3, contentChanges=[{}])
    assert client.request("textDocument/hover", **place) is None


def test_places_outside_of_the_text_are_the_nearest_inside(client: Client) -> None:
    for line, character in ((-1, -1), (0, 10**9), (10**9, 0), (10**9, 10**9)):
        place = client.at("src/shop.ipc", line, character)
        client.request("textDocument/hover", **place)
        client.request("textDocument/completion", **place)


def test_nothing_is_served_before_initialize_and_after_shutdown(
    connect: Callable[..., Client],
) -> None:
    client = connect()
    assert client.refusal("initialize")["code"] == -32600

    client.request("shutdown")
    assert client.refusal("textDocument/hover", **client.at("src/shop.ipc", 0, 0))["code"] == -32600
    client.notify("exit")

    assert client.process.wait(PATIENCE) == 0


def test_an_exit_without_shutdown_is_a_failure(connect: Callable[..., Client]) -> None:
    client = connect()
    client.notify("exit")

    assert client.process.wait(PATIENCE) == 1


def test_the_end_of_the_input_ends_the_server(connect: Callable[..., Client]) -> None:
    client = connect()
    client.process.stdin.close()

    assert client.process.wait(PATIENCE) == 1


def test_a_cancelled_request_is_answered_as_cancelled(client: Client) -> None:
    place = client.on("src/shop.ipc", "struct N|ote")
    messages = [
        {"id": 500 + at, "method": "textDocument/references", "params": place} for at in range(20)
    ]
    messages.append({"method": "$/cancelRequest", "params": {"id": 519}})
    messages.append({"method": "$/cancelRequest", "params": {"id": [1]}})
    messages.append({"method": "$/cancelRequest"})
    client.send_bytes(b"".join(frame(json.dumps(message).encode()) for message in messages))

    answers = [client.receive(500 + at) for at in range(20)]

    assert all("result" in answer for answer in answers[:10])
    assert answers[19]["error"]["code"] == -32800


def test_documents_that_are_no_files_have_no_answers(client: Client) -> None:
    document = {"uri": "untitled:Untitled-1", "version": 1, "text": "module a;", "languageId": "i"}
    client.notify("textDocument/didOpen", textDocument=document)

    hover = client.request(
        "textDocument/hover", textDocument=document, position={"line": 0, "character": 8}
    )

    assert hover is None


def test_it_asks_to_be_told_of_changes_on_disk(connect: Callable[..., Client]) -> None:
    can = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}
    client = connect(capabilities=can)
    client.refusal("no/such/request")

    (asked,) = client.notifications
    assert asked["method"] == "client/registerCapability"
    client.send({"id": asked["id"], "result": None})
