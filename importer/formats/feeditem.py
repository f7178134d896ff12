"""feeditem: one item as feedparser gives it becomes an Entry; which of its many fields counts is decided here."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from importer.addresses import absolute
from importer.dates import read_date
from importer.entry import BodyFormat, Enclosure, Entry, Person
from importer.formats import ownfeed
from importer.formats.base import Reading
from importer.formats.plain import as_html, folded, looks_like_html, paragraphs, text_of, title_of_html

Fields = Mapping[str, Any]

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
ENCODED = "application/octet-stream"  # what base64 was made of, which says nothing of it
MARKDOWN_TYPES = frozenset({"text/markdown", "text/x-markdown"})
PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp|heic)$", re.IGNORECASE)
# feedparser cuts an address such as a@b.photography after four letters of its last part.
CUT_DOMAIN = re.compile(r"([a-z]+)\s*\((.+?)\)?$")
BYLINE = re.compile(
    r"(?P<mail>[^\s()<>@]+@[^\s()<>]+)\s*\((?P<name>[^()]+)\)|(?P<name2>[^()<>]+?)\s*[(<](?P<mail2>[^\s()<>@]+@[^\s()<>]+)[)>]"
)
LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z\d]{1,8})*")
# Blogger's own marks, and the shelves that a podcast directory sorts by: no tags of the author's.
NOT_TAGS = ("http://schemas.google.com/g/2005#kind", "http://www.itunes.com/")


@dataclass(frozen=True, slots=True)
class Around:
    """What the items of a document share."""

    reading: Reading
    atom: bool
    loose: bool = False  # read by the parser for broken XML, which leaves entities in short fields
    language: str = ""
    site: str = ""  # what relative links are relative to where no xml:base says otherwise


def entry_of(item: Fields, position: int, around: Around) -> Entry:
    """The entry. Its text is as the source wrote it; relative addresses in the body are told by `base_url`."""
    link = link_of(item, around)
    body, body_format, summary, base = body_of(item, around)
    published, updated, warnings = dates_of(item, around.reading)
    pictures, enclosures = media_of(item, around)
    entry = Entry(
        position=position,
        title=title_of(item, around),
        body=body,
        body_format=body_format,
        guid=short(item, "id", around),
        link=link,
        canonical=canonical_of(item, around),
        base_url=absolute(base, around.site) or around.reading.base_url or link or around.site,
        summary=summary,
        authors=people(item, around) or people(inner(item, "source"), around),
        tags=tags_of(item, around),
        published=published,
        updated=updated,
        status="draft" if short(item, "app_draft", around).lower() == "yes" else "",
        language=language_of(item) or around.language,
        cover=pictures[0] if pictures else "",
        enclosures=enclosures,
        warnings=tuple(warnings),
    )
    return ownfeed.as_written(entry, ownfeed.loaded(raw(item, "masthead_post")), raw(item, "source_markdown"))


def raw(item: Fields, name: str) -> str:
    """A field as it is; feedparser's own look-ups, which answer for one field with another, stay out of it."""
    value = dict.get(item, name) if isinstance(item, dict) else None
    return value if isinstance(value, str) else ""


def rows(item: Fields, name: str) -> list[Fields]:
    value = dict.get(item, name) if isinstance(item, dict) else None
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def inner(item: Fields, name: str) -> Fields:
    value = dict.get(item, name) if isinstance(item, dict) else None
    return value if isinstance(value, dict) else {}


def short(item: Fields, name: str, around: Around) -> str:
    """A field that is plain text."""
    text = raw(item, name)
    return (html.unescape(text) if around.loose else text).strip()


def title_of(item: Fields, around: Around) -> str:
    title, kind = raw(item, "title"), raw(inner(item, "title_detail"), "type")
    if kind == "application/xhtml+xml":
        return text_of(title)
    return folded(title) if around.atom and kind == "text/plain" else title_of_html(title)


def link_of(item: Fields, around: Around) -> str:
    """The item's own page: the address before FeedBurner's, the link, or a guid that is a permanent link."""
    if original := absolute(short(item, "feedburner_origlink", around), around.site):
        return original
    link = short(item, "link", around)
    if any(raw(row, "rel") == "alternate" for row in rows(item, "links")):
        return absolute(link, around.site)
    is_guid = link == short(item, "id", around)
    if is_guid:
        return "" if around.atom else absolute(link)
    return absolute(link, around.site)


def canonical_of(item: Fields, around: Around) -> str:
    for row in rows(item, "links"):
        if raw(row, "rel") == "canonical":
            return absolute(short(row, "href", around), around.site)
    return ""


def body_of(item: Fields, around: Around) -> tuple[str, BodyFormat, str, str]:
    """The body, its format, the summary ("" where it is the body), and what addresses in the body are relative to."""
    summary = raw(item, "summary").strip()
    detail = inner(item, "summary_detail")
    base = raw(detail, "base")
    contents = [row for row in rows(item, "content") if raw(row, "value").strip()]
    if markdown := raw(item, "source_markdown").strip("\r\n"):
        text = html.unescape(markdown) if around.loose else markdown
        return text, "markdown", summary, raw(contents[0], "base") if contents else base
    for row in contents:
        kind, value = raw(row, "type"), raw(row, "value")
        encoded = kind == ENCODED and looks_like_html(value)
        if kind in HTML_TYPES or kind in MARKDOWN_TYPES or encoded:
            rest = "" if summary == value.strip() else summary
            return value.strip(), "markdown" if kind in MARKDOWN_TYPES else "html", rest, raw(row, "base")
    texts = [
        (raw(row, "value").strip(), raw(row, "base")) for row in contents if raw(row, "type") == "text/plain"
    ]
    longest, its_base = max(texts, key=lambda one: len(one[0]), default=("", ""))
    if len(longest) > len(summary) or (longest and longest == summary):
        return as_body(longest, around), "html", "" if longest == summary else summary, its_base
    is_text = around.atom and raw(detail, "type") == "text/plain"
    # A shorter second text goes beside the longer one; whether it says anything of its own is judged later.
    return (paragraphs(summary) if is_text else as_html(summary)), "html", longest, base


