"""reviewing: what the desk's templates ask about the review of a post: its approval, its log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template

from blog import approvals, comments, deeds
from blog.admin import log
from blog.models import Approval, Deed, Post

register = template.Library()


@dataclass(frozen=True, slots=True)
class Review:
    """What was said of the text: approved, or approved once and changed since."""

    approval: Approval | None
    lifted: Deed | None


@register.simple_tag
def review_of(post: Post) -> Review | None:
    """None where there is nothing to say: never approved, or past that. Two queries at most."""
    if post.status not in (Post.Status.DRAFT, Post.Status.REVIEW):
        return None
    approval = approvals.known(post)
    if approval is not None:
        return Review(approval, None)
    last = Deed.objects.filter(post_id=post.pk, verb__in=("approve", "unapprove", "return")).first()
    return Review(None, last) if last is not None and last.verb == "unapprove" else None


@register.simple_tag
def log_of(post: Post) -> list[Deed]:
    return log.of_post(post)


@register.filter
def did(deed: Deed) -> Any:
    """The verb in words."""
    return deeds.VERBS.get(deed.verb, deed.verb)


@register.filter
def by(deed: Deed) -> str:
    return deed.user_name or "Masthead"


@register.simple_tag
def open_comments(post: Post) -> int:
    """How many threads are open; what they say is asked for when somebody opens them."""
    return comments.open_count(post)
