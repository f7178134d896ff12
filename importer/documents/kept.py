"""kept: a long file that is read where it lies, a piece at a time, as often as wanted, instead of being held in memory."""

from __future__ import annotations

import hashlib
import os
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, field

from importer.errors import SourceUnusable

PIECE = 1 << 20
CHANGED = (
    "This file was changed while it was being read. Wait until it is written, then import it again; what is in already "
    "stays as it is."
)


@dataclass(frozen=True, slots=True, weakref_slot=True)
class KeptFile:
    """An open regular file. It takes over `handle` and closes it when nobody holds this any more."""

    handle: int
    size: int = field(init=False)
    written: int = field(init=False)  # the moment of the last change, in nanoseconds

    def __post_init__(self) -> None:
        stands = os.fstat(self.handle)
        object.__setattr__(self, "size", stands.st_size)
        object.__setattr__(self, "written", stands.st_mtime_ns)
        weakref.finalize(self, os.close, self.handle)

    def pieces(self) -> Iterator[bytes]:
        """The bytes from the first to the last. Raises SourceUnusable if the file was changed since it was opened."""
        place = 0
        while place < self.size:
            piece = os.pread(self.handle, PIECE, place)
            self.refuse_changes(cut=not piece)
            yield piece
            place += len(piece)

    def refuse_changes(self, *, cut: bool) -> None:
        stands = os.fstat(self.handle)
        if cut or (stands.st_size, stands.st_mtime_ns) != (self.size, self.written):
            raise SourceUnusable(CHANGED)

    def whole(self) -> bytes:
        return b"".join(self.pieces())

    def sha256(self) -> str:
        digest = hashlib.sha256()
        for piece in self.pieces():
            digest.update(piece)
        return digest.hexdigest()
