"""lists: home, and the posts of a tag, an author, a series."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.models import Author
from blog import listings, speaking
from blog.caching import kept
from blog.listings import A_PAGE, Listing, one_page, page_number, with_people_and_tags
from blog.models import Post
from blog.navigation import name_of
from blog.querysets import PostQuerySet
from blog.versions import Version, version_now
from blog.views.rendering import numbered, paging, show

PEOPLE = 12  # beside the newest posts
PARTS_A_PAGE = 100  # of a series, in reading order


@kept("page")
def home(request: HttpRequest, version: Version, *, language: str | None = None) -> HttpResponse:
    """Dated posts first, newest first; then those without a date, which never lead home."""
    number = page_number(request)
    listing = listings.of_site(version, language)
    dated, undated = listing.around.counts(language)
    posts = _dated_first(listing.posts, number, dated, undated)
    if not posts and number > 1:
        raise Http404("There is nothing on this page.")
    leads = number == 1 and bool(posts) and posts[0].dated
    return show(
        "blog/home.html",
        listing.around,
        listing=listing,
        path=numbered(listing.path, number),
        title=listing.title if language else "",
        lead_post=posts[0] if leads else None,
        posts=posts[1:] if leads else posts,
        language_name=name_of(language) if language else "",
        people=_people(posts) if number == 1 else [],
        pages=-(-(dated + undated) // A_PAGE),
        **paging(listing.path, number, number * A_PAGE < dated + undated),
    )


def _dated_first(posts: PostQuerySet, number: int, dated: int, undated: int) -> list[Post]:
    """One page of the two lists put one after the other; each is read along its index, and neither sorted."""
    start, end = (number - 1) * A_PAGE, number * A_PAGE
    found: list[Post] = []
    for wanted, before, held in ((True, 0, dated), (False, dated, undated)):
        first, last = max(start - before, 0), min(end - before, held)
        if first < last:
            found += posts.filter(dated=wanted).for_listing().prefetch_related(None)[first:last]
    return with_people_and_tags(found)


def _people(posts: list[Post]) -> list[Author]:
    """Who wrote what is on this page, in the order of their posts."""
    authors = {byline.author_id: byline.author for post in posts for byline in post.bylines.all()}
    return list(authors.values())[:PEOPLE]


@kept("page")
def tag(request: HttpRequest, version: Version, *, slug: str, language: str | None = None) -> HttpResponse:
    return _list(request, listings.of_tag(version, language, slug), "blog/tag.html")


@kept("page")
def author(request: HttpRequest, version: Version, *, slug: str, language: str | None = None) -> HttpResponse:
    return _list(request, listings.of_author(version, language, slug), "blog/author.html")


def author_at_the_desk(author: Author) -> HttpResponse:
    """The first page as readers see it, or will once there is a post; never kept."""
    listing = listings.of_author(version_now(), None, author.slug)
    try:
        posts = one_page(listing.posts, 1)[0]
    except Http404:
        posts = []
    with speaking.around(None):
        return _show(listing, "blog/author.html", posts, 1, False, at_the_desk=True, noindex=True)


def _list(request: HttpRequest, listing: Listing, template: str) -> HttpResponse:
    number = page_number(request)
    posts, more = one_page(listing.posts, number)
    return _show(listing, template, posts, number, more)


@kept("page")
def series(request: HttpRequest, version: Version, *, slug: str, language: str | None = None) -> HttpResponse:
    """In reading order, not newest first."""
    number = page_number(request)
    listing = listings.of_series(version, language, slug)
    posts, more = one_page(listings.in_reading_order(listing.posts), number, PARTS_A_PAGE)
    return _show(listing, "blog/series.html", posts, number, more, first=(number - 1) * PARTS_A_PAGE + 1)


def _show(
    listing: Listing, template: str, posts: list[Post], number: int, more: bool, **context: Any
) -> HttpResponse:
    return show(
        template,
        listing.around,
        listing=listing,
        path=numbered(listing.path, number),
        title=listing.title,
        posts=posts,
        about=listing.about,
        description=listing.description
        or _("%(list)s: posts on %(site)s") % {"list": listing.title, "site": settings.SITE_NAME},
        **paging(listing.path, number, more),
        **context,
    )
