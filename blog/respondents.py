"""respondents: what one reader said, by e-mail address: given to them, or deleted, as they may ask."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from blog import deeds, responses
from blog.addresses import absolute
from blog.errors import NotAllowed, NotPossible
from blog.models import Response
from blog.writing import one_transaction


def of(email: str) -> QuerySet[Response]:
    """Every comment that was sent under this address, in any case of its letters."""
    wanted = email.replace("\0", "").strip().lower()
    if "@" not in wanted:
        raise NotPossible(_("Write the whole e-mail address, such as name@example.org."))
    return Response.objects.filter(email=wanted).select_related("post").order_by("pk")


def told(email: str) -> list[dict[str, Any]]:
    """All that is kept of this reader, oldest first."""
    return [
        {
            "post": one.post.title,
            "address": absolute(one.post.get_absolute_url()),
            "name": one.name,
            "email": one.email,
            "at": one.at.isoformat() if one.at else None,
            "status": one.status,
            "text": one.text,
        }
        for one in of(email)
    ]


def forget(email: str, user: User | None) -> int:
    """Delete all of it for good; answers to a deleted comment go with it. How many were this reader's. The log says that it
    was done, and not whose they were."""
    if user is not None and not user.has_perm("blog.delete_response"):
        raise NotAllowed(_("You may not delete comments. Ask an editor."))
    with one_transaction():
        own = list(of(email).values_list("pk", flat=True))
        responses.erase(Response.objects.filter(pk__in=own) | Response.objects.filter(parent__in=own))
        if own:
            deeds.record("forget_reader", user, title=str(len(own)))
    return len(own)
