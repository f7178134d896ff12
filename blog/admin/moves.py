"""moves: what is done to a post beside its text: trash, restore, delete for good; by POST alone, each one verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from blog import changes, publishing
from blog.admin import trashing
from blog.errors import PublishingProblem
from blog.models import Post

if TYPE_CHECKING:
    from blog.admin.desk import DeskAdmin

Said = tuple[str, bool]  # the message, and whether the post's own page can be shown afterwards


def _trash(post: Post, user: User) -> Said:
    publishing.trash(post.pk, user)
    days = publishing.TRASH_KEPT.days
    said = ngettext(
        "“%(title)s” is in the trash. It can be restored for %(days)s day.",
        "“%(title)s” is in the trash. It can be restored for %(days)s days.",
        days,
    )
    return said % {"title": post.title, "days": days}, False


def _restore(post: Post, user: User) -> Said:
    publishing.restore(post.pk, user)
    return _("“%(title)s” was restored.") % {"title": post.title}, True


def _purge(post: Post, user: User) -> Said:
    publishing.purge(post.pk, user)
    return _("“%(title)s” was deleted for good.") % {"title": post.title}, False


def _discard(post: Post, user: User) -> Said:
    changes.throw_away(post.pk, user)
    return _("The unpublished changes were thrown away. They stay in the history."), True


def _unschedule(post: Post, user: User) -> Said:
    changes.unschedule(post.pk, user)
    return _("The changes are not scheduled any more; they wait here."), True


MOVES: dict[str, Callable[[Post, User], Said]] = {
    "trash": _trash,
    "restore": _restore,
    "purge": _purge,
    "discard": _discard,
    "unschedule": _unschedule,
}


def move(desk: DeskAdmin, request: HttpRequest, post: Post, verb: str) -> HttpResponse:
    """Do it, say it, and show what comes next."""
    if verb not in MOVES:
        raise Http404(_("There is no such button."))
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    assert isinstance(request.user, User)  # noqa: S101  # the desk let nobody else in
    try:
        said, stays = MOVES[verb](post, request.user)
    except PublishingProblem as problem:
        desk.message_user(request, str(problem), messages.ERROR)
        return redirect(desk.address("change", post.pk))
    desk.message_user(
        request,
        trashing.with_undo(request, post.kind, said, [post.pk]) if verb == "trash" else said,
        messages.SUCCESS,
    )
    return redirect(desk.address("change", post.pk) if stays else desk.address("changelist"))


def ask(desk: DeskAdmin, request: HttpRequest, post: Post) -> HttpResponse:
    """The page that stands where the stock one lists what would be deleted."""
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Move to the trash?"),
        "post": post,
        "opts": desk.opts,
        "days": publishing.TRASH_KEPT.days,
    }
    return TemplateResponse(request, "admin/blog/to_trash.html", context)
