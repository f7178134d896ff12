"""errors: an address that leads nowhere, and a page that could not be made."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import unquote

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.urls import is_valid_path
from django.utils.translation import gettext as _

from blog import links
from blog.formerways import ASKED_OF_HOME
from blog.navigation import navigation
from blog.search import search
from blog.versions import version_now
from blog.views.rendering import show

LONGEST = 300  # characters of an address that are looked at
MOST_WORDS = 6
SHOWN = 5
_WORD = re.compile(r"[^\W\d_]{3,}")
_PLAIN = re.compile(r"\.(?!html?$|php$|aspx?$)[a-z0-9]{1,8}$", re.IGNORECASE)  # a file, not a page
# Words that say where a page stands, not what it is about.
_STRUCTURE = frozenset(
    [
        "archive",
        "aspx",
        "author",
        "authors",
        "blog",
        "feed",
        "htm",
        "html",
        "index",
        "page",
        "pages",
        "php",
        "post",
        "posts",
        "preview",
        "search",
        "series",
        "tag",
        "tags",
        "www",
    ]
)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An old address leads on; of any other the words are searched, and what they find is listed."""
    path = request.get_full_path()
    if len(path) <= 1000 and (target := _target(path)):
        return HttpResponsePermanentRedirect(target)
    lacks_slash = not request.path.endswith("/") and is_valid_path(request.path_info + "/")
    if lacks_slash or _PLAIN.search(request.path) or len(path) > 1000:  # the middleware adds a missing slash
        return HttpResponse("Not found.\n", status=404, content_type="text/plain; charset=utf-8")
    question = words_of(path)
    found = search(question, page=1, size=SHOWN) if question else None
    response = show(
        "404.html",
        navigation(version_now()),
        path="/",
        title=_("Nothing at this address"),
        status=404,
        question=question,
        hits=found.results if found else (),
        noindex=True,
    )
    response["Cache-Control"] = "no-cache"
    return response


def _target(path: str) -> str | None:
    """Where an old address leads, by its path and query, else by its path alone."""
    target = links.follow(path) if path.startswith("/") else None
    return target if target and not target.startswith(("//", "/\\")) and target != path else None


P = ParamSpec("P")


def old_addresses_first(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Before the front page: "/?p=12" was a page of its own where this blog stood before."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        path = request.get_full_path()
        if (
            any(name in request.GET for name in ASKED_OF_HOME)
            and len(path) <= 1000
            and (target := _target(path))
        ):
            return HttpResponsePermanentRedirect(target)
        return view(request, *args, **kwargs)

    return answer


def words_of(path: str) -> str:
    """The words of an address, as someone would search for them."""
    words = _WORD.findall(unquote(path.split("?")[0][:LONGEST], errors="ignore"))
    chosen = [word for word in dict.fromkeys(words) if word.lower() not in _STRUCTURE]
    return " ".join(chosen[:MOST_WORDS])


def failed(request: HttpRequest) -> HttpResponse:
    """No database, no context: whatever went wrong must not go wrong again here."""
    away = isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))
    try:
        html: str = render_to_string("500.html", {"away": away})
    except Exception:  # a template or a file of ours is missing: that may be the very problem
        html = "<!doctype html><title>Error</title><h1>This page could not be made.</h1><p>Try again in a minute."
    response = HttpResponse(html, status=503 if away else 500)
    response["Cache-Control"] = "no-store"
    if away:
        response["Retry-After"] = "5"
    return response
