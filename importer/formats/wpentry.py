"""wpentry: one item of a WordPress export becomes an Entry: who wrote it, when, where it stood, who may read it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import unquote, urljoin
from zoneinfo import ZoneInfo

from importer.addresses import absolute
from importer.dates import read_date, understood
from importer.entry import Comment, Enclosure, Entry, Person
from importer.formats.base import Reading
from importer.formats.plain import folded, title_of_html
from importer.formats.shortcodes import Attachment, Library
from importer.formats.wpbody import body_of
from importer.formats.wxr import Item, Term

KINDS: Mapping[str, Literal["post", "page"]] = {"post": "post", "page": "page"}
THROWN_AWAY = frozenset({"trash", "auto-draft", "inherit"})
# The category that WordPress gives to what has none, as the languages of its first millions of sites name it.
NO_CATEGORY = frozenset({"uncategorized", "uncategorised", "без рубрики", "без категорії"})
NO_DATE = re.compile(r"\s*(?:0000-|-0001)|\s*\Z")
NO_COMMENTS = frozenset({"pingback", "trackback"})
BROKEN = "Its XML is broken; what could be read of it was taken."


@dataclass(frozen=True, slots=True)
class Site:
    """What all items of an export share."""

    reading: Reading
    address: str = ""
    language: str = ""
    authors: Mapping[str, Person] = field(default_factory=dict)  # by login, in lower case
    library: Library = field(default_factory=Library)


def is_entry(item: Item) -> bool:
    return item.get("wp:post_type") in KINDS and item.get("wp:status") not in THROWN_AWAY


def entry_of(item: Item, position: int, site: Site) -> Entry:
    number = item.get("wp:post_id")
    body, doubts = body_of(
        item.get("content:encoded"), site.library, post=number, footnotes=item.last("footnotes")
    )
    published, warning = published_of(item, site.reading)
    status, reasons = status_of(item, published)
    link = absolute(item.get("link"), site.address)
    cover = site.library.attachments.get(item.last("_thumbnail_id"), Attachment(""))
    return Entry(
        position=position,
        title=title_of_html(item.get("title")),
        body=body,
        kind=KINDS[item.get("wp:post_type")],
        guid=item.get("guid"),
        link=link,
        base_url=link or site.address,
        slug=unquote(item.get("wp:post_name")),
        summary=item.get("excerpt:encoded"),
        authors=authors_of(item, site),
        tags=tags_of(item.terms),
        published=published,
        updated=moment_of(item, ("wp:post_modified_gmt",), ("wp:post_modified",), site.reading)[0],
        status=status,
        language=language_of(item.terms) or site.language,
        cover=absolute(cover.url, site.address),
        cover_alt=cover.alt,
        enclosures=enclosures_of(item),
        also_at=other_addresses(item, link, site),
        series=next((term.name for term in item.terms if term.taxonomy == "series"), ""),
        comments=comments_of(item, site.reading),
        warnings=tuple(filter(None, (BROKEN if item.mended else "", warning, *reasons, *doubts))),
    )


# -- who may read it, and since when ------------------------------------------------------------------


def status_of(
    item: Item, published: datetime | None
) -> tuple[Literal["draft", "review", "published"], list[str]]:
    """Where it stands here, and why if that is not where it stood. What was not public there is never public here."""
    stood = item.get("wp:status")
    if item.get("wp:post_password"):
        return "draft", ["It was protected by a password there, so it is a draft here."]
    if stood == "publish":
        return "published", []
    if stood == "future":
        no_date = ["It was to be published at a date that cannot be read, so it is a draft here."]
        return ("published", []) if published else ("draft", no_date)
    if stood == "pending":
        return "review", []
    if stood == "draft":
        return "draft", []
    if stood == "private":
        return "draft", ["It was private there, so it is a draft here."]
    said = f"had the status “{stood[:60]}”" if stood else "had no status"
    return "draft", [f"It {said} there, so it is a draft here."]


def published_of(item: Item, reading: Reading) -> tuple[datetime | None, str]:
    """When it was or is to be published. A date that WordPress itself set for later may be far ahead."""
    if item.get("wp:status") == "future":
        for name, zone in (("wp:post_date_gmt", "UTC"), ("wp:post_date", reading.default_zone)):
            if moment := later(item.get(name), ZoneInfo(zone), reading.now):
                return moment, ""
    return moment_of(item, ("wp:post_date_gmt",), ("wp:post_date", "pubDate"), reading)


def later(text: str, zone: ZoneInfo, now: datetime) -> datetime | None:
    try:
        moment = None if NO_DATE.match(text) else understood(text, zone)
    except (ValueError, OverflowError):
        return None
    return moment if moment and moment > now else None


def moment_of(
    item: Item, universal: Iterable[str], local: Iterable[str], reading: Reading
) -> tuple[datetime | None, str]:
    """The first of these fields that holds a date, else None and what is wrong with the first that holds anything."""
    problem = ""
    for zone, names in (("UTC", universal), (reading.default_zone, local)):
        for name in names:
            text = item.get(name)
            if NO_DATE.match(text) or "-0001" in text:
                continue
            moment, warning = read_date(text, now=reading.now, zone=zone)
            if moment:
                return moment, ""
            problem = problem or warning
    return None, problem


# -- who wrote it, and what it is about ------------------------------------------------------------------


def authors_of(item: Item, site: Site) -> tuple[Person, ...]:
    """Several where a plugin for that kept them as terms; else the one login that WordPress knows."""
    several = [
        site.authors.get(term.slug.lower().removeprefix("cap-"))
        or site.authors.get(term.name.lower())
        or Person(term.name)
        for term in item.terms
        if term.taxonomy == "author" and term.name
    ]
    if several:
        return tuple(dict.fromkeys(several))
    login = folded(item.get("dc:creator"))
    if not login:
        return ()
    bare = login.strip("<>\"' ").lower()  # exports that were mended by hand
    return (site.authors.get(login.lower()) or site.authors.get(bare) or Person(login),)


def tags_of(terms: Iterable[Term]) -> tuple[str, ...]:
    """Categories, then tags, each once."""
    found: dict[str, str] = {}
    for kinds in (("category",), ("post_tag", "tag")):
        for term in terms:
            if term.taxonomy in kinds and term.name and not is_no_category(term):
                found.setdefault(term.name.casefold(), term.name)
    return tuple(found.values())


def is_no_category(term: Term) -> bool:
    return term.taxonomy == "category" and (
        term.slug.lower() == "uncategorized" or term.name.casefold() in NO_CATEGORY
    )


def language_of(terms: Iterable[Term]) -> str:
    """As the plugin for several languages states it."""
    stated = next((term.slug for term in terms if term.taxonomy == "language"), "")
    return stated if re.fullmatch(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z]{2,4})?", stated) else ""


# -- where it stood, and what came with it ----------------------------------------------------------------


def other_addresses(item: Item, link: str, site: Site) -> tuple[str, ...]:
    """Where it could be reached besides its link: by its number, by its guid, under the names it had before."""
    number = item.get("wp:post_id")
    found = [item.get("guid")]
    if site.address and number.isdecimal():
        found.append(f"{site.address}/?p={number}")
        if item.get("wp:post_type") == "page":
            found.append(f"{site.address}/?page_id={number}")
    if link and "?" not in link:
        end = "/" if link.endswith("/") else ""
        found += [
            urljoin(link.rstrip("/"), slug.strip()) + end
            for slug in item.meta.get("_wp_old_slug", ())
            if slug.strip()
        ]
    return tuple(
        dict.fromkeys(one for address in found if (one := absolute(html.unescape(address))) and one != link)
    )


def enclosures_of(item: Item) -> tuple[Enclosure, ...]:
    """The sounds and films that feeds would carry."""
    return tuple(filter(None, map(enclosure_of, item.meta.get("enclosure", ()))))


def enclosure_of(said: str) -> Enclosure | None:
    """An address, its length and its type, a line each."""
    lines = [line.strip() for line in said.splitlines()]
    if not lines or not absolute(lines[0]):
        return None
    length = next((int(line) for line in lines[1:2] if line.isdecimal() and len(line) < 16), None)
    kind = next((line for line in lines[2:3] if re.fullmatch(r"[\w.+-]+/[\w.+-]+", line)), "")
    return Enclosure(absolute(lines[0]), kind, length)


def is_approved(comment: Mapping[str, str]) -> bool:
    return comment.get("wp:comment_approved", "").strip() == "1"


def is_answer(comment: Mapping[str, str]) -> bool:
    """Whether a reader wrote it; other sites' notices that they link here are kept in the same place."""
    return comment.get("wp:comment_type", "").strip() not in NO_COMMENTS


def comments_of(item: Item, reading: Reading) -> tuple[Comment, ...]:
    """The approved ones. Of who wrote them, nothing but the name is taken."""
    found = []
    for given in filter(is_approved, filter(is_answer, item.comments)):
        dated = Item(given)
        published = moment_of(dated, ("wp:comment_date_gmt",), ("wp:comment_date",), reading)[0]
        parent = dated.get("wp:comment_parent")
        found.append(
            Comment(
                text=dated.get("wp:comment_content"),
                author=folded(html.unescape(dated.get("wp:comment_author"))),
                published=published.astimezone(UTC) if published else None,
                ident=dated.get("wp:comment_id"),
                parent="" if parent == "0" else parent,
            )
        )
    return tuple(found)
