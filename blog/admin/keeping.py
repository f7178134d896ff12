"""keeping: unsaved text on the pages of the desk: offered, put back into the form, compared, thrown away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import User
from blog import changes, keeping
from blog.admin import opened, restoring
from blog.admin.restoring import Restored
from blog.admin.saving import user_of
from blog.admin.showing import differences
from blog.models import Post, UnsavedText

if TYPE_CHECKING:
    from blog.admin.desk import DeskAdmin

RESTORED = "_desk_restored"
NOTHING = Restored({})


def with_unsaved(posts: QuerySet[Post], user: User) -> QuerySet[Post]:
    """Each post knows whether there is unsaved text of it, so that the usual answer, none, costs no question."""
    return posts.annotate(has_unsaved=keeping.any_unsaved(user))


def restored(request: HttpRequest) -> Restored:
    """What this request's form is to be filled with."""
    found: Restored = getattr(request, RESTORED, NOTHING)
    return found


def fill(desk: DeskAdmin, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
    """Where the address asks for an unsaved text: have it put into the form; what the page is to say of it."""
    key = request.GET.get("unsaved", "")
    number = str(object_id or "")
    if (
        not key
        or request.method != "GET"
        or not (object_id is None or (number.isascii() and number.isdigit()))
    ):
        return {}
    post = desk.get_queryset(request).filter(pk=int(number)).first() if number else None
    if post is None and number:
        return {}
    may = desk.has_change_permission(request, post) if post else desk.has_add_permission(request)
    row = restoring.row_of(request, post.pk if post else None, desk.kind, key) if may else None
    if row is None:
        if may:
            gone = gettext("That unsaved text is not there any more: it was saved or thrown away.")
            desk.message_user(request, gone, messages.WARNING)
        return {}
    found = restoring.restore(desk, request, post, row)
    setattr(request, RESTORED, found)
    return found.context


def context(desk: DeskAdmin, request: HttpRequest, post: Post | None, sealed: str) -> dict[str, Any]:
    """What the page's part about unsaved text shows, and what its script is told; `sealed`: what the form says of itself."""
    user = user_of(request)
    form = opened.unseal(sealed)
    key = form.key if form else ""
    offers = restoring.offers(desk, request, post, but=key)
    return {
        "unsaved": offers,
        "keeping": {
            "user": user.pk,
            "post": post.pk if post else f"new-{desk.kind}",
            "url": desk.address("keep", post.pk) if post else desk.address("keep_new"),
            "here": desk.address("change", post.pk) if post else desk.address("add"),
            "key": key,
            "unsaved": request.method == "POST" or bool(restored(request).initial),
            "kept": bool(restored(request).initial),
            "saved": opened.saved_keys(request),
            "offered": [offer.row.key for offer in offers],
        },
        "sign_in_again": f"{reverse('admin:login')}?next={reverse('editor:signed_in')}",
    }


def unsaved(desk: DeskAdmin, request: HttpRequest, post: Post | None, key: str) -> HttpResponse:
    """One unsaved text beside what stands; by POST it is thrown away."""
    if not (desk.has_change_permission(request, post) if post else desk.has_add_permission(request)):
        raise PermissionDenied
    place = desk.address("change", post.pk) if post else desk.address("add")
    row = restoring.row_of(request, post.pk if post else None, desk.kind, key)
    if row is None:
        gone = gettext("That unsaved text is not there any more: it was saved or thrown away.")
        desk.message_user(request, gone, messages.WARNING)
        return redirect(place)
    if request.method == "POST":
        keeping.forget(user_of(request), row.key)
        thrown = gettext("The unsaved text from %(when)s was thrown away.") % {"when": restoring.when(row)}
        desk.message_user(request, thrown, messages.SUCCESS)
        return redirect(place)
    return TemplateResponse(request, "admin/blog/unsaved.html", _beside(desk, request, post, row, place))


def _beside(
    desk: DeskAdmin, request: HttpRequest, post: Post | None, row: UnsavedText, place: str
) -> dict[str, Any]:
    form = restoring.form_with(desk, request, post, restoring.data_of(row))
    compared = differences(form.standing, restoring.content_of(form)) if post and form.is_valid() else []
    said = [(name, value) for name, value in row.state if name in ("title", "summary", "body") and value]
    return {
        **desk.admin_site.each_context(request),
        "title": gettext("Unsaved text from %(when)s") % {"when": restoring.when(row)},
        "post": post,
        "opts": desk.opts,
        "row": row,
        "differences": compared,
        "said": said,
        "moved_on": post is not None and row.base != changes.shown_number(post),
        "restore": f"{place}?unsaved={row.key}",
    }
