"""responsepage: one comment of a reader at the desk: whole, with what it answers; approved, rejected, called spam, answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from blog import responses
from blog.admin.saving import user_of
from blog.errors import PublishingProblem
from blog.models import Response

if TYPE_CHECKING:
    from blog.admin.responses import ResponseAdmin

BUTTONS = (("approved", "approve"), ("rejected", "reject"), ("spam", "spam"))


def page(desk: ResponseAdmin, request: HttpRequest, found: Response) -> HttpResponse:
    """Read by GET, written by POST; after a decision the list of those that wait is shown again."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if request.method == "POST":
        try:
            said = _done(request, found)
        except PublishingProblem as problem:
            desk.message_user(request, str(problem), messages.ERROR)
            return _shown(desk, request, found, request.POST.get("text", ""), status=409)
        desk.message_user(request, said, messages.SUCCESS)
        return redirect("admin:blog_response_changelist")
    return _shown(desk, request, found, "")


def _done(request: HttpRequest, found: Response) -> str:
    act, user = request.POST.get("act", ""), user_of(request)
    if act == "answer":
        responses.answer(found.pk, user, request.POST.get("text", ""))
        return _("Your answer is shown under the comment.")
    responses.judge(found.pk, user, act)
    return {
        "approved": _("The comment is shown."),
        "rejected": _("The comment was rejected."),
        "spam": _("The comment is spam."),
    }[act]


def _shown(
    desk: ResponseAdmin, request: HttpRequest, found: Response, text: str, status: int = 200
) -> HttpResponse:
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Comment"),
        "subtitle": found.post.title,
        "opts": desk.opts,
        "response": found,
        "post": found.post,
        "text": text[: 2 * responses.LONGEST],
        "longest": responses.LONGEST,
        "may_answer": found.parent_id is None and not found.origin,
        "may_delete": desk.has_delete_permission(request, found),
    }
    return TemplateResponse(request, "admin/blog/response/page.html", context, status=status)
