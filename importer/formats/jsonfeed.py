"""jsonfeed: JSON Feed 1.0 and 1.1, item by item: the good ones in, each bad one listed with its reason."""

from __future__ import annotations

import re
from datetime import datetime

from importer.addresses import absolute
from importer.dates import read_date
from importer.entry import About, Document, Enclosure, Entry, Parsed, Person, Rejected
from importer.errors import EntryRejected, SourceUnusable
from importer.formats import ownfeed
from importer.formats.base import Format, Reading
from importer.formats.feeditem import language_tag
from importer.formats.jsontext import MOST_WARNINGS, Item, loaded, text_of
from importer.formats.plain import folded, paragraphs, without_controls
from importer.formats.scan import MAX_ITEMS, harm_in

VERSION = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/", re.IGNORECASE)


class JsonFeedFormat:
    name = "jsonfeed"

    def recognises(self, document: Document) -> bool:
        """Whether it is JSON of any kind: what is not a feed is better refused by name here than split as a text."""
        return re.match(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])", document.text[:2000]) is not None

    def read(self, document: Document, reading: Reading) -> Parsed:
        """The entries of a JSON Feed, in document order."""
        oddities: set[str] = set()
        feed = feed_of(loaded(document.text, oddities))
        items = items_of(feed)
        base = document.raw.final_url or reading.base_url
        site = absolute(text_of(feed, "home_page_url"), base)
        about = About(
            title=folded(text_of(feed, "title")),
            self_url=absolute(text_of(feed, "feed_url"), base),
            site_url=site,
            language=language_tag(text_of(feed, "language")),
            authors=people(feed),
            onward=absolute(text_of(feed, "next_url"), base),
        )
        entries = tuple(
            entry_or_rejected(item, place, about, reading, base or site)
            for place, item in enumerate(items, start=1)
        )
        return Parsed(self.name, about, entries, warnings=tuple(sorted(oddities)[:MOST_WARNINGS]))


JSON_FEED: Format = JsonFeedFormat()


def feed_of(value: object) -> Item:
    """The feed object, or a sentence on what the document is instead."""
    if isinstance(value, list):
        raise SourceUnusable("This is a JSON list, not a JSON Feed, which is an object with “items”.")
    if not isinstance(value, dict):
        raise SourceUnusable("This is JSON, but not a JSON Feed, which is an object with “items”.")
    if "db" in value and "items" not in value:
        raise SourceUnusable("This is a Ghost export, not a JSON Feed; import it with --format ghost.")
    if "items" not in value and not VERSION.match(text_of(value, "version")):
        raise SourceUnusable("This is JSON, but not a JSON Feed: it has neither its version nor “items”.")
    return value


def items_of(feed: Item) -> list[object]:
    items = feed.get("items")
    if not isinstance(items, list):
        raise SourceUnusable("This JSON Feed has no list of items: “items” is missing or is no list.")
    if len(items) > MAX_ITEMS:
        raise SourceUnusable(f"This document holds over {MAX_ITEMS:,} entries; split it into smaller ones.")
    return items


def entry_or_rejected(
    item: object, position: int, about: About, reading: Reading, base: str
) -> Entry | Rejected:
    """The entry, or why the item is none."""
    if not isinstance(item, dict):
        return Rejected(position, "", "The item is not an object.")
    title = folded(text_of(item, "title"))
    try:
        return entry_of(item, title, position, about, reading, base)
    except EntryRejected as problem:
        return Rejected(position, title or text_of(item, "id")[:200], str(problem))


def entry_of(item: Item, title: str, position: int, about: About, reading: Reading, base: str) -> Entry:
    """The entry. `external_url` is what a link blog points at, so it is not where this text first stood."""
    link = absolute(text_of(item, "url"), base)
    published, updated, warnings = dates_of(item, reading)
    removed = sum(without_controls(value)[1] for value in item.values() if isinstance(value, str))
    if removed:
        warnings.append("Characters that no text may hold were removed.")
    enclosures = attachments(item, base)
    body = body_of(item)
    if not (title or body or enclosures):
        raise EntryRejected("The entry has neither a title nor a text.")
    entry = Entry(
        position=position,
        title=title,
        body=body,
        guid=text_of(item, "id") or guid_from_link(item),
        link=link,
        base_url=reading.base_url or link or base,
        summary=text_of(item, "summary"),
        authors=people(item),
        tags=tags_of(item),
        published=published or updated,
        updated=updated,
        language=language_tag(text_of(item, "language")) or about.language,
        cover=absolute(text_of(item, "image") or text_of(item, "banner_image"), base),
        enclosures=enclosures,
        warnings=tuple(warnings),
    )
    return ownfeed.as_written(entry, item.get("_masthead"))


def guid_from_link(item: Item) -> str:
    """1.0 readers took the address for an id where there is none."""
    return text_of(item, "url")


def body_of(item: Item) -> str:
    """The HTML of the entry, else its plain text in paragraphs."""
    for name in ("content_html", "content_text"):
        if not isinstance(item.get(name), str | None):
            raise EntryRejected(f"The entry's {name} is not a text.")
    if body := text_of(item, "content_html"):
        if harm := harm_in(body):
            raise EntryRejected(f"The entry's HTML cannot be shown: {harm}.")
        return body
    return paragraphs(text_of(item, "content_text"))


def dates_of(item: Item, reading: Reading) -> tuple[datetime | None, datetime | None, list[str]]:
    """When it was published and last changed, and a sentence for each date that could not be taken."""
    published, why = read_date(text_of(item, "date_published"), now=reading.now, zone=reading.default_zone)
    updated, why_not = read_date(text_of(item, "date_modified"), now=reading.now, zone=reading.default_zone)
    return (
        published,
        updated,
        [] if published or updated else [sentence for sentence in (why, why_not) if sentence],
    )


def people(value: Item) -> tuple[Person, ...]:
    """The authors: the list of 1.1, else the one author of 1.0."""
    listed = value.get("authors")
    found = listed if isinstance(listed, list) and listed else [value.get("author")]
    named = (person_of(one) for one in found)
    return tuple({person.name: person for person in named if person.name}.values())


def person_of(value: object) -> Person:
    if isinstance(value, str):
        return Person(folded(without_controls(value)[0]))
    if not isinstance(value, dict):
        return Person("")
    url = text_of(value, "url")
    email = url.removeprefix("mailto:") if url.startswith("mailto:") else ""
    return Person(folded(text_of(value, "name")), email, absolute(url))


def tags_of(item: Item) -> tuple[str, ...]:
    """The tags, each once, as the source spells them."""
    listed = item.get("tags")
    names = (
        [folded(without_controls(tag)[0]) for tag in listed if isinstance(tag, str)]
        if isinstance(listed, list)
        else []
    )
    return tuple({name.casefold(): name for name in reversed(names) if name}.values())[::-1]


def attachments(item: Item, base: str) -> tuple[Enclosure, ...]:
    listed = item.get("attachments")
    found = []
    for value in listed if isinstance(listed, list) else []:
        if isinstance(value, dict) and (url := absolute(text_of(value, "url"), base)):
            size = value.get("size_in_bytes")
            length = (
                size if isinstance(size, int) and not isinstance(size, bool) and 0 <= size < 1 << 53 else None
            )
            found.append(
                Enclosure(url, text_of(value, "mime_type").lower(), length, folded(text_of(value, "title")))
            )
    return tuple(found)
