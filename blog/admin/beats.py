"""beats: what an open form asks every quarter of a minute: keep my text, who else is here, was anything saved meanwhile."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import formats, timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext

from accounts.models import User
from blog import changes, keeping, permissions, presence
from blog.admin import opened
from blog.errors import NotPossible
from blog.keeping import Pairs
from blog.models import Post, Presence, Revision

if TYPE_CHECKING:
    from blog.admin.desk import DeskAdmin

TAB = 40
NAME = 80  # characters of a field's name


def answer(desk: DeskAdmin, request: HttpRequest, post_id: int | None) -> HttpResponse:
    """JSON for the script of the form; a refusal says `why` in one word, and in a sentence for whoever reads it."""
    response = _answer(desk, request, post_id)
    add_never_cache_headers(response)
    return response


def _answer(desk: DeskAdmin, request: HttpRequest, post_id: int | None) -> HttpResponse:
    user = request.user
    if not isinstance(user, User) or not user.is_active or not user.is_staff:
        return _refused(
            "signed_out", gettext("You are signed out. Sign in again; your text stays here."), 403
        )
    if request.method != "POST":
        return _refused("method", gettext("This address is asked by POST alone."), 405)
    form = opened.form_of(request)
    if form is None:
        return _refused("form", gettext("This form is too old or not ours. Open the post again."), 400)
    if form.user != user.pk:
        return _refused("another_user", gettext("Somebody else is signed in now."), 409)
    try:
        return _kept(desk, request, user, post_id, form.key)
    except NotPossible as problem:
        return _refused("too_much", str(problem), 413)


def _kept(desk: DeskAdmin, request: HttpRequest, user: User, post_id: int | None, key: str) -> HttpResponse:
    tab = request.POST.get("tab", "")[:TAB]
    if post_id is not None and "leaving" in request.POST:
        presence.leave(user, post_id, tab)
    has_text = "state" in request.POST
    if has_text or post_id is None or not (tab and presence.beat(user, post_id, tab)):
        post = desk.get_queryset(request).filter(pk=post_id).first() if post_id is not None else None
        if not _may(user, desk.kind, post_id, post):
            return _refused("not_allowed", gettext("You may not write here any more. Ask an editor."), 403)
        if post is not None and tab and "leaving" not in request.POST:
            presence.arrive(user, post.pk, tab)
        if has_text and not _keep(request, user, key, desk.kind, post_id):
            return _refused("form", gettext("This form could not be read. Open the post again."), 400)
    people = list(presence.here(post_id)) if post_id is not None else []
    return JsonResponse(
        {
            "said": gettext("Kept at %(time)s") % {"time": _minute(timezone.now())} if has_text else "",
            "people": _people(people, user, tab),
            "newer": _newer(desk, request, post_id, people, user),
        }
    )


def _refused(why: str, said: str, status: int) -> HttpResponse:
    return JsonResponse({"why": why, "said": said}, status=status)


def _may(user: User, kind: str, post_id: int | None, post: Post | None) -> bool:
    if post_id is None:
        return permissions.may_create(user, kind)
    return post is not None and post.trashed_at is None and permissions.may_edit(user, post)


# -- the text ----------------------------------------------------------------------------------------


def _keep(request: HttpRequest, user: User, key: str, kind: str, post_id: int | None) -> bool:
    """Whether it could be read. An empty state: the form says again what it said when it was opened."""
    if not request.POST["state"]:
        keeping.forget(user, key)
        return True
    pairs = _pairs(request.POST["state"])
    if pairs is None:
        return False
    age = _number(request.POST.get("age", "")) or 0
    moment = timezone.now() - timedelta(seconds=min(age, keeping.KEPT.total_seconds()))
    base = _number(request.POST.get("base", ""))
    keeping.keep(user.pk, key, pairs, kind=kind, post_id=post_id, base=base, at=moment)
    return True


def _pairs(text: str) -> Pairs | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, list):
        return None
    pairs: list[tuple[str, str]] = []
    for pair in found:
        match pair:
            case [str(name), str(value)] if len(name) <= NAME:
                pairs.append((name, value))
            case _:
                return None
    return pairs


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


# -- who is here, and what was saved -------------------------------------------------------------------


def _people(found: list[Presence], user: User, tab: str) -> list[dict[str, Any]]:
    """One a person, oneself in another tab first."""
    others = {one.user_id: one for one in found if (one.user_id, one.tab) != (user.pk, tab)}
    people = []
    for user_id, one in sorted(others.items(), key=lambda pair: (pair[0] != user.pk, pair[0])):
        name = one.user.get_full_name() or one.user.get_username()
        own = user_id == user.pk
        said = (
            gettext("You have this open in another tab")
            if own
            else gettext("%(name)s has this open too") % {"name": name}
        )
        shown = gettext("You, in another tab") if own else name
        people.append({"initials": _initials(name), "name": shown, "said": said})
    return people


def _initials(name: str) -> str:
    parts = [part for part in name.split() if part[0].isalnum()]
    return "".join(part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)).upper()


def _newer(
    desk: DeskAdmin, request: HttpRequest, post_id: int | None, people: list[Presence], user: User
) -> dict[str, Any] | None:
    """What was saved since the form's own revision."""
    base = _number(request.POST.get("base", ""))
    standing = changes.shown_number(people[0].post) if people else None
    if post_id is None or base is None or standing is None or standing <= base:
        return None
    last = (
        Revision.objects.filter(post_id=post_id, number=standing)
        .select_related("user")
        .defer("state")
        .first()
    )
    if last is None:
        return None
    look = desk.address("since", post_id, base)
    if last.working:
        look = f"{desk.address('compare', post_id)}?old={base}&new={standing}"
    given = {"number": last.number, "time": _minute(last.created_at)}
    if last.user_id == user.pk:
        said = gettext("You saved revision %(number)s elsewhere at %(time)s.") % given
    else:
        name = (last.user.get_full_name() or last.user.get_username()) if last.user else "Masthead"
        said = gettext("%(name)s saved revision %(number)s at %(time)s.") % (given | {"name": name})
    return {"number": last.number, "said": said, "look": look}


def _minute(moment: Any) -> str:
    return formats.date_format(timezone.localtime(moment), "H:i")
