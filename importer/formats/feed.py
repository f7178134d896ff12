"""feed: RSS 0.9x to 2.0, RDF and Atom, read with feedparser a few items at a time, so that one bad item costs one."""

from __future__ import annotations

import gc
import io
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import feedparser

from importer.addresses import absolute
from importer.entry import About, Document, Entry, Parsed, Rejected
from importer.formats.base import Format, Reading
from importer.formats.feeditem import (
    Around,
    Fields,
    entry_of,
    language_tag,
    people,
    raw,
    rows,
    short,
    title_of,
)
from importer.formats.notfeed import refuse_other
from importer.formats.plain import title_of_html
from importer.formats.scan import Outline, Span, harm_in, local, outline

CHUNK = 50  # items parsed at once
LONG = 500_000  # characters of items whose remains are put away at once
CHARACTERS = 1_000_000  # or fewer, where they are long: the parser holds a text many times
WHOLE = (
    20_000_000  # bytes in memory; longer documents are parsed anew for each walk instead of being held parsed
)
NAMES = {"rss": "rss", "channel": "rss", "feed": "atom", "rdf": "rdf"}
MARKUP_START = re.compile(r"[\s\ufeff]*<(?:\?xml|!doctype|!--|[a-z])", re.IGNORECASE)
BURIED_FEED = re.compile(r"<\?xml\b|<rss\b[^>]*\bversion|<feed\b[^>]*\bxmlns|<rdf:RDF\b", re.IGNORECASE)
JSON_START = re.compile(r"[\s\ufeff]*(?:\{\s*\"|\[\s*\{)")  # a post in it may begin with a feed that it shows
TITLE = re.compile(
    r"<(?:\w+:)?title\b[^>]*>\s*(?:<!\[CDATA\[)?(.{0,300}?)(?:\]\]>|</|$)", re.IGNORECASE | re.DOTALL
)
OPAQUE = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
TEXTS = frozenset({"title", "description", "summary", "content", "encoded"})
# The start of a field of an item that holds text; a tag that closes itself is none.
FIELD = re.compile(
    r"<((?:\w+:)?(?:title|description|summary|content|encoded|link|guid|id|pubDate|author|creator|date|published|updated))"
    r"(?:\s[^<>]*)?(?<!/)>",
    re.IGNORECASE,
)
REFERENCE = re.compile(r"&#([xX][\da-fA-F]{1,300}|\d{1,300});")
ROOT_END = re.compile(r"</(?:rss|feed|rdf:RDF)\s*>", re.IGNORECASE)
ITEM_START = re.compile(r"<(?:item|entry)\b", re.IGNORECASE)
JUNK_BEFORE = 4000  # what a broken server may print before the feed
REST = 2000  # characters after the last tag of a feed that was cut off
JUNK_AFTER = 20  # how many times longer the feed is than what is printed after it


class FeedFormat:
    name = "feed"

    def recognises(self, document: Document) -> bool:
        head = document.text[:JUNK_BEFORE]
        if JSON_START.match(head):
            return False
        return MARKUP_START.match(head) is not None or buried(document.text) is not None

    def read(self, document: Document, reading: Reading) -> Parsed:
        """The entries of a feed, in document order."""
        text, warnings = without_junk(document.text)
        found = outline(text)
        address = document.raw.final_url or reading.base_url
        refuse_other(text, found, address)
        root = local(found.root)
        about, around = about_of(text, found, reading, address)
        items = Items(text, found, around)
        if not found.closed:
            warnings.append("The document ends early; every entry before that place was read.")
        kind = NAMES[root]
        return Parsed(
            kind, about, items if sys.getsizeof(text) > WHOLE else tuple(items), warnings=tuple(warnings)
        )


FEED: Format = FeedFormat()


@dataclass(frozen=True, slots=True)
class Items:
    """The entries of one document, parsed a few at a time, as often as they are walked through."""

    text: str
    outline: Outline
    around: Around

    def __iter__(self) -> Iterator[Entry | Rejected]:
        spans = self.outline.items
        start = 0
        while start < len(spans):
            stop = start + 1
            while (
                stop < len(spans)
                and stop - start < CHUNK
                and spans[stop].stop - spans[start].start < CHARACTERS
            ):
                stop += 1
            yield from self.chunk(spans[start:stop], start + 1)
            if spans[stop - 1].stop - spans[start].start > LONG:
                gc.collect()  # feedparser's results hold each other: long ones must not wait for the collector's turn
            start = stop

    def chunk(self, spans: Sequence[Span], first: int) -> Iterator[Entry | Rejected]:
        """The entries of some neighbouring items; where their number does not come out, each is read alone."""
        sound = [span for span in spans if span.complete and not span.harm]
        found, around = self.parsed(sound)
        together = dict(zip(sound, found, strict=True)) if len(found) == len(sound) else {}
        for position, span in enumerate(spans, start=first):
            if span.harm or not span.complete:
                yield self.refused(span, position)
            elif span in together:
                yield self.entry(together[span], span, position, around)
            else:
                alone, its = self.parsed([span])
                yield self.entry(alone[0], span, position, its) if alone else self.refused(span, position)

    def parsed(self, spans: Sequence[Span]) -> tuple[list[Fields], Around]:
        """What feedparser makes of some items within the elements that stand around them."""
        if not spans:
            return [], self.around
        middle = "".join(whole(self.text, span) for span in spans)
        result = parse(self.before() + middle + closing(self.outline.open_before))
        return result["entries"], replace(self.around, loose=bool(result["bozo"]))

    def before(self) -> str:
        return self.text[self.outline.start : self.outline.items[0].start]

    def entry(self, item: Fields, span: Span, position: int, around: Around) -> Entry | Rejected:
        """The entry of a parsed item, or why it is none."""
        entry = entry_of(item, position, around)
        if not (entry.title or entry.body or entry.enclosures or entry.cover):
            return Rejected(position, entry.link or entry.guid, "The entry has neither a title nor a text.")
        if harm := harm_in(entry.body):
            return Rejected(position, entry.title, f"The entry's HTML cannot be shown: {harm}.")
        return entry

    def refused(self, span: Span, position: int) -> Rejected:
        """Why an item was not parsed at all."""
        title = TITLE.search(self.text, span.start, min(span.stop, span.start + 5000))
        name = title_of_html(title[1]) if title else ""
        if span.harm:
            return Rejected(position, name, f"The entry cannot be read: {span.harm}.")
        if not span.complete:
            return Rejected(
                position,
                name,
                "The entry is incomplete: the document ends in the middle of it. Get the source again.",
            )
        return Rejected(position, name, "The entry could not be read: its XML is too broken.")


