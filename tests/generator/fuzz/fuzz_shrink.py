"""Makes an input smaller while it still shows what was found (delta debugging)."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

_TOKEN = re.compile(rb"\s+|\w+|.", re.DOTALL)


def shrink(data: bytes, still_fails: Callable[[bytes], bool], seconds: float = 30) -> bytes:
    """The smallest input that was found in that time, by lines, then tokens, then bytes."""
    deadline = time.monotonic() + seconds
    for split in (lambda part: part.splitlines(keepends=True), _TOKEN.findall, _single_bytes):
        data = b"".join(_smaller(split(data), still_fails, deadline))
    return data


def _single_bytes(data: bytes) -> list[bytes]:
    return [data[at : at + 1] for at in range(len(data))]


def _smaller(
    parts: list[bytes], still_fails: Callable[[bytes], bool], deadline: float
) -> list[bytes]:
    """Leaves out runs of parts, long ones first, as long as what is left fails."""
    size = max(1, len(parts) // 2)
    while True:
        at = 0
        while at < len(parts) and time.monotonic() < deadline:
            without = parts[:at] + parts[at + size :]
            if still_fails(b"".join(without)):
                parts = without
            else:
                at += size
        if size == 1 or time.monotonic() >= deadline:
            return parts
        size //= 2
