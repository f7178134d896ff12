"""history: the revisions of a post: listed, compared with what stands now, restored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from accounts.models import User
from blog import changes as changes_verbs
from blog import permissions, publishing
from blog.admin.showing import differences, told
from blog.content import Content, prepare
from blog.errors import NotAllowed, PublishingProblem
from blog.forms import PostForm
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
    user = request.user
    assert isinstance(user, User)  # noqa: S101  # the desk let nobody else in
    return {
        **desk.admin_site.each_context(request),
        "title": title,
        "subtitle": post.title,
        "post": post,
        "opts": desk.opts,
        "may_restore": post.trashed_at is None and permissions.may_edit(user, post),
        "may_bring_back": permissions.may_change_later(user, post),
    }


def revisions(desk: DeskAdmin, request: HttpRequest, post: Post) -> HttpResponse:
    page = Paginator(_light(post), ON_A_PAGE).get_page(request.GET.get("page"))
    context = _context(desk, request, post, _("Revisions")) | {"page": page}
    return TemplateResponse(request, "admin/blog/revisions.html", context)


def revision(desk: DeskAdmin, request: HttpRequest, post: Post, number: int) -> HttpResponse:
    """One revision beside what stands now; by POST it is brought back, before readers or into the unpublished changes."""
    found = Revision.objects.filter(post_id=post.pk, number=number).select_related("user").first()
    if found is None:
        raise Http404(_("There is no revision %(number)s of this post.") % {"number": number})
    if request.method == "POST":
        return _restore(desk, request, post, found)
    then = Content.from_state(found.state)
    waiting = changes_verbs.of(post.pk)
    context = _context(desk, request, post, _("Revision %(number)s") % {"number": number}) | {
        "revision": found,
        "told": told(Content.of(post), then),
        "old_name": _("Now"),
        "new_name": _("Proposed") if found.proposed else _("Then"),
        "then": then,
        "preview": prepare(then).rendered.html,
        "waiting": waiting,
        "previous": _light(post).filter(number__lt=number).first(),
        "next": _light(post).filter(number__gt=number).last(),
    }
    return TemplateResponse(request, "admin/blog/revision.html", context)


def since(desk: DeskAdmin, request: HttpRequest, post: Post, number: int) -> HttpResponse:
    """What was changed since the revision that somebody's form began from."""
    found = Revision.objects.filter(post_id=post.pk, number=number).first()
    if found is None:
        raise Http404(_("There is no revision %(number)s of this post.") % {"number": number})
    later = _light(post).filter(number__gt=number, proposed=False, working=False)[:ON_A_PAGE]
    context = _context(desk, request, post, _("Changed since you opened it")) | {
        "later": later,
        "differences": differences(Content.from_state(found.state), Content.of(post)),
    }
    return TemplateResponse(request, "admin/blog/since.html", context)


def compare(desk: DeskAdmin, request: HttpRequest, post: Post) -> HttpResponse:
    """Any two revisions beside each other; by POST what the form says now beside what was saved last."""
    if request.method == "POST":
        return unsaved(desk, request, post)
    numbers = [request.GET.get(name, "") for name in ("old", "new")]
    if not all(number.isascii() and number.isdigit() and len(number) < 10 for number in numbers):
        desk.message_user(request, _("Choose two revisions to compare."), messages.WARNING)
        return redirect(desk.address("revisions", post.pk))
    rows = Revision.objects.filter(post_id=post.pk, number__in=numbers).select_related("user")
    found = {str(row.number): row for row in rows}
    try:
        old, new = (found[str(int(number))] for number in numbers)
    except KeyError:
        raise Http404(_("There is no such revision of this post.")) from None
    context = _context(desk, request, post, _("Two revisions")) | {
        "old": old,
        "ends": (old, new),
        "told": told(Content.from_state(old.state), Content.from_state(new.state)),
        "old_name": _("Revision %(number)s") % {"number": old.number},
        "new_name": _("Revision %(number)s") % {"number": new.number},
    }
    return TemplateResponse(request, "admin/blog/compare.html", context)


def unsaved(desk: DeskAdmin, request: HttpRequest, post: Post) -> HttpResponse:
    """Nothing is written; the form need not be right."""
    if not desk.has_change_permission(request, post):
        raise PermissionDenied
    made: Any = desk.get_form(request, post, change=True)
    form: PostForm = made(request.POST, instance=post)
    saved = form.standing
    form.is_valid()
    context = _context(desk, request, post, _("Not saved yet")) | {
        "told": told(saved, form.content()),
        "old_name": _("Saved"),
        "new_name": _("In the form"),
        "problems": form.errors,
    }
    return TemplateResponse(request, "admin/blog/compare.html", context)


def _restore(desk: DeskAdmin, request: HttpRequest, post: Post, found: Revision) -> HttpResponse:
    assert isinstance(request.user, User)  # noqa: S101  # the desk let nobody else in
    later = "_later" in request.POST
    try:
        named = Content.from_state(found.state).bylines
        if named != Content.of(post).bylines and not permissions.may_name_others(request.user):
            raise NotAllowed(_("This revision has other bylines, which you may not set. Ask an editor."))
        take = (
            publishing.accept if found.proposed else changes_verbs.bring_back if later else publishing.revert
        )
        take(post.pk, found.number, request.user)
    except PublishingProblem as problem:
        desk.message_user(request, str(problem), messages.ERROR)
        return redirect(desk.address("revision", post.pk, found.number))
    said = (
        _(
            "What revision %(number)s said stands in the form as unpublished changes. Readers see nothing of it yet."
        )
        if later
        else _("“%(title)s” says again what revision %(number)s said.")
    )
    desk.message_user(request, said % {"title": post.title, "number": found.number}, messages.SUCCESS)
    return redirect(desk.address("change", post.pk))
