"""responding: whether a post takes comments, and what is shown under it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from blog.models import Post, Response, SiteSettings
from blog.querysets import PostQuerySet

SHOWN = 2000  # comments under one post


@dataclass(slots=True)
class Shown:
    """A comment and the answers to it, oldest first."""

    response: Response
    replies: list[Response] = field(default_factory=list)


def root_of(post: Post) -> int:
    """The post that a row stands for: what is said under a post stays under it when scheduled changes take its place."""
    return post.successor_of_id or post.pk


def asked_too(posts: PostQuerySet) -> PostQuerySet:
    """The same posts, with what `is_open` and `shown_under` want to know, in the same query."""
    row = SiteSettings.objects.filter(pk=1)
    said = Response.objects.filter(
        post=Coalesce(OuterRef("successor_of"), OuterRef("pk")), status=Response.Status.APPROVED
    )
    return posts.annotate(
        site_responding=Subquery(row.values("responding")),
        site_responding_days=Subquery(row.values("responding_days")),
        responded=Exists(said),
    )


def is_open(post: Post) -> bool:
    """Whether readers may comment just now; the caller has seen that the post is public."""
    if "site_responding" in vars(post):
        said, days = vars(post)["site_responding"], vars(post)["site_responding_days"]
    else:
        row = SiteSettings.current()
        said, days = row.responding, row.responding_days
    if post.kind != Post.Kind.POST or post.published_at is None or not _wanted(post, said):
        return False
    return not days or timezone.now() < post.published_at + timedelta(days=days)


def _wanted(post: Post, said: str | None) -> bool:
    if said == SiteSettings.Responding.ALL:
        return post.responding != Post.Responding.CLOSED
    return said == SiteSettings.Responding.CHOSEN and post.responding == Post.Responding.OPEN


def shown_under(post: Post) -> list[Shown]:
    """What was approved, oldest first, answers under what they answer; one query, none where `asked_too` found nothing.
    An answer to a comment that is not shown is not shown either."""
    if not getattr(post, "responded", True):
        return []
    rows = Response.objects.filter(post=root_of(post), status=Response.Status.APPROVED)
    found = list(rows.defer("text", "email")[:SHOWN])
    tops = {one.pk: Shown(one) for one in found if one.parent_id is None}
    for one in found:
        if one.parent_id in tops:
            tops[one.parent_id].replies.append(one)
    return list(tops.values())


def number_of(shown: list[Shown]) -> int:
    return sum(1 for _ in _each(shown))


def _each(shown: list[Shown]) -> Iterator[Response]:
    for one in shown:
        yield one.response
        yield from one.replies
