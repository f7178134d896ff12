"""history: the revisions of a post: listed, compared with what stands now, restored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from accounts.models import User
from blog import permissions, publishing
from blog.admin.showing import differences
from blog.content import Content
from blog.errors import NotAllowed, PublishingProblem
from blog.models import Post, Revision

if TYPE_CHECKING:
    from blog.admin.desk import DeskAdmin

LATEST = 5
ON_A_PAGE = 50


def latest(post: Post) -> list[Revision]:
    return list(_light(post)[: LATEST + 1])


def _light(post: Post) -> Any:
    """Revisions without what they hold: a list of them would carry every text the post ever had."""
    return Revision.objects.filter(post_id=post.pk).select_related("user").defer("state").order_by("-number")


def _context(desk: DeskAdmin, request: HttpRequest, post: Post, title: str) -> dict[str, Any]:
    return {
        **desk.admin_site.each_context(request),
        "title": title,
        "subtitle": post.title,
        "post": post,
        "opts": desk.opts,
        "may_restore": desk.has_change_permission(request, post),
    }


def revisions(desk: DeskAdmin, request: HttpRequest, post: Post) -> HttpResponse:
    page = Paginator(_light(post), ON_A_PAGE).get_page(request.GET.get("page"))
    context = _context(desk, request, post, "Revisions") | {"page": page}
    return TemplateResponse(request, "admin/blog/revisions.html", context)


def revision(desk: DeskAdmin, request: HttpRequest, post: Post, number: int) -> HttpResponse:
    """One revision beside what stands now; by POST it is restored."""
    found = Revision.objects.filter(post_id=post.pk, number=number).select_related("user").first()
    if found is None:
        raise Http404(f"There is no revision {number} of this post.")
    if request.method == "POST":
        return _restore(desk, request, post, found)
    then, now = Content.from_state(found.state), Content.of(post)
    context = _context(desk, request, post, f"Revision {number}") | {
        "revision": found,
        "differences": differences(then, now),
        "then": then,
    }
    return TemplateResponse(request, "admin/blog/revision.html", context)


def since(desk: DeskAdmin, request: HttpRequest, post: Post, number: int) -> HttpResponse:
    """What was changed since the revision that somebody's form began from."""
    found = Revision.objects.filter(post_id=post.pk, number=number).first()
    if found is None:
        raise Http404(f"There is no revision {number} of this post.")
    later = _light(post).filter(number__gt=number, proposed=False)[:ON_A_PAGE]
    context = _context(desk, request, post, gettext("Changed since you opened it")) | {
        "later": later,
        "differences": differences(Content.from_state(found.state), Content.of(post)),
    }
    return TemplateResponse(request, "admin/blog/since.html", context)


def _restore(desk: DeskAdmin, request: HttpRequest, post: Post, found: Revision) -> HttpResponse:
    assert isinstance(request.user, User)  # noqa: S101  # the desk let nobody else in
    try:
        named = Content.from_state(found.state).bylines
        if named != Content.of(post).bylines and not permissions.may_name_others(request.user):
            raise NotAllowed("This revision has other bylines, which you may not set. Ask an editor.")
        take = publishing.accept if found.proposed else publishing.revert
        take(post.pk, found.number, request.user)
    except PublishingProblem as problem:
        desk.message_user(request, str(problem), messages.ERROR)
        return redirect(desk.address("revision", post.pk, found.number))
    desk.message_user(
        request, f"“{post.title}” says again what revision {found.number} said.", messages.SUCCESS
    )
    return redirect(desk.address("change", post.pk))
