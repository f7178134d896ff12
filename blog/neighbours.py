"""neighbours: what can be read next to a post: the one before, the one after, the series, others about the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat
from django.urls import reverse

from blog.models import Byline, Post, TaggedPost
from blog.querysets import NOT_ON_PAGES, PostQuerySet

RELATED = 3  # posts shown
TAGS_ASKED = 4  # of a post, the first ones
UNPLACED = 1_000_000_000  # in a series, after those with a place

# What a link needs, in one column; neither slugs nor languages hold a slash.
_SHOWN = Concat("slug", Value("/"), "language", Value("/"), "title")


@dataclass(frozen=True, slots=True)
class Neighbour:
    title: str
    address: str
    language: str
    tag: str = ""  # the subject it shares


def with_neighbours(posts: PostQuerySet) -> PostQuerySet:
    """Everything a post's page shows, in three queries: the post with its neighbours, its bylines, its tags with others about them."""
    return (
        posts.select_related("cover", "series")
        .defer(*NOT_ON_PAGES)
        .annotate(series_place=Coalesce("series_position", Value(UNPLACED)))
        .annotate(**_by_date(), **_in_series())
        .prefetch_related(
            Prefetch("bylines", Byline.objects.select_related("author")),
            Prefetch("taggings", TaggedPost.objects.select_related("tag").annotate(**_about_the_same())),
        )
    )


def _by_date() -> dict[str, Any]:
    """Its neighbours among the posts of its language, along the index of moments."""
    others = Post.objects.published().filter(language=OuterRef("language"))
    moment, number = OuterRef("published_at"), OuterRef("pk")
    before = others.filter(published_at__lte=moment).exclude(published_at=moment, pk__gte=number)
    after = others.filter(published_at__gte=moment).exclude(published_at=moment, pk__lte=number)
    return {
        "earlier_post": Subquery(before.order_by("-published_at", "-pk").values_list(_SHOWN)[:1]),
        "later_post": Subquery(after.order_by("published_at", "pk").values_list(_SHOWN)[:1]),
    }


def _in_series() -> dict[str, Any]:
    parts = (
        Post.objects.published()
        .filter(series=OuterRef("series"))
        .annotate(series_place=Coalesce("series_position", Value(UNPLACED)))
    )
    place, moment, number = OuterRef("series_place"), OuterRef("published_at"), OuterRef("pk")
    before = parts.filter(
        Q(series_place__lt=place)
        | Q(series_place=place, published_at__lt=moment)
        | Q(series_place=place, published_at=moment, pk__lt=number)
    )
    after = parts.filter(
        Q(series_place__gt=place)
        | Q(series_place=place, published_at__gt=moment)
        | Q(series_place=place, published_at=moment, pk__gt=number)
    )
    order = ("series_place", "published_at", "pk")
    return {
        "series_parts": Subquery(_number_of(parts)),
        "series_before": Subquery(_number_of(before)),
        "series_previous": Subquery(before.order_by(*(f"-{name}" for name in order)).values_list(_SHOWN)[:1]),
        "series_next": Subquery(after.order_by(*order).values_list(_SHOWN)[:1]),
    }


def _number_of(posts: PostQuerySet) -> Any:
    return posts.order_by().values("series").annotate(number=Count("pk")).values("number")


def _about_the_same() -> dict[str, Any]:
    """For each tag the newest other posts that carry it."""
    others = (
        Post.objects.published()
        .filter(taggings__tag=OuterRef("tag"))
        .exclude(pk=OuterRef("content_object"))
        .newest_first()
        .values_list(_SHOWN)
    )
    return {
        f"also_{number}": Case(When(position__lt=TAGS_ASKED, then=Subquery(others[number : number + 1])))
        for number in range(2)
    }


def neighbour(shown: str | None, tag: str = "") -> Neighbour | None:
    if not shown:
        return None
    slug, language, title = shown.split("/", 2)
    return Neighbour(title, reverse("post", args=[slug]), language, tag)


def related(post: Post, shown_already: tuple[Neighbour | None, ...]) -> list[Neighbour]:
    """Others about the same, one a tag before a second of any; none that stands on the page already."""
    seen = {one.address for one in shown_already if one}
    found: list[Neighbour] = []
    for one in _candidates(post):
        if one.address not in seen:
            seen.add(one.address)
            found.append(one)
    return found[:RELATED]


def _candidates(post: Post) -> Iterator[Neighbour]:
    for name in ("also_0", "also_1"):
        for tagging in post.taggings.all():
            one = neighbour(getattr(tagging, name), tagging.tag.name)
            if one:
                yield one
