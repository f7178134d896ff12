"""readings: small sources for the tests of the parsers, and what the readers make of them."""

from __future__ import annotations

from datetime import UTC, datetime

from importer.documents.decoding import decode
from importer.entry import Document, Entry, Parsed, RawDocument, Rejected
from importer.formats import choose
from importer.formats.base import Reading

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
NAMESPACES = (
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    ' xmlns:source="http://source.scripting.com/" xmlns:atom="http://www.w3.org/2005/Atom"'
)


def document(source: str | bytes, *, url: str = "", path: str = "", content_type: str = "") -> Document:
    data = source.encode() if isinstance(source, str) else source
    return decode(RawDocument(url or path or "-", data, final_url=url, path=path, content_type=content_type))


def rss(*items: str, channel: str = "<link>https://example.com/</link>", namespaces: str = NAMESPACES) -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0"{namespaces}><channel><title>Tide</title>{channel}{inside}</channel></rss>'


def atom(*entries: str, feed: str = "") -> str:
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Tide</title>{feed}{inside}</feed>'


def parsed(source: str | bytes, *, base_url: str = "", zone: str = "UTC", url: str = "") -> Parsed:
    given = document(source, url=url)
    return choose(given).read(given, Reading(NOW, base_url=base_url, default_zone=zone))


def entries(source: str | bytes) -> list[Entry]:
    """The entries of a source in which none is rejected."""
    found = list(parsed(source).entries)
    assert [one for one in found if isinstance(one, Rejected)] == []
    return [one for one in found if isinstance(one, Entry)]


def entry(source: str | bytes) -> Entry:
    (one,) = entries(source)
    return one


def rejections(source: str | bytes) -> list[tuple[int, str, str]]:
    return [
        (one.position, one.title, one.reason) for one in parsed(source).entries if isinstance(one, Rejected)
    ]


def item(inside: str) -> Entry:
    """The entry that one RSS item becomes."""
    return entry(rss(inside))
