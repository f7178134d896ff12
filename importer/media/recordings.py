"""recordings: sound and film are known by their bytes, capped, and kept under a name made from their content; never decoded."""

from __future__ import annotations

import hashlib
import re

from blog import wholefiles

FTYP = re.compile(rb"....ftyp(....)", re.DOTALL)
SOUND_BRANDS = (b"M4A ", b"M4B ", b"F4A ")
FILM_BRANDS = (
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"mp41",
    b"mp42",
    b"avc1",
    b"M4V ",
    b"dash",
    b"MSNV",
)


def ending_of(data: bytes, kind: str) -> str:
    """The ending that tells its type: mp3, m4a, ogg, opus, wav, mp4 or webm; "" for everything else."""
    head = data[:200]
    if head.startswith(b"OggS"):
        return "opus" if b"OpusHead" in head else "ogg"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "wav"
    if head.startswith(b"\x1aE\xdf\xa3") and b"webm" in head:
        return "webm"
    if found := FTYP.match(head):
        if found[1] in SOUND_BRANDS or (kind == "audio" and found[1] in FILM_BRANDS):
            return "m4a"
        return "mp4" if found[1] in FILM_BRANDS else ""
    return "mp3" if head.startswith(b"ID3") or is_mp3_frame(head) else ""


def is_mp3_frame(head: bytes) -> bool:
    """MPEG audio's sync word, layer III, with a bitrate and a sampling rate that exist."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return False
    return head[2] >> 4 not in (0, 15) and head[2] >> 2 & 3 != 3


def keep(data: bytes, kind: str) -> tuple[str, bool]:
    """The name it is kept under, the same for the same bytes, and whether it was here before. Raises ValueError."""
    ending = ending_of(data, kind)
    if not ending:
        raise ValueError(
            "It is no recording of a kind that can be kept (mp3, m4a, ogg, opus, wav, mp4, webm)."
        )
    sha256 = hashlib.sha256(data).hexdigest()
    name = f"{kind}/{sha256[:2]}/{sha256}.{ending}"
    try:
        return name, wholefiles.keep(name, data)
    except wholefiles.NoRoom as problem:
        raise ValueError(str(problem)) from problem
