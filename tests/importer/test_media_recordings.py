"""test_media_recordings: a recording's type is told by its bytes, never by its name or what a server says."""

from __future__ import annotations

from pathlib import Path

import pytest

from importer.media.recordings import ending_of, keep
from tests.importer.mediawebs import MP3


@pytest.mark.parametrize(
    ("data", "kind", "ending"),
    [
        (MP3, "audio", "mp3"),
        (b"\xff\xfb\x90\x00" + bytes(100), "audio", "mp3"),
        (b"OggS" + bytes(24) + b"\x01vorbis", "audio", "ogg"),
        (b"OggS" + bytes(24) + b"OpusHead", "audio", "opus"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio", "wav"),
        (b"\0\0\0\x20ftypM4A \0\0", "audio", "m4a"),
        (b"\0\0\0\x20ftypisom\0\0", "audio", "m4a"),
        (b"\0\0\0\x20ftypisom\0\0", "video", "mp4"),
        (b"\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x1fB\x82\x84webm", "video", "webm"),
        (b"\0\0\0\x20ftypavif\0\0", "video", ""),
        (b"RIFF\0\0\0\0WEBPVP8 ", "audio", ""),
        (b"\xff\xd8\xff\xe0JFIF", "audio", ""),
        (b"\xff\xfe<\0h\0t\0m\0l\0", "audio", ""),
        (b"<html>", "audio", ""),
        (b"", "audio", ""),
    ],
)
def test_the_bytes_tell_the_type(data: bytes, kind: str, ending: str) -> None:
    assert ending_of(data, kind) == ending


def test_the_same_recording_is_kept_once_under_a_name_of_its_content(media_root: Path) -> None:
    name, was_here = keep(MP3, "audio")
    assert not was_here
    assert keep(MP3, "audio") == (name, True)
    assert (media_root / name).read_bytes() == MP3
    assert [path.name for path in media_root.rglob("*.*")] == [name.rpartition("/")[2]]


def test_what_is_no_recording_is_not_kept(media_root: Path) -> None:
    with pytest.raises(ValueError, match="no recording of a kind that can be kept"):
        keep(b"<html>", "audio")
    assert list(media_root.iterdir()) == []
