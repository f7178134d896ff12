"""commenting: the comments on a draft at the desk: a page of their own, and the same part beside the text by script."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from accounts.models import User
from blog import comments
from blog.admin.saving import user_of
from blog.errors import NotPossible, PublishingProblem
from blog.mailing import unsent_mail
from blog.models import Post
from blog.workingtext import paragraphs_of

if TYPE_CHECKING:
    from blog.admin.desk import DeskAdmin

SCRIPT = "X-Desk-Part"  # the header by which our module asks for the part alone
LONGEST_NUMBER = 9


def shown(post: Post) -> dict[str, Any]:
    """What the part shows of a post."""
    found = paragraphs_of(post)
    placed = comments.threads_of(post, found)
    return {
        "post": post,
        "open_threads": [one for one in placed if one.thread.resolved_at is None],
        "settled_threads": [one for one in placed if one.thread.resolved_at is not None],
        "paragraphs": found,
        "longest": comments.LONGEST,
    }


def page(desk: DeskAdmin, request: HttpRequest, post: Post) -> HttpResponse:
    """Read by GET, written by POST; a script that names itself gets the part instead of the page."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    by_script = SCRIPT in request.headers
    if request.method == "POST":
        said, worked = _done(request, post)
        if by_script:
            return _part(desk, request, post, said, status=200 if worked else 409)
        for sentence in said:
            desk.message_user(request, sentence, messages.SUCCESS if worked else messages.ERROR)
        return redirect(desk.address("comments", post.pk))
    if by_script:
        return _part(desk, request, post, [])
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Comments"),
        "subtitle": post.title,
        "opts": desk.opts,
        **shown(post),
    }
    return TemplateResponse(request, "admin/blog/comments.html", context)


def _part(
    desk: DeskAdmin, request: HttpRequest, post: Post, said: list[str], status: int = 200
) -> HttpResponse:
    context = shown(post) | {"said": said, "opts": desk.opts}
    return HttpResponse(render_to_string("admin/blog/parts/threads.html", context, request), status=status)


# -- what can be done --------------------------------------------------------------------------------


def _comment(post: Post, user: User, given: Any) -> str:
    comments.comment(post.pk, user, _number(given.get("paragraph")), given.get("text", ""))
    return _("Your comment stands.")


def _answer(post: Post, user: User, given: Any) -> str:
    comments.answer(_thread(post, given), user, given.get("text", ""))
    return _("Your answer stands.")


def _resolve(post: Post, user: User, given: Any) -> str:
    comments.resolve(_thread(post, given), user)
    return _("Settled.")


def _reopen(post: Post, user: User, given: Any) -> str:
    comments.reopen(_thread(post, given), user)
    return _("Open again.")


ACTS: dict[str, Callable[[Post, User, Any], str]] = {
    "comment": _comment,
    "answer": _answer,
    "resolve": _resolve,
    "reopen": _reopen,
}


def _done(request: HttpRequest, post: Post) -> tuple[list[str], bool]:
    """What is said of it, and whether it was done."""
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        return [_("Press one of the buttons.")], False
    try:
        with unsent_mail() as unsent:
            said = act(post, user_of(request), request.POST)
    except PublishingProblem as problem:
        return [str(problem)], False
    return [said, *unsent], True


def _number(text: str | None) -> int:
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else -1


def _thread(post: Post, given: Any) -> int:
    """One of this post's own: another's is not told apart from one that is gone."""
    number = _number(given.get("thread"))
    if not post.threads.filter(pk=number).exists():
        raise NotPossible(_("This comment is not there any more. Look at the page again."))
    return number
