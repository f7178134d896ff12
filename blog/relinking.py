"""relinking: links of many imported posts led elsewhere at once, where nothing else of them changes; one of publishing's verbs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.db.models import Max

from blog import approvals, comments
from blog.content import Content
from blog.models import Approval, Post, Revision, Thread
from blog.writing import announce, one_transaction, state_of

AT_ONCE = 50  # posts in one statement


@dataclass(frozen=True, slots=True)
class Relinked:
    """What a post says with other addresses in its links, and its renderings, which differ in these alone."""

    content: Content
    html: str
    feed_html: str


def lead_links(
    post_ids: Collection[int], change: Callable[[Post, Content], Relinked | None], *, reason: str
) -> list[Post]:
    """Write what `change` makes of each of these posts, locked; None leaves one as it is. The changed posts.

    Words, pictures, names and tags stay, so search and the date of the last change do too. Posts that something is scheduled
    to take the place of are not asked about: `update_imported` writes those.
    """
    with one_transaction():
        asked = Post.everything.select_for_update().filter(pk__in=post_ids, replaced_at__isnull=True)
        posts = asked.order_by("pk").prefetch_related("bylines", "taggings")
        found = [
            (post, relinked) for post in posts if (relinked := change(post, Content.of(post))) is not None
        ]
        for post, relinked in found:
            post.body, post.html, post.feed_html = relinked.content.body, relinked.html, relinked.feed_html
        changed = {post: relinked.content for post, relinked in found}
        _record(changed, reason)
        Post.rows.bulk_update(changed, ["body", "html", "feed_html", "revision"], batch_size=AT_ONCE)
        for post in changed:
            announce(post, was_public=post.is_public)
    return list(changed)


def _record(changed: Mapping[Post, Content], reason: str) -> None:
    """A revision each, as `blog.writing.record_revision` appends one; what follows a text follows it."""
    if not changed:
        return
    of = {"post__in": [post.pk for post in changed]}
    last = Revision.objects.filter(**of).order_by().values_list("post").annotate(Max("number"))
    numbers = dict(last)
    for post in changed:
        post.revision = numbers.get(post.pk, 0) + 1
    Revision.objects.bulk_create(
        Revision(post=post, number=post.revision, reason=reason, state=state_of(post, content))
        for post, content in changed.items()
    )
    talked_of = set(Thread.objects.filter(resolved_at__isnull=True, **of).values_list("post_id", flat=True))
    approved = set(Approval.objects.filter(**of).values_list("post_id", flat=True))
    for post, content in changed.items():
        if post.pk in talked_of:
            comments.follow(post, content)
        if post.pk in approved:
            approvals.follow(post, content, None)
