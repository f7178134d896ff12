"""respondents: the page on which an editor gives a reader what they said, or deletes it, by e-mail address."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog import respondents
from blog.admin.saving import user_of
from blog.errors import PublishingProblem

if TYPE_CHECKING:
    from blog.admin.responses import ResponseAdmin


def page(desk: ResponseAdmin, request: HttpRequest) -> HttpResponse:
    """The address is posted even to look: it stands in no log of addresses."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    email = request.POST.get("email", "").strip()[:254]
    number: int | None = None
    if request.method == "POST":
        try:
            if request.POST.get("act") == "export":
                return _file(respondents.told(email))
            if request.POST.get("act") == "delete":
                gone = respondents.forget(email, user_of(request))
                desk.message_user(
                    request,
                    ngettext(
                        "%(number)d comment was deleted for good.",
                        "%(number)d comments were deleted for good.",
                        gone,
                    )
                    % {"number": gone},
                )
            number = respondents.of(email).count()
        except PublishingProblem as problem:
            desk.message_user(request, str(problem), messages.ERROR)
    context = {
        **desk.admin_site.each_context(request),
        "title": _("A reader’s comments"),
        "opts": desk.opts,
        "email": email,
        "number": number,
    }
    return TemplateResponse(request, "admin/blog/response/reader.html", context)


def _file(rows: object) -> HttpResponse:
    return HttpResponse(
        json.dumps(rows, ensure_ascii=False, indent=2),
        content_type="application/json; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="comments.json"',
            "Cache-Control": "private, no-store",
        },
    )
