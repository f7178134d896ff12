"""respond: the form in which a reader comments on a post; a page of its own, never kept, so that kept pages need no token."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blog import responding, responses, speaking
from blog.askers import too_many
from blog.errors import PublishingProblem
from blog.models import Post, Response
from blog.navigation import navigation
from blog.versions import version_now
from blog.views.rendering import show

TRAP = "website"  # a field that people do not see and programs fill in
LONGEST_NUMBER = 18  # digits
KEPT_IN_THE_FORM = 20_000  # characters of a text that was refused


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, slug: str) -> HttpResponse:
    """Whoever may read the post may write, as long as it takes comments."""
    found = get_object_or_404(Post.objects.published().defer("body", "html", "feed_html"), slug=slug)
    with speaking.around(found.language):
        answer = _answer(request, found)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _answer(request: HttpRequest, post: Post) -> HttpResponse:
    if request.method != "POST":
        if request.GET.get("sent") == "1":
            return _page(post, sent=True)
        return _page(post, **_form(request, _answered(post, request.GET.get("to", ""))))
    given = request.POST
    to = given.get("to", "")
    problem, status = _said(request, post, to)
    if not problem:
        return HttpResponseRedirect(f"{reverse('respond', args=[post.slug])}?sent=1", status=303)
    kept = {name: given.get(name, "")[:KEPT_IN_THE_FORM] for name in ("name", "email", "text")}
    shown = _page(post, problem=problem, given=kept, **_form(request, _answered(post, to)))
    shown.status_code = status
    return shown


def _said(request: HttpRequest, post: Post, to: str) -> tuple[str, int]:
    """Why it was not taken, and the status to say it with; empty where it was. A program that fills in every field is told
    that it was."""
    given = request.POST
    if given.get(TRAP):
        return "", 303
    if too_many(str(request.META.get("REMOTE_ADDR", ""))):
        return _("That is a lot of comments for one day. Go on tomorrow."), 429
    try:
        number = _number(to) if to else None
        responses.respond(
            post.pk, given.get("name", ""), given.get("email", ""), given.get("text", ""), to=number
        )
    except PublishingProblem as problem:
        return str(problem), 409
    return "", 303


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0


def _answered(post: Post, to: str) -> Response | None:
    """What is shown as answered; another post's, or one that is not shown, is none."""
    return responses.answerable(responding.root_of(post)).filter(pk=_number(to)).first() if to else None


def _form(request: HttpRequest, to: Response | None) -> dict[str, Any]:
    return {"csrf_token": get_token(request), "to": to, "longest": responses.LONGEST, "trap": TRAP}


def _page(post: Post, **context: Any) -> HttpResponse:
    return show(
        "blog/respond.html",
        navigation(version_now()),
        speaks=post.language,
        path=reverse("respond", args=[post.slug]),
        title=_("Write a comment"),
        post=post,
        closed=not responding.is_open(post),
        noindex=True,
        **context,
    )
