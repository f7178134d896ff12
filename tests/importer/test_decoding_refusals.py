"""test_decoding_refusals: what is no text is refused with a sentence, archives are unpacked up to a cap."""

from __future__ import annotations

import gzip
import random

import pytest

from importer.documents import binaries
from importer.documents.decoding import decode
from importer.entry import RawDocument
from importer.errors import SourceUnusable


def refusal(data: bytes) -> str:
    with pytest.raises(SourceUnusable) as caught:
        decode(RawDocument("-", data))
    return str(caught.value)


def test_no_bytes() -> None:
    assert refusal(b"") == "This is an empty source: it holds no bytes at all."


@pytest.mark.parametrize(
    "data", [b" \n\t ", b"\xef\xbb\xbf", b"\xef\xbb\xbf \r\n", b"\xff\xfe \x00", " \u200b\xa0".encode()]
)
def test_only_white_space(data: bytes) -> None:
    assert refusal(data) == "This source is empty: it holds nothing but white space."


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 ...", "a PDF file"),
        (b"\xff\xd8\xff\xe0 JFIF", "a JPEG picture"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"PK\x03\x04 docx", "a zip archive or an office document; unpack it or save it as text first"),
        (b"SQLite format 3\x00", "an SQLite database"),
    ],
)
def test_known_files_are_named(data: bytes, what: str) -> None:
    assert refusal(data) == f"This is {what}, not a feed or a text."


def test_random_bytes() -> None:
    data = random.Random(7).randbytes(4000)
    assert refusal(b"\x01" + data) == "This is a binary file, not a feed or a text."


def test_gzip_is_unpacked() -> None:
    text = "<rss>Привет</rss>"
    assert decode(RawDocument("-", gzip.compress(text.encode()))).text == text


def test_a_gzip_of_several_members_is_read_whole() -> None:
    assert decode(RawDocument("-", gzip.compress(b"one ") + gzip.compress(b"two"))).text == "one two"


def test_a_cut_off_gzip() -> None:
    assert refusal(gzip.compress(b"x" * 1000)[:-12]) == "This gzip file is cut off; get it again."


def test_a_damaged_gzip() -> None:
    assert refusal(b"\x1f\x8b\x08\x00" + b"\xff" * 50) == "This gzip file is damaged and cannot be unpacked."


def test_a_gzip_that_grows_over_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "MAX_BYTES", 2 << 20)
    assert (
        refusal(gzip.compress(b"a" * (3 << 20)))
        == "This gzip file unpacks to more than 2 MB and was not read."
    )


def test_a_source_over_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "MAX_BYTES", 1 << 20)
    assert refusal(b"a" * ((1 << 20) + 1)) == "This source is larger than 1 MB; split it into smaller ones."
