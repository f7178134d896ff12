"""presence: who has a post open now. Nothing is locked; people are told of each other."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from blog.models import Presence

STALE = timedelta(seconds=45)  # three beats missed
ASKED_AGAIN = timedelta(minutes=5)  # how long the answer to “may they?” holds while a page stays open
FORGOTTEN = timedelta(hours=1)


def beat(user: User, post_id: int, tab: str) -> bool:
    """Still here. False where the tab is new or it is time to ask again whether the user may: then `arrive`."""
    now = timezone.now()
    known = Presence.objects.filter(
        user=user, post_id=post_id, tab=tab, checked_at__gt=now - ASKED_AGAIN, checked_at__lte=now
    )
    return known.update(seen_at=now) > 0


def arrive(user: User, post_id: int, tab: str) -> None:
    """Here, and it was asked whether the user may be."""
    now = timezone.now()
    Presence.objects.update_or_create(
        user=user, post_id=post_id, tab=tab, defaults={"seen_at": now, "checked_at": now}
    )
    Presence.objects.filter(seen_at__lt=now - FORGOTTEN).delete()


def leave(user: User, post_id: int, tab: str) -> None:
    Presence.objects.filter(user=user, post_id=post_id, tab=tab).delete()


def here(post_id: int) -> QuerySet[Presence]:
    """Every tab heard of lately, with its user and the post's revision; one query."""
    found = Presence.objects.filter(post_id=post_id, seen_at__gt=timezone.now() - STALE)
    return (
        found.select_related("user", "post__changes")
        .only(
            "tab",
            "user__username",
            "user__first_name",
            "user__last_name",
            "post__revision",
            "post__kind",
            "post__changes__revision",
        )
        .order_by("user_id", "tab")
    )
