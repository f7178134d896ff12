"""textdumps: small made-up dumps and how the tests read them."""

from __future__ import annotations

from datetime import UTC, datetime

from importer.entry import Document, Entry, Parsed, RawDocument
from importer.formats.base import Reading
from importer.formats.textdump import TEXT_DUMP

ONE = "The kettle was on when the parcel came. It held a box of type and no letter."
TWO = "We set the first line by lamplight. By noon the ink was dry."
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def document(text: str) -> Document:
    return Document(RawDocument("dump.txt", text.encode()), text, "utf-8")


def read(text: str, zone: str = "UTC") -> Parsed:
    return TEXT_DUMP.read(document(text), Reading(now=NOW, default_zone=zone))


def entries_of(text: str, zone: str = "UTC") -> list[Entry]:
    return [entry for entry in read(text, zone).entries if isinstance(entry, Entry)]
