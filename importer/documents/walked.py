"""walked: what the first walk over a long document made of it, kept in a temporary file for the walks that follow."""

from __future__ import annotations

import io
import os
import pickle  # of what this program has just made, in a file without a name that nobody else can open
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Generic, TypeVar

from importer.documents.kept import KeptFile

Made = TypeVar("Made")
MOST = 4_000_000_000  # bytes beside memory; what would take more is made anew each time
BUFFER = 1 << 18


@dataclass(slots=True)
class Walked(Generic[Made]):
    """The same things as `made`, which are made once if a temporary file has room for them, else in each walk anew."""

    made: Iterable[Made]
    kept: KeptFile | None = field(default=None, init=False)

    def __iter__(self) -> Iterator[Made]:
        return self._first() if self.kept is None else self._again(self.kept)

    def _first(self) -> Iterator[Made]:
        file = begun()
        try:
            for one in self.made:
                file = file and written(file, one)
                yield one
            self.kept = finished(file) if file else None
        finally:
            if file is not None:
                closed(file)

    def _again(self, kept: KeptFile) -> Iterator[Made]:
        reader = io.BufferedReader(Bytes(kept), BUFFER)  # type: ignore[type-var]
        while reader.peek(1):
            yield pickle.load(reader)  # noqa: S301  # see above


def begun() -> IO[bytes] | None:
    """An empty temporary file; None where there can be none."""
    try:
        return tempfile.TemporaryFile(prefix="masthead-", buffering=BUFFER)
    except OSError:
        return None


def written(file: IO[bytes], one: object) -> IO[bytes] | None:
    """The file with one thing more; None, and its room is free again, where that does not go."""
    with suppress(OSError):
        pickle.dump(one, file, pickle.HIGHEST_PROTOCOL)
        if file.tell() < MOST:
            return file
    closed(file)
    return None


def finished(file: IO[bytes]) -> KeptFile | None:
    with suppress(OSError):
        file.flush()
        return KeptFile(os.dup(file.fileno()))
    return None


def closed(file: IO[bytes]) -> None:
    with suppress(OSError):
        file.close()


class Bytes(io.RawIOBase):
    """A kept file from its beginning, with a place of its own in it: several walks may be under way."""

    def __init__(self, kept: KeptFile) -> None:
        self.kept, self.place = kept, 0

    def readable(self) -> bool:
        return True

    def readinto(self, room: bytearray) -> int:  # type: ignore[override]
        found = os.pread(self.kept.handle, len(room), self.place)
        room[: len(found)] = found
        self.place += len(found)
        return len(found)
