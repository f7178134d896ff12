"""workingtext: what a post is to say next: the unpublished changes of a live one, else what its own row says."""

from __future__ import annotations

from blog.content import Content
from blog.models import Changes, Post, Revision
from blog.paragraphs import Paragraph, split


def changed(post: Post) -> Content | None:
    """The unpublished changes; None where there are none."""
    waiting = Changes.objects.filter(post_id=post.pk).values_list("revision", flat=True).first()
    if waiting is None:
        return None
    revision = Revision.objects.filter(post_id=post.pk, number=waiting).first()
    return Content.from_state(revision.state) if revision is not None else None


def paragraphs_of(post: Post) -> tuple[Paragraph, ...]:
    content = changed(post)
    if content is not None:
        return split(content.body, content.body_format)
    return split(post.body, post.body_format)
