"""working: the unpublished changes of a live post on its page at the desk: what is said of them, and where a save goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import User
from blog import changes, permissions, publishing
from blog.admin import buttons
from blog.content import Content
from blog.models import Changes, Post


@dataclass(frozen=True, slots=True)
class Working:
    """What the page needs to know of a post that readers see."""

    changes: Changes | None
    live: int  # the revision that readers see
    may_update: bool  # put the form before readers now
    may_keep: bool  # keep it for later
    may_unschedule: bool
    may_discard: bool
    may_correct: bool

    @property
    def due(self) -> bool:
        """Their moment has come: readers see them, and the next save makes them the post's own."""
        return bool(self.changes and self.changes.at and self.changes.at <= timezone.now())


def shown(user: User, post: Post) -> Working | None:
    """None for a post that readers do not see and that has nothing waiting."""
    waiting: Changes | None = getattr(post, "changes", None)
    if waiting is None and post.status != Post.Status.PUBLISHED:
        return None
    may_publish = permissions.may_publish(user, post)
    may_keep = permissions.may_change_later(user, post)
    scheduled = waiting is not None and waiting.at is not None
    return Working(
        waiting,
        post.revision,
        may_update=may_publish if waiting else permissions.may_edit(user, post),
        may_keep=may_keep,
        may_unschedule=scheduled and may_publish,
        may_discard=waiting is not None and (may_publish if scheduled else may_keep or may_publish),
        may_correct=permissions.may_correct(user, post) and post.is_public,
    )


def save(
    data: Mapping[str, Any], post_id: int, wanted: Content, user: User, given: Mapping[str, Any]
) -> Post:
    """Where the form's text goes: before readers, or to the changes that they do not see yet."""
    base, why = given["base"], given.get("why") or ""
    if _for_later(data, post_id, user):
        return changes.save(post_id, wanted, user, base=base, why=why)
    if data.get("_verb"):
        return publishing.save(post_id, wanted, user, base=base, why=why)
    correction = given.get("correction") or ""
    return changes.update_now(post_id, wanted, user, base=base, why=why, correction=correction)


def kept_for_later(saved: Post) -> int | None:
    """The revision of the changes that this save ended in; None where it is the post's own."""
    number = changes.shown_number(saved)
    return number if number > saved.revision else None


def _for_later(data: Mapping[str, Any], post_id: int, user: User) -> bool:
    post = Post.everything.filter(pk=post_id).select_related("changes").first()
    if post is None or post.status != Post.Status.PUBLISHED:
        return False
    button = buttons.BY_NAME.get(data.get("_verb", ""))
    if data.get("_later") or (button is not None and button.later):
        return True
    if button is not None and getattr(post, "changes", None) is not None:
        return True  # withdrawing a post publishes none of its changes on the way
    return not permissions.may_edit(user, post) and permissions.may_change_later(user, post)
