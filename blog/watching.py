"""watching: what happens outside the verbs and belongs in the log: roles that change, sign-ins that are locked out."""

from __future__ import annotations

from typing import Any

from axes.signals import user_locked_out
from django.conf import settings
from django.utils import timezone

from accounts.models import User
from accounts.signals import standing_changed
from blog import deeds
from blog.models import Deed


def begin() -> None:
    standing_changed.connect(_standing_changed, dispatch_uid="blog.watching.standing")
    user_locked_out.connect(_locked_out, dispatch_uid="blog.watching.lockout")


def _standing_changed(sender: object, *, user: User, by: User, was: str, became: str, **_: Any) -> None:
    note = f"{was or '–'} → {became or '–'}"
    deeds.record("roles", by, what=Deed.What.USER, title=deeds.shown_name(user), note=note)


def _locked_out(sender: object, *, username: str = "", **_: Any) -> None:
    """Once a lockout, and only of users that there are: what is typed for a name may be a password."""
    user = User.objects.filter(username__iexact=username or "").first()
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    if user is None or Deed.objects.filter(verb="lockout", user_id=user.pk, at__gt=since).exists():
        return
    deeds.record("lockout", user, what=Deed.What.USER, title=deeds.shown_name(user))
