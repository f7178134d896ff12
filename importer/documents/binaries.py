"""binaries: what is not text at all: archives unpacked up to a cap, pictures and programs refused by their first bytes."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from importer.errors import SourceUnusable

MAX_BYTES = 80 * 1024 * 1024  # of a document that is read at once
MEMORY = 160 * 1024 * 1024  # that a document and its text may take
MAX_LAYERS = 2  # a gzip file served with gzip; more is an attack
PIECE = 1 << 20
GZIP = b"\x1f\x8b"

BINARIES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF file"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a sound, picture or video file"),
    (b"PK\x03\x04", "a zip archive or an office document; unpack it or save it as text first"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ\x00", "an xz archive; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive; unpack it first"),
    (b"Rar!\x1a\x07", "a rar archive; unpack it first"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document; save it as text first"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound or video file"),
)
# How such characters begin in UTF-8; in other encodings it is a guess to the safe side.
EMOJI = re.compile(rb"[\xf0-\xf4][\x80-\xbf]{3}")
OTHER_LETTERS = re.compile(rb"[\xc4-\xff]")
CONTROL_BYTES = bytes(code for code in range(32) if code not in b"\t\n\r\f\x1b")


def unpacked(data: bytes) -> bytes:
    """The data without its gzip layers, never more than the cap."""
    for _ in range(MAX_LAYERS):
        if not data.startswith(GZIP):
            break
        # Counted before it is kept: a bomb costs time, not memory.
        size = 0
        for piece in gunzip(data):
            size += len(piece)
            if size > MAX_BYTES:
                raise SourceUnusable(
                    f"This gzip file unpacks to more than {MAX_BYTES >> 20} MB and was not read."
                )
        data = b"".join(gunzip(data))
    if len(data) > MAX_BYTES:
        raise SourceUnusable(f"This source is larger than {MAX_BYTES >> 20} MB; split it into smaller ones.")
    most = MEMORY // (1 + width(data))
    if len(data) > most:
        raise SourceUnusable(
            f"This source is larger than {most >> 20} MB, the most of text with such letters that is read at once; "
            "split it into smaller ones."
        )
    return data


def width(data: bytes) -> int:
    """The bytes in memory that each character of a text takes, by the rarest of its letters: 1, 2 or, for emoji, 4."""
    if EMOJI.search(data):
        return 4
    return 2 if OTHER_LETTERS.search(data) else 1


def gunzip(data: bytes) -> Iterator[bytes]:
    """What a gzip file holds, a piece at a time, all its members."""
    while data.startswith(GZIP):
        unpacker = zlib.decompressobj(wbits=31)
        while not unpacker.eof:
            try:
                piece = unpacker.decompress(data, PIECE)
            except zlib.error:
                raise SourceUnusable("This gzip file is damaged and cannot be unpacked.") from None
            data = unpacker.unconsumed_tail
            if not (piece or data or unpacker.eof):
                raise SourceUnusable("This gzip file is cut off; get it again.")
            yield piece
        data = unpacker.unused_data


def refuse_empty(data: bytes) -> None:
    if not data:
        raise SourceUnusable("This is an empty source: it holds no bytes at all.")


def refuse_known(data: bytes) -> None:
    """Refuse what is known to be no text by its first bytes."""
    for magic, what in BINARIES:
        if data.startswith(magic):
            raise SourceUnusable(f"This is {what}, not a feed or a text.")
    if data[4:8] == b"ftyp":
        raise SourceUnusable("This is a video or a picture, not a feed or a text.")


def refuse_controls(data: bytes) -> None:
    """Refuse what is full of control characters, as no text of single bytes is."""
    head = data[:65536]
    controls = len(head) - len(head.translate(None, CONTROL_BYTES))
    if controls > 8 and controls > len(head) / 25:
        raise SourceUnusable("This is a binary file, not a feed or a text.")
