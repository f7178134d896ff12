"""workingtext: what a post is to say next: the unpublished changes of a live one, else what its own row says."""

from __future__ import annotations

from blog.content import Content
from blog.models import Changes, Post, Revision
from blog.paragraphs import Paragraph, split


def content_of(changes: Changes) -> Content:
    return Content.from_state(Revision.objects.get(post_id=changes.post_id, number=changes.revision).state)


def changed(post: Post) -> Content | None:
    """The unpublished changes; None where there are none."""
    waiting: Changes | None = getattr(post, "changes", None)
    return content_of(waiting) if waiting is not None else None


def paragraphs_of(post: Post) -> tuple[Paragraph, ...]:
    content = changed(post)
    if content is not None:
        return split(content.body, content.body_format)
    return split(post.body, post.body_format)