def as_body(text: str, around: Around) -> str:
    """A field that calls itself plain text: in Atom it is, elsewhere it may be HTML all the same."""
    return text if not around.atom and looks_like_html(text) else paragraphs(text)


def dates_of(item: Fields, reading: Reading) -> tuple[datetime | None, datetime | None, list[str]]:
    """When it was published and last changed, and a sentence for each date that could not be taken."""
    found: list[datetime | None] = []
    warnings = []
    for name in ("published", "created", "updated"):
        moment, warning = read_date(
            html.unescape(raw(item, name)), now=reading.now, zone=reading.default_zone
        )
        found.append(moment)
        warnings += [warning] if warning else []
    published, created, updated = found
    first = published or created or updated
    return first, updated, list(dict.fromkeys(warnings)) if first is None else []


def people(item: Fields, around: Around) -> tuple[Person, ...]:
    """Who wrote it, each once, in the source's order. A name that holds several people is left whole."""
    found: dict[str, Person] = {}
    emails: set[str] = set()
    for row in rows(item, "authors"):
        one = person_of(row, around)
        if one.email in emails:
            # feedparser hands an address on to the next author; a person must not be taken for another by it.
            one = Person(one.name, "", one.url)
        if one.name and one.name not in found:
            found[one.name] = one
            emails.add(one.email)
    return tuple(found.values())


def person_of(row: Fields, around: Around) -> Person:
    name, email = folded(short(row, "name", around)), short(row, "email", around)
    if email and (cut := CUT_DOMAIN.fullmatch(name)):
        name, email = cut[2], email + cut[1]
    return person(name, email, absolute(short(row, "href", around), around.site))


def person(name: str, email: str = "", url: str = "") -> Person:
    """A person from "mail (Name)", "Name <mail>" or either alone; of a mere address, the part before the @ is the name."""
    if both := BYLINE.fullmatch(name):
        name, email = folded(both["name"] or both["name2"]), both["mail"] or both["mail2"]
    elif "@" in name and " " not in name and not email:
        name, email = "", name
    email = email.removeprefix("mailto:")
    return Person(name or email.partition("@")[0], email, url)


def tags_of(item: Fields, around: Around) -> tuple[str, ...]:
    """The tags, each once, as the source spells them."""
    found: dict[str, str] = {}
    for row in rows(item, "tags"):
        if raw(row, "scheme").startswith(NOT_TAGS):
            continue
        name = folded(html.unescape(short(row, "label", around) or short(row, "term", around)))
        if name:
            found.setdefault(name.casefold(), name)
    return tuple(found.values())


def language_of(item: Fields) -> str:
    """The item's own language, where it states one."""
    stated = [raw(item, "language")] + [
        raw(row, "language") for row in [*rows(item, "content"), inner(item, "summary_detail")]
    ]
    return next(filter(None, map(language_tag, stated)), "")


def language_tag(text: str) -> str:
    """A BCP 47 tag from what feeds write for one; "" for anything else."""
    tag = text.strip().replace("_", "-")
    return tag if LANGUAGE.fullmatch(tag) else ""


def media_of(item: Fields, around: Around) -> tuple[list[str], tuple[Enclosure, ...]]:
    """The pictures that may serve as cover, best first, and everything else that is attached."""
    media = [enclosure_of(row, around) for row in rows(item, "media_content")]
    attached = [enclosure_of(row, around) for row in rows(item, "links") if raw(row, "rel") == "enclosure"]
    thumbnails = sorted(rows(item, "media_thumbnail"), key=width_of, reverse=True)
    itunes = raw(inner(item, "image"), "href")
    pictures = [one.url for one in [*media, *attached] if one.media_type.startswith("image")]
    pictures += [absolute(raw(row, "url"), around.site) for row in thumbnails] + [
        absolute(itunes, around.site)
    ]
    others = {
        one.url: one for one in [*media, *attached] if one.url and not one.media_type.startswith("image")
    }
    return [picture for picture in pictures if picture], tuple(others.values())


def width_of(row: Fields) -> int:
    width = raw(row, "width").strip()
    return int(width) if width.isdecimal() and len(width) < 6 else 0


def enclosure_of(row: Fields, around: Around) -> Enclosure:
    """One attachment; its type is taken from `medium` or the file's name where none is given."""
    url = absolute(html.unescape(raw(row, "url") or raw(row, "href")), around.site)
    kind = raw(row, "type").lower()
    if "/" not in kind:
        kind = (
            "image"
            if raw(row, "medium").lower() == "image" or PICTURE.search(path_of(url))
            else raw(row, "medium").lower()
        )
    length = (raw(row, "length") or raw(row, "filesize")).strip()
    size = int(length) if length.isdecimal() and 0 < len(length) < 16 else None
    return Enclosure(url, kind, size, folded(raw(row, "title")))


def path_of(url: str) -> str:
    return urlsplit(url).path if url else ""
