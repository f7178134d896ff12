"""files: the bytes of a file or of standard input, whole and consistent, and a folder's files."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import BinaryIO

from importer.documents.binaries import GZIP, gunzip
from importer.documents.kept import PIECE, KeptFile
from importer.documents.spooling import capped, spooled
from importer.entry import RawDocument
from importer.errors import SourceUnusable
from importer.fetching.limits import USUAL, Limits, in_words

STANDARD_INPUT = "-"
_TRIES = 3
_BLOCK = 1 << 20
_LOOKED_AT = 20_000  # bytes of a document's beginning
_EXPORT = re.compile(rb"<rss\b[^>]*wordpress\.org/export/", re.IGNORECASE)

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)

_CAUSES = {
    errno.ENOENT: "there is no such file. Check the spelling and the folder you are in.",
    errno.ENOTDIR: "a part of this path is a file, not a folder. Check the path.",
    errno.EACCES: "you may not read it. Give yourself permission to read it (chmod), or run as its owner.",
    errno.EPERM: "you may not read it. Give yourself permission to read it (chmod), or run as its owner.",
    errno.ENAMETOOLONG: "the name is too long for this system. Check the path.",
    errno.ELOOP: "its symbolic links lead in a circle. Name the file itself.",
    errno.EMFILE: "too many files are open. Raise the limit (ulimit -n) and run again.",
}


def folder_files(folder: str) -> list[str]:
    """The files directly in a folder, sorted by name; hidden ones are left out, folders inside are not entered."""
    try:
        with os.scandir(folder) as found:
            names = sorted(item.name for item in found if not item.name.startswith(".") and not item.is_dir())
    except OSError as problem:
        raise _unreadable(folder, problem) from problem
    if not names:
        raise SourceUnusable(
            f"{_shown(folder)} holds no files to import. Name a folder with files directly in it, or a file."
        )
    return [os.path.join(folder, name) for name in names]


def read_file(path: str, *, limits: Limits = USUAL) -> RawDocument:
    """A regular file's bytes as they were at one moment. Raises SourceUnusable with a sentence."""
    try:
        if kept := _kept(path, limits):
            beginning = next(kept.pieces(), b"")
            return RawDocument(location=path, data=beginning, path=os.path.abspath(path), kept=kept)
        for _ in range(_TRIES):
            data = _one_reading(path, limits)
            if data is not None:
                return _unpacked(RawDocument(location=path, data=data, path=os.path.abspath(path)), limits)
    except OSError as problem:
        raise _unreadable(path, problem) from problem
    except ValueError as problem:  # a NUL or a lone surrogate in the name
        raise SourceUnusable(f"{_shown(path)} is not a usable file name. Check the path.") from problem
    raise SourceUnusable(
        f"{_shown(path)} keeps changing while it is being read. Wait until it is written, then import it again."
    )


def _kept(path: str, limits: Limits) -> KeptFile | None:
    """A long WordPress export, open to be read piece by piece; None for every other file."""
    stands = os.stat(path)
    if not stat.S_ISREG(stands.st_mode) or not limits.held_bytes < stands.st_size <= limits.file_bytes:
        return None
    kept = KeptFile(os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0)))
    return kept if _EXPORT.search(next(kept.pieces(), b"")[:_LOOKED_AT]) else None


def _unpacked(raw: RawDocument, limits: Limits) -> RawDocument:
    """A long WordPress export that is packed, unpacked into a temporary file; every other document as it is."""
    if not raw.data.startswith(GZIP):
        return raw
    beginning = next(gunzip(raw.data), b"")
    if not _EXPORT.search(beginning[:_LOOKED_AT]):
        return raw
    too_large = SourceUnusable(
        f"This gzip file unpacks to more than {in_words(limits.file_bytes)} and was not read."
    )
    kept = spooled(capped(gunzip(raw.data), limits.file_bytes, too_large))
    return replace(raw, data=beginning, kept=kept) if kept.size > limits.held_bytes else raw


def _one_reading(path: str, limits: Limits) -> bytes | None:
    """The whole file, or None if it changed meanwhile."""
    # Looked at before it is opened: opening some devices already does something.
    _refuse_unless_file(path, os.stat(path).st_mode)
    # A pipe put in its place since then must not hang the open.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    with open(handle, "rb") as file:
        before = os.fstat(handle)
        _refuse_unless_file(path, before.st_mode)
        if before.st_size > limits.file_bytes:
            raise _too_large(_shown(path), limits)
        data = file.read(before.st_size + 1)
        after = os.fstat(handle)
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return data if same and len(data) == before.st_size else None


def read_stdin(stream: BinaryIO | None, *, limits: Limits = USUAL) -> RawDocument:
    """Everything that comes through a stream. Raises SourceUnusable with a sentence."""
    if stream is None or stream.closed:
        raise SourceUnusable("Standard input is closed. Pipe a document into the command, or name a file.")
    pieces = capped(_blocks(stream), limits.file_bytes, _too_large("Standard input", limits))
    gathered = bytearray()
    for block in pieces:
        gathered += block
        if len(gathered) > limits.held_bytes and _EXPORT.search(gathered[:_LOOKED_AT]):
            beginning = bytes(gathered[:PIECE])
            kept = spooled(chain((bytes(gathered),), pieces))
            return RawDocument(location=STANDARD_INPUT, data=beginning, kept=kept)
    return _unpacked(RawDocument(location=STANDARD_INPUT, data=bytes(gathered)), limits)


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    try:
        while block := stream.read(_BLOCK):
            yield block
    except OSError as problem:
        raise SourceUnusable(
            f"Standard input cannot be read ({_reason(problem)}). Save the document to a file and import the file."
        ) from problem


def _refuse_unless_file(path: str, mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    kind = next((name for test, name in _KINDS if test(mode)), "something special")
    what = "Name the files in it." if stat.S_ISDIR(mode) else "Name a file, or pipe the document in with -."
    raise SourceUnusable(f"{_shown(path)} is {kind}, not a file. {what}")


def _unreadable(path: str, problem: OSError) -> SourceUnusable:
    cause = _CAUSES.get(problem.errno or 0, f"{_reason(problem)}. Check the disk and the path.")
    return SourceUnusable(f"{_shown(path)} cannot be read: {cause}")


def _too_large(what: str, limits: Limits) -> SourceUnusable:
    most = in_words(limits.file_bytes)
    return SourceUnusable(
        f"{what} is larger than {most}, the most that is read. Split it and import the parts."
    )


def _reason(problem: OSError) -> str:
    return (problem.strerror or "the system gives no reason").rstrip(".").lower()


def _shown(path: str) -> str:
    """A path fit for one line of a terminal or a log."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in path)
