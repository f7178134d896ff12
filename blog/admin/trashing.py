"""trashing: the way back out of the trash, in the message itself: one click, for one post or for many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from accounts.models import User
from blog import publishing
from blog.errors import PublishingProblem

if TYPE_CHECKING:
    from blog.admin.desk import DeskAdmin

AT_ONCE = 200


def with_undo(request: HttpRequest, kind: str, said: str, post_ids: Sequence[int]) -> str:
    """The message with a button that takes it back."""
    given = {
        "said": said,
        "address": reverse(f"admin:blog_{kind}_undo"),
        "posts": ",".join(map(str, post_ids[:AT_ONCE])),
    }
    return render_to_string("admin/blog/parts/undo.html", given, request)


def undo(desk: DeskAdmin, request: HttpRequest) -> HttpResponse:
    """Restore what was just moved to the trash, by POST alone."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    assert isinstance(request.user, User)  # noqa: S101  # the desk let nobody else in
    numbers = request.POST.get("posts", "").split(",")[:AT_ONCE]
    wanted = [int(number) for number in numbers if number.isascii() and number.isdigit() and len(number) < 19]
    back: list[int] = []
    for post_id in desk.get_queryset(request).filter(pk__in=wanted).values_list("pk", flat=True):
        try:
            publishing.restore(post_id, request.user)
            back.append(post_id)
        except PublishingProblem as problem:
            desk.message_user(request, str(problem), messages.ERROR)
    if back:
        said = ngettext("%(number)s post is back.", "%(number)s posts are back.", len(back))
        desk.message_user(request, said % {"number": len(back)}, messages.SUCCESS)
    elif not wanted:
        desk.message_user(request, gettext("Nothing was named to be taken back."), messages.WARNING)
    return redirect(desk.address("change", back[0]) if len(back) == 1 else desk.address("changelist"))
