"""ranges: a part of a stored file, for players that ask for one; without it some play nothing and none can skip."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

_RANGE = re.compile(r"bytes=(?P<first>\d{0,15})-(?P<last>\d{0,15})")
_BLOCK = 1 << 16


class Readable(Protocol):
    def seek(self, offset: int, /) -> object: ...

    def read(self, size: int, /) -> bytes: ...


def asked(header: str, size: int) -> range | None:
    """The bytes that a Range header asks for: an empty range if there are none such, None for the whole file."""
    found = _RANGE.fullmatch(header.strip())
    if found is None or not (found["first"] or found["last"]):
        return None  # several at once, or nothing that can be read, may be answered with the whole
    if not found["first"]:
        return range(max(0, size - int(found["last"])), size)
    last = min(int(found["last"]), size - 1) if found["last"] else size - 1
    if found["last"] and int(found["last"]) < int(found["first"]):
        return None
    return range(int(found["first"]), last + 1)


def blocks(file: Readable, part: range) -> Iterator[bytes]:
    file.seek(part.start)
    left = len(part)
    while left and (block := file.read(min(_BLOCK, left))):
        left -= len(block)
        yield block
