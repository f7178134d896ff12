"""exportrows: what an export says of posts, people, tags and the rest, as values; sorted, so that the same site gives the same files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from accounts.models import Author
from blog.models import Image, NavigationLink, Post, Redirect, Series, Tag

VERSION = 1
MEDIA = "media"
# A JSON text is YAML too, but for these, which YAML does not take as they are.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
Row = dict[str, Any]


def value(given: Any) -> str:
    """A value on one line, in JSON and YAML alike."""
    text = json.dumps(given, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def fields(row: Row, indent: str = "") -> str:
    return "".join(
        f"{indent}{name}: {value(given)}\n" for name, given in row.items() if given not in (None, "", [])
    )


def listing(rows: Iterator[Row]) -> Iterator[str]:
    """A YAML list of rows; "[]" where there are none."""
    empty = True
    for row in rows:
        empty = False
        yield "- " + fields(row, "  ").removeprefix("  ")
    if empty:
        yield "[]\n"


def moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else None


def stored(name: str) -> str:
    """Where a stored file lies in the export."""
    return f"{MEDIA}/{name}" if name else ""


# -- rows ----------------------------------------------------------------------------------------


def site() -> Row:
    links = NavigationLink.objects.select_related("page").order_by("place", "position", "pk")
    return {
        "masthead": VERSION,
        "title": settings.SITE_NAME,
        "url": settings.SITE_URL,
        "language": settings.LANGUAGE_CODE,
        "navigation": [
            {
                "place": one.place,
                "label": one.label,
                "page": one.page.slug if one.page else "",
                "address": one.address,
            }
            for one in links
        ],
    }


def post(one: Post) -> Row:
    """A post's front matter: what other programs look for first, then what it takes to have it back as it was."""
    bylines = [(byline.author, byline.part) for byline in one.bylines.all()]
    return {
        "title": one.title,
        "slug": one.slug,
        "uid": one.uid,
        "status": one.status,
        "draft": one.status != Post.Status.PUBLISHED or None,
        "date": moment(one.published_at),
        "dated": None if one.dated else False,
        "updated": moment(one.updated_at),
        "created": moment(one.created_at),
        "withdraw_at": moment(one.withdraw_at),
        "language": one.language,
        "translation_group": str(one.translation_group) if one.translation_group else None,
        "authors": [author.name for author, part in bylines if part == "author"],
        "bylines": [{"author": author.slug, "part": part} for author, part in bylines],
        "tags": [tagging.spelling for tagging in one.taggings.all()],
        "series": one.series.title if one.series else None,
        "series_slug": one.series.slug if one.series else None,
        "series_position": one.series_position,
        "summary": one.summary,
        "cover": stored(one.cover.file.name or "") if one.cover else None,
        "cover_url": one.cover_url,
        "cover_alt": one.cover_alt,
        "origin": one.origin_url,
        "canonical": one.canonical_url,
        "seo_title": one.seo_title,
        "seo_description": one.seo_description,
        "noindex": one.noindex or None,
        "comments": one.responding or None,
        "corrections": one.corrections or None,
        "format": one.body_format,
    }


def text_of(one: Post) -> str:
    """The whole file of a post. One line break after its body is the file's own."""
    return f"---\n{fields(post(one))}---\n{one.body}\n"


def authors() -> Iterator[Row]:
    """Without e-mail addresses, which readers are never shown, and without logins."""
    for one in Author.objects.prefetch_related("aliases").order_by("slug"):
        yield {
            "slug": one.slug,
            "name": one.name,
            "spellings": sorted(alias.key for alias in one.aliases.all()),
            "bio": one.bio,
            "website": one.website,
            "picture": stored(one.picture.name or "") if one.picture else None,
        }


def tags() -> Iterator[Row]:
    for one in Tag.objects.order_by("slug").prefetch_related("aliases"):
        yield {
            "slug": one.slug,
            "name": one.name,
            "merged": [alias.name for alias in one.aliases.all()],
            "description": one.description,
        }


def series() -> Iterator[Row]:
    for one in Series.objects.order_by("slug"):
        yield {"slug": one.slug, "title": one.title, "description": one.description}


def images() -> Iterator[Row]:
    for one in Image.objects.order_by("file"):
        yield {
            "file": stored(one.file.name or ""),
            "alt": one.alt,
            "decorative": one.decorative or None,
            "name": one.original_name,
            "source": one.source_url,
        }


def redirects() -> Iterator[tuple[str, str]]:
    """Old paths and where they lead now."""
    for one in Redirect.objects.select_related("post").order_by("path"):
        if one.post is None:
            yield one.path, one.address
        elif one.post.trashed_at is None:
            yield one.path, one.post.get_absolute_url()
