"""test_samples_read: every sample source that the demo imports is read whole by its format, with nothing rejected."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import importer
from importer.entry import Document, Entry, RawDocument
from importer.formats.base import Format, Reading
from importer.formats.feed import FEED
from importer.formats.jsonfeed import JSON_FEED
from importer.formats.textdump import TEXT_DUMP

SAMPLES = Path(importer.__file__).parent / "samples"
TODAY = datetime(2026, 11, 20, tzinfo=UTC)


def entries(name: str, reader: Format) -> list[Entry]:
    data = (SAMPLES / name).read_bytes()
    document = Document(RawDocument(name, data, path=str(SAMPLES / name)), data.decode(), "utf-8")
    assert reader.recognises(document)
    found = list(reader.read(document, Reading(now=TODAY)).entries)
    taken = [entry for entry in found if isinstance(entry, Entry)]
    assert taken == found
    return taken


@pytest.mark.parametrize(
    ("name", "reader", "count"),
    [
        ("city-notes.rss.xml", FEED, 5),
        ("field-journal.atom.xml", FEED, 4),
        ("workshop.feed.json", JSON_FEED, 5),
    ],
)
def test_a_feed_sample_is_dated_signed_and_tagged(name: str, reader: Format, count: int) -> None:
    found = entries(name, reader)
    assert len(found) == count
    for entry in found:
        assert entry.published is not None
        assert datetime(2024, 1, 1, tzinfo=UTC) < entry.published < TODAY
        assert entry.authors
        assert entry.tags


def test_the_samples_have_posts_by_several_people_and_in_russian() -> None:
    found = entries("city-notes.rss.xml", FEED) + entries("field-journal.atom.xml", FEED)
    assert {len(entry.authors) for entry in found} == {1, 2, 3}
    assert [entry.title for entry in found if entry.language == "ru"] == ["Сад на крыше: первый год"]


def test_the_letters_hold_one_repeat() -> None:
    found = entries("letters.txt", TEXT_DUMP)
    assert len(found) == 6
    assert len({(entry.title, entry.body) for entry in found}) == 5