def parse(text: str) -> dict[str, Any]:
    """feedparser's reading of a piece of markup that has no DTD any more."""
    data = b'<?xml version="1.0" encoding="utf-8"?>\n' + REFERENCE.sub(possible, text).encode(
        "utf-8", "replace"
    )
    try:
        # As a stream: given bytes, feedparser would first try them as an address and a file's name.
        result: dict[str, Any] = feedparser.parse(
            io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False
        )
    except Exception:
        # Whatever a strange item does to a parser of another house, it may cost that item, never the run.
        return {"entries": [], "feed": {}, "bozo": True}
    return result


def possible(reference: re.Match[str]) -> str:
    """A character reference, or nothing for one that no XML and no database takes."""
    digits = reference[1]
    code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    is_text = (
        code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    )
    return reference[0] if is_text else ""


def about_of(text: str, found: Outline, reading: Reading, address: str) -> tuple[About, Around]:
    """What the document says of itself, and what its items share."""
    result = parse(around_items(text, found))
    feed: Fields = result["feed"]
    around = Around(reading, atom=local(found.root) == "feed", loose=bool(result["bozo"]))
    links = {raw(row, "rel"): short(row, "href", around) for row in reversed(rows(feed, "links"))}
    own = links.get("self", "")
    base = reading.base_url or address
    site = absolute(short(feed, "link", around), base)
    about = About(
        title=title_of(feed, around),
        ident=short(feed, "id", around),
        self_url=absolute(own, base),
        site_url=site,
        language=language_tag(raw(feed, "language")),
        authors=people(feed, around),
        generator=short(feed, "generator", around),
        # RFC 5005: what is archived stays as it is, so it comes before pages that move while they are read.
        onward=absolute(links.get("prev-archive") or links.get("next", ""), address or base),
        archives=absolute(links.get("archives", ""), address or base),
    )
    return about, replace(around, loose=False, language=about.language, site=base or site)


def around_items(text: str, found: Outline) -> str:
    """The document without its items and without what stands before its root."""
    pieces, at = [], found.start
    for span in found.items:
        pieces.append(text[at : span.start])
        at = max(at, span.stop)
    return "".join(pieces) + text[at:] + ("" if found.closed else closing(found.open_before or [found.root]))


def whole(text: str, span: Span) -> str:
    """An item's text, with the end tag that it may lack."""
    piece = closed(text[span.start : span.stop], span.name)
    tail = piece[-len(span.name) - 40 :].lower()
    return piece if f"</{span.name}" in tail or piece.rstrip().endswith("/>") else f"{piece}</{span.name}>"


def closed(piece: str, item: str) -> str:
    """An item in which no field is left open: the parser would lose all that such a field holds."""
    # What stands in a CDATA section or a comment is text; blanks of the same length keep the places.
    plain = OPAQUE.sub(lambda found: " " * len(found[0]), piece)
    for name in dict.fromkeys(found[1] for found in FIELD.finditer(plain)):
        if local(name) not in TEXTS or f"</{name}" in plain:
            continue
        start = next(found.end() for found in FIELD.finditer(plain) if found[1] == name)
        # It ends where the next field begins, or with the item.
        following = FIELD.search(plain, start)
        end = following.start() if following else plain.lower().rfind(f"</{item}")
        end = end if end >= start else len(plain)
        piece, plain = (f"{text[:end]}</{name}>{text[end:]}" for text in (piece, plain))
    return piece


def closing(names: Sequence[str]) -> str:
    return "".join(f"</{name}>" for name in reversed(names))


def buried(text: str) -> int | None:
    """Where a feed begins behind what a broken server printed; None for a text that only shows one in passing."""
    found = BURIED_FEED.search(text, 0, JUNK_BEFORE)
    if not found:
        return None
    before = text[: found.start()]
    if before.count("```") % 2 or before.endswith("`"):
        return None
    *_, end = (0, *(one.end() for one in ROOT_END.finditer(text, found.end())))
    if not end:
        rest = text[text.rfind(">") + 1 :].strip()
        shows_items = ITEM_START.search(text, found.end()) is not None
        cut_off = len(rest) <= REST if shows_items else not rest and len(text) - found.start() <= REST
        return found.start() if cut_off else None
    after = text[end:].strip()
    is_whole = not after or after.startswith("<") or len(after) * JUNK_AFTER < end - found.start()
    return found.start() if is_whole else None


def without_junk(text: str) -> tuple[str, list[str]]:
    """The text from where the feed begins; what a server printed before it is dropped with a warning."""
    if MARKUP_START.match(text[:JUNK_BEFORE]):
        return text, []
    feed = buried(text)
    if feed is None:
        return text, []
    return text[feed:], ["Something stood before the beginning of the feed and was passed over."]
