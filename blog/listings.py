"""listings: the named lists of posts that have a page and three feeds: the site's, a tag's, an author's, a series'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import F, Model, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.models import Author
from blog.models import Byline, Post, Series, Tag, TaggedPost
from blog.navigation import Navigation, name_of, navigation
from blog.querysets import PostQuerySet
from blog.versions import Version

A_PAGE = 20  # posts
Row = TypeVar("Row", bound=Model)
_NUMBER = re.compile(r"[1-9][0-9]{0,4}")


@dataclass(frozen=True, slots=True)
class Listing:
    title: str
    path: str  # of its first page
    posts: PostQuerySet
    version: Version
    language: str | None = None
    about: Tag | Author | Series | None = None
    question: str = ""  # what its addresses ask, where it is the answer to something: `q=…`

    @property
    def around(self) -> Navigation:
        """What stands around its page; its feeds need none of it."""
        return navigation(self.version)

    def feed_path(self, form: str, number: int = 1) -> str:
        """The address of one page of its feed in one form, without host."""
        asked = [self.question] if self.question else []
        asked += [f"page={number}"] if number > 1 else []
        return f"{self.path}feed.{form}" + (f"?{'&'.join(asked)}" if asked else "")

    @property
    def full_title(self) -> str:
        """As a feed reader names it, far from the site."""
        return self.title if self.title == settings.SITE_NAME else f"{self.title} · {settings.SITE_NAME}"

    @property
    def description(self) -> str:
        return str(getattr(self.about, "description", "") or getattr(self.about, "bio", ""))


def page_number(request: HttpRequest) -> int:
    """The page asked for; an address that no list has is a 404."""
    asked = request.GET.get("page", "1")
    if not _NUMBER.fullmatch(asked):
        raise Http404("There is no such page of this list.")
    return int(asked)


def in_language(posts: PostQuerySet, version: Version, language: str | None) -> PostQuerySet:
    """The posts in a language; a language without posts is a 404."""
    if language is None:
        return posts
    codes = navigation(version).codes(language)
    if not codes:
        raise Http404("There are no posts in this language.")
    return posts.filter(language__in=codes)


def place(name: str, language: str | None, **kwargs: Any) -> str:
    """The address of a list, under its language where it is read there."""
    return reverse(name, kwargs=kwargs | ({"language": language} if language else {}))


def of_site(version: Version, language: str | None) -> Listing:
    posts = in_language(Post.objects.published().newest_first(), version, language)
    title = f"{settings.SITE_NAME} · {name_of(language)}" if language else settings.SITE_NAME
    return Listing(title, place("home", language), posts, version, language)


def of_tag(version: Version, language: str | None, slug: str) -> Listing:
    tag = get_object_or_404(Tag, slug=slug)
    posts = in_language(Post.objects.published().about(tag).newest_first(), version, language)
    return Listing(tag.name, place("tag", language, slug=slug), posts, version, language, tag)


def of_author(version: Version, language: str | None, slug: str) -> Listing:
    author = get_object_or_404(Author, slug=slug)
    posts = in_language(Post.objects.published().by_author(author).newest_first(), version, language)
    return Listing(author.name, place("author", language, slug=slug), posts, version, language, author)


def of_series(version: Version, language: str | None, slug: str) -> Listing:
    series = get_object_or_404(Series, slug=slug)
    posts = in_language(Post.objects.published().in_series(series).newest_first(), version, language)
    return Listing(series.title, place("series", language, slug=slug), posts, version, language, series)


def in_reading_order(posts: PostQuerySet) -> PostQuerySet:
    return posts.order_by(F("series_position").asc(nulls_last=True), "published_at", "id")


def one_page(posts: PostQuerySet, number: int, size: int = A_PAGE) -> tuple[list[Post], bool]:
    """The posts of a page and whether another follows; no count is asked for. An empty page is a 404.

    A list without any public post is no page either: its very name may be a secret of a draft's.
    """
    found = list(posts.for_listing().prefetch_related(None)[(number - 1) * size : number * size + 1])
    if not found:
        raise Http404("There is nothing on this page.")
    return with_people_and_tags(found[:size]), len(found) > size


def with_people_and_tags(posts: list[Post]) -> list[Post]:
    """Bylines and tags of loaded posts, in two queries.

    The ORM's own prefetch composes another query for each post and relation, which takes longer than all the rest of a list.
    """
    numbers = [post.pk for post in posts]
    bylines = Byline.objects.filter(post__in=numbers).select_related("author")
    taggings = TaggedPost.objects.filter(content_object__in=numbers).select_related("tag")
    people = _grouped(bylines, "post_id")
    tags = _grouped(taggings, "content_object_id")
    for post in posts:
        post._prefetched_objects_cache = {  # type: ignore[attr-defined]
            "bylines": _loaded(bylines, people.get(post.pk, [])),
            "taggings": _loaded(taggings, tags.get(post.pk, [])),
        }
    return posts


def _grouped(rows: QuerySet[Row], owner: str) -> dict[int, list[Row]]:
    grouped: dict[int, list[Row]] = {}
    for row in rows:
        grouped.setdefault(getattr(row, owner), []).append(row)
    return grouped


def _loaded(like: QuerySet[Row], rows: list[Row]) -> QuerySet[Row]:
    """A queryset that has been asked already."""
    asked: QuerySet[Row] = QuerySet(like.model, query=like.query)
    asked._result_cache = rows
    asked._prefetch_done = True  # type: ignore[attr-defined]
    return asked
