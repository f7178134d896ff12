"""opened: what a form says of itself, signed: who it was shown to, and a key of its own by which it is known when it comes back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest

from accounts.models import User
from blog.keeping import KEPT

SALT = "desk.opened"
SAVED = "desk_saved"  # in the session: {key: [post, revision]}
REMEMBERED = 40


@dataclass(frozen=True, slots=True)
class Opened:
    user: int
    key: str


def seal(user: User, key: str = "") -> str:
    return signing.dumps([user.pk, key or secrets.token_urlsafe(12)], salt=SALT)


def unseal(text: str) -> Opened | None:
    """None: it says nothing, it is too old, or it was not we who wrote it."""
    try:
        user, key = signing.loads(text, salt=SALT, max_age=KEPT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Opened(user, key)


def form_of(request: HttpRequest) -> Opened | None:
    return unseal(request.POST.get("opened", ""))


# -- what came of it -------------------------------------------------------------------------------


def remember(request: HttpRequest, post_id: int, revision: int) -> None:
    """This form was saved: sent once more (the answer was lost, the way back was taken) it goes on from its own revision."""
    form = form_of(request)
    if form is None:
        return
    saved = dict(request.session.get(SAVED, {}))
    saved.pop(form.key, None)
    saved[form.key] = [post_id, revision]
    request.session[SAVED] = dict(list(saved.items())[-REMEMBERED:])


def saved_before(request: HttpRequest) -> tuple[int, int] | None:
    """(post, revision) that this form was saved as before."""
    form = form_of(request)
    found = request.session.get(SAVED, {}).get(form.key) if form is not None else None
    return (found[0], found[1]) if found else None


def saved_keys(request: HttpRequest) -> list[str]:
    return list(request.session.get(SAVED, {}))
