"""unpacking: a compressed answer unpacked while it streams, so that a bomb stops at the cap and a cut one is noticed."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Protocol

import brotli  # type: ignore[import-untyped]

from importer.fetching.limits import Deadline

ACCEPTED = "gzip, deflate, br"
_BLOCK = 1 << 18
_MOST_MEMBERS = 1_000  # a gzip file may be many joined; each costs a new start


class SpoiledError(Exception):
    """The packed bytes are broken, cut off, or packed in a way that is not taken."""


class Unpacker(Protocol):
    def feed(self, data: bytes) -> Iterator[bytes]:
        """Unpacked blocks of bounded size. Raises SpoiledError."""

    def finish(self) -> None:
        """Raises SpoiledError if the packed bytes ended too early."""


def unpacker(encodings: str) -> Unpacker:
    """The unpacker for a Content-Encoding header. Raises SpoiledError for names unknown and for one inside another."""
    names = [name.strip().lower() for name in encodings.split(",")]
    names = [name for name in names if name not in ("", "identity")]
    if not names:
        return _Plain()
    if len(names) > 1:
        raise SpoiledError("it is packed more than once, which is not unpacked")
    if names[0] in ("gzip", "x-gzip"):
        return _Gzip()
    if names[0] == "deflate":
        return _Deflate()
    if names[0] == "br":
        return _Brotli()
    raise SpoiledError("it is packed in a way that was not asked for")


def unpack(packed: Iterator[bytes], encodings: str, deadline: Deadline) -> Iterator[bytes]:
    """Unpacked blocks of a stream, none larger than 256 kB. Raises SpoiledError and DeadlineError."""
    work = unpacker(encodings)
    for piece in packed:
        for block in work.feed(piece):
            deadline.left()
            yield block
    work.finish()


class _Plain:
    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data

    def finish(self) -> None:
        return


class _Gzip:
    def __init__(self) -> None:
        self._work = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._members = 1
        self._fed = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._fed = self._fed or bool(data)
        while data:
            if self._work.eof:
                # What follows a member is another one, or padding that everybody passes over.
                if not data.startswith(b"\x1f"):
                    return
                self._next_member()
            yield from _inflate(self._work, data)
            data = self._work.unused_data

    def _next_member(self) -> None:
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise SpoiledError("it is packed in too many pieces")
        self._work = zlib.decompressobj(zlib.MAX_WBITS | 16)

    def finish(self) -> None:
        if self._fed and not self._work.eof:
            raise SpoiledError("its packed bytes end too early")


class _Deflate:
    """Both readings of the name: with zlib's header, as the standard says, and without, as some servers do."""

    def __init__(self) -> None:
        self._work = zlib.decompressobj()
        self._head = b""
        self._decided = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        if not self._decided:
            self._head += data
            if len(self._head) < 2:
                return
            data, self._decided = self._head, True
            if self._head[0] & 15 != 8 or int.from_bytes(self._head[:2], "big") % 31:
                self._work = zlib.decompressobj(-zlib.MAX_WBITS)
        if not self._work.eof:
            yield from _inflate(self._work, data)

    def finish(self) -> None:
        if self._head and not self._work.eof:
            raise SpoiledError("its packed bytes end too early")


class _Brotli:
    def __init__(self) -> None:
        self._work = brotli.Decompressor()
        self._fed = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._fed = self._fed or bool(data)
        if self._work.is_finished():
            return
        try:
            block = self._work.process(data, output_buffer_limit=_BLOCK)
            yield block
            # As with zlib, a full block may have left output behind where all input is taken.
            while len(block) >= _BLOCK or not self._work.can_accept_more_data():
                block = self._work.process(b"", output_buffer_limit=_BLOCK)
                yield block
        except brotli.error as problem:
            raise SpoiledError("its packed bytes are broken") from problem

    def finish(self) -> None:
        if self._fed and not self._work.is_finished():
            raise SpoiledError("its packed bytes end too early")


def _inflate(work: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    try:
        while True:
            block = work.decompress(data, _BLOCK)
            yield block
            data = work.unconsumed_tail
            # A full block may have left output behind even where no input is left.
            if work.eof or (not data and len(block) < _BLOCK):
                return
    except zlib.error as problem:
        raise SpoiledError("its packed bytes are broken") from problem
