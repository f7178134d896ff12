"""speaking: in which of our languages a page's own words are: its user's at the desk, the list's or the post's for readers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

DESK = "/admin/"


def fitting(code: str | None) -> str:
    """The language whose words stand best around a text in `code`: its own where we have words in it, else the site's."""
    main = (code or "").lower().split("-")[0]
    return main if main in dict(settings.LANGUAGES) else str(settings.LANGUAGE_CODE)


def around(code: str | None) -> AbstractContextManager[None]:
    """Words around a text in `code`; without one, the site's. Neither cookie nor browser has a say in what readers get."""
    return translation.override(fitting(code))


def current() -> str:
    """The language that words are in just now, as `lang` writes it."""
    return translation.get_language() or str(settings.LANGUAGE_CODE)


def at_the_desk(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the desk, and nothing else, speaks the language of whoever sits at it."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(DESK):
            return get_response(request)
        with translation.override(_wanted(request)):
            response = get_response(request)
            response.headers.setdefault("Content-Language", current())
        patch_vary_headers(response, ["Accept-Language"])
        return response

    return answer


def _wanted(request: HttpRequest) -> str:
    """What the user chose, else what the browser asks for, else the site's."""
    chosen = getattr(request.user, "language", "")
    return chosen if chosen in dict(settings.LANGUAGES) else translation.get_language_from_request(request)
