"""feeds: every list of posts in three forms, whole texts, twenty posts a page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from blog import listings
from blog.caching import kept
from blog.feeds import atom, jsonfeed, rss
from blog.feeds.items import Feed, feed_of
from blog.feeds.opened import for_browsers
from blog.listings import Listing
from blog.versions import Version

# form: (who writes it, its media type)
FORMS: dict[str, tuple[Callable[[Feed], bytes], str]] = {
    "rss": (rss.write, "application/rss+xml; charset=utf-8"),
    "atom": (atom.write, "application/atom+xml; charset=utf-8"),
    "json": (jsonfeed.write, "application/feed+json; charset=utf-8"),
}


@for_browsers
@kept("page")
def site(request: HttpRequest, version: Version, *, form: str, language: str | None = None) -> HttpResponse:
    listing = listings.of_site(version, language)
    return answer(request, listing, form, may_be_empty=True)


@for_browsers
@kept("page")
def tag(
    request: HttpRequest, version: Version, *, slug: str, form: str, language: str | None = None
) -> HttpResponse:
    return answer(request, listings.of_tag(version, language, slug), form)


@for_browsers
@kept("page")
def author(
    request: HttpRequest, version: Version, *, slug: str, form: str, language: str | None = None
) -> HttpResponse:
    return answer(request, listings.of_author(version, language, slug), form)


@for_browsers
@kept("page")
def series(
    request: HttpRequest, version: Version, *, slug: str, form: str, language: str | None = None
) -> HttpResponse:
    return answer(request, listings.of_series(version, language, slug), form)


def answer(request: HttpRequest, listing: Listing, form: str, *, may_be_empty: bool = False) -> HttpResponse:
    """The page of a list's feed that is asked for; a list without posts has none, as it has no page."""
    feed = feed_of(listing, form, listings.page_number(request))
    if not feed.items and (feed.number > 1 or not may_be_empty):
        raise Http404("This feed has no such page.")
    write, content_type = FORMS[form]
    response = HttpResponse(write(feed), content_type=content_type)
    if feed.hub:  # said here too, since programs look for it here first
        response["Link"] = f'<{feed.hub}>; rel="hub", <{feed.here}>; rel="self"'
    return response
