"""Parts of the protocol that more than one module speaks of: failures and parameters."""

from __future__ import annotations

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
NOT_INITIALIZED = -32002
REQUEST_FAILED = -32803
REQUEST_CANCELLED = -32800


class Failure(Exception):
    """A request that gets an error for an answer."""

    def __init__(self, code: int, message: str):
        super().__init__(message)
        self.code = code


def get(params: object, path: str, kind: type) -> object:
    """What stands at a dotted path; Failure when it is missing or of another type."""
    value = params
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise Failure(INVALID_PARAMS, f"`{path}` is missing or of another type")
    return value
