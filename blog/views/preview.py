"""preview: one unpublished post for whoever holds its link, until the link ends; some links let their holders comment."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from accounts.models import Author
from blog import comments, preview, workingtext
from blog.content import Content, prepare
from blog.errors import PublishingProblem
from blog.models import Byline, Comment, Post, PreviewLink
from blog.navigation import navigation
from blog.querysets import PostQuerySet
from blog.versions import version_now
from blog.views.posts import for_page, show_post
from blog.views.rendering import show as show_page
from blog.writing import columns, new_bylines

LONGEST_NUMBER = 9
TRAP = "website"  # a field that people do not see and programs fill in


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Never kept by anyone, and no address that it leads to learns the link."""
    link = preview.opened(token)
    response = _ended(request) if link is None else _answer(request, link)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _ended(request: HttpRequest) -> HttpResponse:
    return show_page(
        "blog/link_ended.html", navigation(version_now()), path="/", title="", status=404, noindex=True
    )


def _answer(request: HttpRequest, link: PreviewLink) -> HttpResponse:
    post = get_object_or_404(for_page(PostQuerySet(Post)), pk=link.post_id)
    changes = workingtext.changed(post)
    if post.is_public and changes is None:
        return redirect(post)
    said: dict[str, Any] = {}
    if request.method == "POST":
        problem = _commented(request, link)
        if not problem:
            return redirect(f"{request.path}?said=1#comments")
        said = {"problem": problem, "given": request.POST}
    if changes is not None:
        _put_on(post, changes)
    response = show_post(post, navigation(version_now()), preview=link, **said, **_form(request, link, post))
    response.status_code = 409 if said else 200
    return response


def _put_on(post: Post, changes: Content) -> None:
    """Show the unpublished changes; nothing of it is saved."""
    for name, value in columns(prepare(changes)).items():
        setattr(post, name, value)
    rows = new_bylines(post, changes.bylines)
    people = Author.objects.in_bulk([row.author_id for row in rows])
    shown = Byline.objects.none()
    shown._result_cache = [row for row in rows if row.author_id in people]
    for row in shown:
        row.author = people[row.author_id]
    post._prefetched_objects_cache["bylines"] = shown  # type: ignore[attr-defined]


# -- comments ----------------------------------------------------------------------------------------


def _commented(request: HttpRequest, link: PreviewLink) -> str:
    """Why it was not taken; empty where it was. A program that fills in every field is told that it was."""
    given = request.POST
    if given.get(TRAP):
        return ""
    number = given.get("paragraph", "")
    known = number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
    try:
        comments.comment_from_outside(
            link, given.get("name", ""), int(number) if known else -1, given.get("text", "")
        )
    except PublishingProblem as problem:
        return str(problem)
    return ""


def _form(request: HttpRequest, link: PreviewLink, post: Post) -> dict[str, Any]:
    """What a reader who may comment needs: a token, the paragraphs, and what was said through this very link; the
    comments of others are not for outside."""
    if not link.may_comment:
        return {}
    own = Comment.objects.filter(link=link).select_related("thread").order_by("pk")
    return {
        "csrf_token": get_token(request),
        "paragraphs": workingtext.paragraphs_of(post),
        "own_comments": own[: comments.OF_A_LINK_EVER],
        "longest": comments.LONGEST,
        "trap": TRAP,
        "arrived": request.method != "POST" and request.GET.get("said") == "1",
    }
