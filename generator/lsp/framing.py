"""How messages travel: JSON behind a `Content-Length` header."""

from __future__ import annotations

import json
from typing import BinaryIO

# No message of an editor is near this; one that claims more is read past, not kept.
MAX_MESSAGE = 256 * 2**20
_PIECE = 2**20


class Malformed(Exception):
    """Bytes that are no message. What follows them may be one: reading goes on."""


def read_message(stream: BinaryIO) -> dict | None:
    """The next message; None at the end of the stream."""
    length = _read_header(stream)
    if length is None:
        return None
    if length > MAX_MESSAGE:
        while length > 0 and (piece := stream.read(min(length, _PIECE))):
            length -= len(piece)
        raise Malformed("the message is too long")
    body = stream.read(length)
    if len(body) < length:
        return None
    try:
        message = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise Malformed(f"the message is not JSON: {problem}") from None
    if not isinstance(message, dict):
        raise Malformed("a message is an object")
    return message


def write_message(stream: BinaryIO, message: dict) -> None:
    body = json.dumps(message, separators=(",", ":")).encode("utf-8")
    stream.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
    stream.flush()


def _read_header(stream: BinaryIO) -> int | None:
    """The length that a header gives; None at the end of the stream."""
    length = -1
    seen = False
    while line := stream.readline(_PIECE):
        line = line.strip()
        if not line:
            if not seen:
                continue
            if length < 0:
                raise Malformed("there is no Content-Length")
            return length
        seen = True
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            length = int(value.strip()[:20])
    return None
