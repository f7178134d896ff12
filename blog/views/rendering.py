"""rendering: a template becomes a page, with what stands around every page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from blog.addresses import absolute
from blog.listings import Listing
from blog.navigation import Link, Navigation

# What readers are offered to follow, best known first: (form, its name, its media type).
FORMS = (
    ("rss", "RSS", "application/rss+xml"),
    ("atom", "Atom", "application/atom+xml"),
    ("json", "JSON Feed", "application/feed+json"),
)
STANDARD_MENU = (("Archive", "archive"), ("Tags", "tags"), ("Authors", "authors"))


def show(
    template: str,
    around: Navigation,
    *,
    path: str,
    title: str = "",
    listing: Listing | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A whole page. `path` is its own address without host; `listing` the list whose feeds it offers, the site's by default."""
    standard = tuple(Link(label, reverse(name)) for label, name in STANDARD_MENU)
    html = render_to_string(
        template,
        {
            "site_name": settings.SITE_NAME,
            "language": settings.LANGUAGE_CODE,
            "title": title,
            "here": path,
            "canonical": absolute(path),
            "menu": around.menu or standard,
            "footer": around.footer,
            "ways": standard,
            "languages": around.languages,
            "listing": listing,
            "feeds": _feeds(listing),
            **context,
        },
    )
    return HttpResponse(html, status=status)


def _feeds(listing: Listing | None) -> list[dict[str, str]]:
    root, title = ("/", settings.SITE_NAME) if listing is None else (listing.path, listing.full_title)
    return [
        {"address": f"{root}feed.{form}", "name": name, "type": media_type, "title": f"{title} ({name})"}
        for form, name, media_type in FORMS
    ]


def numbered(path: str, number: int) -> str:
    """The address of one page of a list."""
    return path if number == 1 else f"{path}?page={number}"


def paging(path: str, number: int, more: bool) -> dict[str, Any]:
    """What a list's template needs to lead on: this page's number and its neighbours' addresses."""
    return {
        "number": number,
        "newer": numbered(path, number - 1) if number > 1 else "",
        "older": numbered(path, number + 1) if more else "",
    }
