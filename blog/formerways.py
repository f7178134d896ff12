"""formerways: the ways in which an address of a blog's former self may be asked for, and where its usual pages are now."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import escape_uri_path

from accounts.models import Author
from accounts.slugs import slug_of
from blog.models import Tag
from blog.querysets import is_public

# What WordPress asks its front page for: "/?p=12" is a page of its own.
ASKED_OF_HOME = ("p", "page_id", "attachment_id", "cat", "tag", "author", "author_name", "feed")
LONGEST = 1000  # characters; what the column takes
_TAIL = re.compile(r"(?:index\.(?:html?|php)|amp/?|(?:comment-)?page[-/]\d+/?)$", re.IGNORECASE)
_SIZED = re.compile(r"-\d{2,5}x\d{2,5}(?=\.\w{3,4}$)")  # WordPress' smaller copies of a picture
_FEED = re.compile(r"/feed(?:/(?P<form>rss2?|atom|rdf))?/?", re.IGNORECASE)
_LIST = re.compile(
    r"/(?:(?P<tag>category|categories|tag|topic|label)|author)/(?:[^/]+/){0,4}?(?P<name>[^/]+?)(?P<feed>/feed)?/?"
)


def written(path: str, query: str = "") -> str:
    """An address of a site as it is kept: its path percent-encoded one way, with the query where there is one."""
    plain = escape_uri_path(unquote(path))
    return f"{plain}?{query}" if query else plain


def candidates(asked: str) -> list[str]:
    """The addresses under which what is asked for may be kept, the closest first."""
    path, _, query = asked.partition("?")
    found = [asked, written(path, query)]
    if known := asked_of_home(query):
        found.append(written(path, known))
    if path.strip("/"):
        for form in (path, _TAIL.sub("", path), _SIZED.sub("", path)):
            plain = written(form)
            found += [plain, plain.rstrip("/") if plain.endswith("/") else f"{plain}/"]
    return [one for one in dict.fromkeys(found) if one.strip("/") and len(one) <= LONGEST]


def asked_of_home(query: str) -> str:
    """The one part of a query that says which page is meant, without what trackers add."""
    try:
        pairs = dict(parse_qsl(query, max_num_fields=50))
    except ValueError:
        return ""
    return next((urlencode({name: pairs[name]}) for name in ASKED_OF_HOME if pairs.get(name)), "")


def usual_page(asked: str) -> str | None:
    """Where a usual page of a blog is here: its feed, a tag's or an author's list that has public posts."""
    path, _, query = asked.partition("?")
    if form := dict(parse_qsl(query[:200])).get("feed", "") if path == "/" else "":
        return _feed(form)
    if found := _FEED.fullmatch(path):
        return _feed(found["form"] or "")
    if found := _LIST.fullmatch(path):
        return next(_lists(unquote(found["name"]), bool(found["tag"]), bool(found["feed"])), None)
    return None


def _feed(said: str) -> str:
    return reverse("home-feed", args=["atom" if "atom" in said.lower() else "rss"])


def _lists(name: str, is_tag: bool, is_feed: bool) -> Iterator[str]:
    """The list of that name, if readers can see it: an unpublished post's tag is nobody's business."""
    slug = slug_of(name, signs=is_tag)
    where = "tag" if is_tag else "author"
    if is_tag:
        there = Tag.objects.filter(
            is_public(timezone.now(), "taggings__content_object__"), slug=slug
        ).exists()
    else:
        there = Author.objects.filter(is_public(timezone.now(), "bylines__post__"), slug=slug).exists()
    if there:
        yield reverse(f"{where}-feed", args=[slug, "rss"]) if is_feed else reverse(where, args=[slug])
