"""rendering: a template becomes a page, with what stands around every page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blog import speaking
from blog.addresses import absolute
from blog.listings import Listing
from blog.navigation import Link, Navigation

# What readers are offered to follow, best known first: (form, its name, its media type).
FORMS = (
    ("rss", "RSS", "application/rss+xml"),
    ("atom", "Atom", "application/atom+xml"),
    ("json", "JSON Feed", "application/feed+json"),
)
STANDARD_MENU = ((_("Archive"), "archive"), (_("Tags"), "tags"), (_("Authors"), "authors"))


def show(
    template: str,
    around: Navigation,
    *,
    path: str,
    title: str = "",
    listing: Listing | None = None,
    status: int = 200,
    speaks: str | None = None,
    **context: Any,
) -> HttpResponse:
    """A whole page. `path` is its own address without host; `listing` the list whose feeds it offers, the site's by default;
    `speaks` the language of the text that it shows, where it shows one."""
    with speaking.around(speaks or speaking.current()):
        html = _html(template, around, path=path, title=title, listing=listing, **context)
    return HttpResponse(html, status=status)


def _html(
    template: str, around: Navigation, *, path: str, title: str, listing: Listing | None, **context: Any
) -> str:
    standard = tuple(Link(str(label), reverse(name)) for label, name in STANDARD_MENU)
    return render_to_string(
        template,
        {
            "site_name": settings.SITE_NAME,
            "language": speaking.current(),
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


def _feeds(listing: Listing | None) -> list[dict[str, str]]:
    title = settings.SITE_NAME if listing is None else listing.full_title
    return [
        {
            "address": listing.feed_path(form) if listing else f"/feed.{form}",
            "name": name,
            "type": media_type,
            "title": f"{title} ({name})",
        }
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
