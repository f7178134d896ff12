"""search: a question and what answers it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from blog.listings import page_number
from blog.navigation import navigation
from blog.search import search
from blog.versions import version_now
from blog.views.rendering import paging, show

LONGEST = 200  # characters of a question
A_PAGE = 20
LAST = 50  # page; nobody reads on, and each costs more than the one before


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Not kept: there are as many of these pages as questions."""
    question = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST]
    number = min(page_number(request), LAST)
    around = navigation(version_now())
    found = search(question, page=number, size=A_PAGE) if question else None
    path = reverse("search")
    leading = paging(path, number, bool(found and found.has_next and number < LAST))
    for name in ("newer", "older"):
        to = number - 1 if name == "newer" else number + 1
        leading[name] = leading[name] and f"{path}?{urlencode({'q': question, 'page': to})}"
    response = show(
        "blog/search.html",
        around,
        path=path,
        title=_("Search: %(question)s") % {"question": question} if question else _("Search"),
        question=question,
        found=found,
        noindex=True,
        **leading,
    )
    response["Cache-Control"] = "no-cache"
    return response
