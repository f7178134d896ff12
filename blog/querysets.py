"""querysets: what "published" means, and what each page loads."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import Author
    from blog.models import Post, Series, Tag  # Post: named in the bases below

NOT_IN_LISTS = ("body", "html", "feed_html", "outline")
NOT_IN_FEEDS = ("html", "outline")
NOT_ON_PAGES = ("body", "feed_html")


def is_public(at: datetime, where: str = "") -> Q:
    """The only definition of public: published, its moment come, not withdrawn by `at`, not in the trash; and of a post whose
    changes are scheduled, the row whose turn it is (see `blog.succession`).

    Asked of posts, or of rows that lead to them by way of `where` (such as `content_object__`).
    """
    appeared = Q(**{f"{where}appears_at__isnull": True}) | Q(**{f"{where}appears_at__lte": at})
    not_replaced = Q(**{f"{where}replaced_at__isnull": True}) | Q(**{f"{where}replaced_at__gt": at})
    stays = Q(**{f"{where}withdraw_at__isnull": True}) | Q(**{f"{where}withdraw_at__gt": at})
    come = Q(**{f"{where}status": "published"}) & Q(**{f"{where}published_at__lte": at})
    return appeared & not_replaced & stays & come & Q(**{f"{where}trashed_at__isnull": True})


class PostQuerySet(models.QuerySet["Post"]):
    def published(self, at: datetime | None = None) -> Self:
        return self.filter(is_public(at or timezone.now()))

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-id")

    def by_author(self, author: Author) -> Self:
        return self.filter(pk__in=author.bylines.values("post_id"))

    def about(self, tag: Tag) -> Self:
        return self.filter(taggings__tag=tag)

    def in_series(self, series: Series) -> Self:
        return self.filter(series=series)

    def with_people_and_tags(self) -> Self:
        from blog.models import Byline, TaggedPost

        bylines: Prefetch[str, models.QuerySet[Byline], str] = Prefetch(
            "bylines", Byline.objects.select_related("author")
        )
        taggings: Prefetch[str, models.QuerySet[TaggedPost], str] = Prefetch(
            "taggings", TaggedPost.objects.select_related("tag")
        )
        return self.prefetch_related(bylines).prefetch_related(taggings)

    def for_listing(self) -> Self:
        """Three queries whatever the number of posts: the posts with cover and series, their bylines, their tags."""
        return self.select_related("cover", "series").with_people_and_tags().defer(*NOT_IN_LISTS)

    def for_feed(self) -> Self:
        return self.select_related("cover", "series").with_people_and_tags().defer(*NOT_IN_FEEDS)

    def for_page(self) -> Self:
        return self.select_related("cover", "series").with_people_and_tags().defer(*NOT_ON_PAGES)


class RowManager(models.Manager["Post"]):
    """Every row, successors too: for what writes posts and for the database's own relations."""


class EveryPostManager(models.Manager["Post"]):
    """Every post and page wherever it stands, each once: successors are no posts of their own."""

    def get_queryset(self) -> models.QuerySet[Post]:
        return super().get_queryset().filter(successor_of__isnull=True)


class _ManagerOfKind(models.Manager["Post"].from_queryset(PostQuerySet)):  # type: ignore[misc]
    """Those of one kind. What readers see is asked of all rows, because a successor's turn may have come."""

    of_kind = "post"

    def get_queryset(self) -> PostQuerySet:
        queryset: PostQuerySet = super().get_queryset()
        return queryset.filter(kind=self.of_kind, successor_of__isnull=True)

    def published(self, at: datetime | None = None) -> PostQuerySet:
        if hasattr(self, "instance"):
            raise TypeError("Ask Post.objects.published(), then filter: a relation does not know successors.")
        queryset: PostQuerySet = super().get_queryset()
        return queryset.filter(kind=self.of_kind).published(at)


class PostManager(_ManagerOfKind):
    """Posts alone: pages stand in no list."""


class PageManager(_ManagerOfKind):
    """Pages alone."""

    of_kind = "page"
