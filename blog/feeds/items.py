"""items: what a feed says, whatever its form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Author
from blog import marks
from blog.addresses import absolute, made_absolute
from blog.feeds.enclosures import Enclosure, cover_of, recordings_of
from blog.listings import A_PAGE, Listing, with_people_and_tags
from blog.models import Byline, Post

# XML 1.0 has no place for these, however they are written.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    address: str
    picture: str
    parts: tuple[str, ...]  # author, translator, editor; each person stands once with all of theirs


@dataclass(frozen=True, slots=True)
class Item:
    """One post; every address absolute, every text without characters that XML refuses."""

    uid: str
    address: str
    title: str
    html: str
    summary: str
    language: str
    published: datetime
    dated: bool  # whether people are told when
    updated: datetime
    people: tuple[Person, ...]
    tags: tuple[str, ...]
    picture: str
    cover: Enclosure | None  # where it is stored here
    recordings: tuple[Enclosure, ...]
    origin: str
    written: dict[str, Any]  # the text as it was written

    @property
    def enclosures(self) -> tuple[Enclosure, ...]:
        return (self.cover, *self.recordings) if self.cover else self.recordings


@dataclass(frozen=True, slots=True)
class Feed:
    """One page of one list's feed; all addresses absolute."""

    title: str
    description: str
    language: str
    home: str  # the list's page
    first: str
    here: str
    previous: str
    next: str
    number: int
    hub: str  # that tells of changes; of first pages alone, and of no search
    items: tuple[Item, ...]

    @property
    def updated(self) -> datetime:
        return max((item.updated for item in self.items), default=datetime(2000, 1, 1, tzinfo=UTC))


def feed_of(listing: Listing, form: str, number: int) -> Feed:
    """Three queries; no count is asked for."""

    def page(wanted: int) -> str:
        return absolute(listing.feed_path(form, wanted))

    rows = listing.posts.for_feed().prefetch_related(None)
    posts = with_people_and_tags(list(rows[(number - 1) * A_PAGE : number * A_PAGE + 1]))
    return Feed(
        title=clean(listing.full_title),
        description=clean(listing.description)
        or clean(_("Posts on %(site)s") % {"site": settings.SITE_NAME}),
        language=listing.language or settings.LANGUAGE_CODE,
        home=absolute(listing.path + (f"?{listing.question}" if listing.question else "")),
        first=page(1),
        here=page(number),
        previous=page(number - 1) if number > 1 else "",
        next=page(number + 1) if len(posts) > A_PAGE else "",
        number=number,
        hub=settings.WEBSUB_HUB if number == 1 and not listing.question else "",
        items=tuple(item_of(post) for post in posts[:A_PAGE]),
    )


def item_of(post: Post) -> Item:
    """What a feed says of one post, loaded with its people, tags and cover."""
    address = absolute(post.get_absolute_url())
    published = post.published_at or post.created_at
    return Item(
        uid=clean(post.uid),
        address=address,
        title=clean(post.title),
        html=clean(made_absolute(post.feed_html, address)),
        summary=clean(post.lead or post.title),
        language=clean(post.language),
        published=published,
        dated=post.dated,
        updated=max(post.updated_at, published) if post.dated else published,
        people=_people(post),
        tags=tuple(clean(tagging.tag.name) for tagging in post.taggings.all()),
        picture=clean(marks.picture(post)),
        cover=cover_of(post),
        recordings=recordings_of(post),
        origin=clean(post.origin_url),
        written=as_written(post, published),
    )


def _people(post: Post) -> tuple[Person, ...]:
    """Everybody of the bylines once, in their order."""
    parts: dict[Author, list[str]] = {}
    for byline in post.bylines.all():
        parts.setdefault(byline.author, []).append(byline.part)
    return tuple(_person(author, tuple(its)) for author, its in parts.items())


def _person(author: Author, parts: tuple[str, ...]) -> Person:
    picture = absolute(author.picture.url) if author.picture else ""
    return Person(clean(author.name), absolute(author.get_absolute_url()), picture, parts)


def _parts(post: Post) -> list[list[str]]:
    """Who did what, where somebody did something else than write: formats know authors alone."""
    bylines = [[clean(byline.author.name), byline.part] for byline in post.bylines.all()]
    return bylines if any(part != Byline.Part.AUTHOR for _, part in bylines) else []


def clean(text: str) -> str:
    return _NO_XML.sub("", text)


def as_written(post: Post, published: datetime) -> dict[str, Any]:
    """What a reader of feeds need not know and an import takes first: the text in the form in which it was written."""
    given = {
        "version": 1,
        "title": post.title,
        "format": post.body_format,
        "body": post.body,
        "date": published.isoformat(timespec="microseconds"),
        "summary": post.summary,
        "bylines": _parts(post),
    }
    return {name: value for name, value in given.items() if value or name == "body"}
