"""spooling: a long document that lies in no file of its own (piped in, packed, in another encoding) goes into a temporary one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator

from importer.documents.kept import KeptFile
from importer.errors import SourceUnusable


def spooled(pieces: Iterable[bytes]) -> KeptFile:
    """The pieces in a file without a name, which goes with whoever holds it last."""
    # What the pieces themselves raise is told elsewhere.
    with _temporary() as file:
        for piece in pieces:
            try:
                file.write(piece)
            except OSError as problem:
                raise _no_room(problem) from problem
        try:
            file.flush()
        except OSError as problem:
            raise _no_room(problem) from problem
        return KeptFile(os.dup(file.fileno()))


def capped(pieces: Iterable[bytes], most: int, too_large: SourceUnusable) -> Iterator[bytes]:
    """The pieces, or `too_large` as soon as they are more than `most` bytes."""
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise too_large
        yield piece


def _temporary() -> tempfile._TemporaryFileWrapper[bytes]:
    try:
        return tempfile.TemporaryFile(prefix="masthead-", buffering=1 << 20)  # type: ignore[return-value]
    except OSError as problem:
        raise _no_room(problem) from problem


def _no_room(problem: OSError) -> SourceUnusable:
    return SourceUnusable(
        f"This long document could not be put into a temporary file ({(problem.strerror or 'no reason given').lower()}). "
        "Make room, or name another folder in TMPDIR, then import again."
    )
