"""keeping: what was typed and not saved yet: kept outside the history, given back to whoever typed it, and to nobody else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from blog.errors import NotPossible
from blog.models import Post, UnsavedText

KEPT = timedelta(days=30)
LARGEST = 2 * 1024 * 1024  # bytes of JSON
MOST_FIELDS = 400
OF_ONE_POST = 5  # unsaved texts of one user and post; the oldest makes room
Pairs = Sequence[tuple[str, str]]  # the form's fields as it would send them


def keep(
    user_id: int,
    key: str,
    pairs: Pairs,
    *,
    kind: str,
    post_id: int | None,
    base: int | None,
    at: datetime | None = None,
) -> UnsavedText:
    """Keep what a form holds, in place of what it held before. Raises NotPossible where it is too much."""
    state = [[_storable(name), _storable(value)] for name, value in pairs]
    if len(state) > MOST_FIELDS or len(json.dumps(state, ensure_ascii=False).encode()) > LARGEST:
        raise NotPossible(_("This text is over 2 MB: too long to be kept unsaved. Save it instead."))
    moment = min(at or timezone.now(), timezone.now())
    held = {"kind": kind, "post_id": post_id, "base": base, "state": state, "saved_at": moment}
    kept, new = UnsavedText.objects.update_or_create(user_id=user_id, key=key, defaults=held)
    if new:
        _make_room(user_id, post_id, kind)
    return kept


def _storable(text: str) -> str:
    """Without what Postgres refuses: NUL, and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _make_room(user_id: int, post_id: int | None, kind: str) -> None:
    of_one = UnsavedText.objects.filter(user_id=user_id, post=post_id, kind=kind)
    spare = of_one.values_list("pk", flat=True)[OF_ONE_POST:]
    UnsavedText.objects.filter(pk__in=list(spare)).delete()


def any_unsaved(user: User) -> Exists:
    """Whether a post has unsaved text of this user's, to be asked along with the post itself."""
    return Exists(UnsavedText.objects.filter(user=user, post=OuterRef("pk")))


def unsaved(user: User, *, kind: str, post: Post | None) -> list[UnsavedText]:
    """What this user has left unsaved of a post, or of posts that were never saved; the newest first."""
    since = timezone.now() - KEPT
    return list(UnsavedText.objects.filter(user=user, post=post, kind=kind, saved_at__gte=since))


def forget(user: User, key: str) -> None:
    """It was saved, or thrown away."""
    UnsavedText.objects.filter(user=user, key=key).delete()


def forget_old() -> int:
    """Throw away what nobody came back for in 30 days; how many that were."""
    return UnsavedText.objects.filter(saved_at__lt=timezone.now() - KEPT).delete()[0]
