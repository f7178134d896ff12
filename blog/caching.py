"""caching: keep public pages until something is published."""

from __future__ import annotations

import gzip
import hashlib
import logging
import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from blog import speaking
from blog.versions import Version, release, version_now

BUDGET = 48 * 1024 * 1024  # bytes of kept pages a process
KEPT = 3600  # seconds; a page of an older version is never asked for again
LONGEST = 100  # characters of a parameter
WORTH_COMPRESSING = 500  # bytes
READING = ("GET", "HEAD")

log = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")


class PageMemory(LocMemCache):
    """Local memory with a budget in bytes: a count of entries would let one crawler with long pages take all there is."""

    _cache: OrderedDict[str, bytes]

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(name, {**params, "OPTIONS": {"MAX_ENTRIES": 100_000}})
        self._bytes = sum(len(value) for value in self._cache.values())

    def _set(self, key: str, value: bytes, timeout: Any = None) -> None:
        self._bytes += len(value) - len(self._cache.get(key, b""))
        super()._set(key, value, timeout)  # type: ignore[misc]
        while self._bytes > BUDGET and self._cache:
            oldest = next(reversed(self._cache))
            self._delete(oldest)

    def _delete(self, key: str) -> bool:
        self._bytes -= len(self._cache.get(key, b""))
        return bool(super()._delete(key))  # type: ignore[misc]

    def clear(self) -> None:
        super().clear()
        self._bytes = 0


# -- remembering -----------------------------------------------------------------------------------


def _get(key: str) -> Any:
    try:
        return caches["pages"].get(key)
    except Exception as problem:  # whatever a shared cache's client raises: pages are served without it
        log.warning("The page cache did not answer: %s", problem)
        return None


def _set(key: str, value: Any) -> None:
    try:
        caches["pages"].set(key, value, KEPT)
    except Exception as problem:
        log.warning("The page cache took nothing: %s", problem)


def _key(*parts: str) -> str:
    return hashlib.blake2b("\0".join((release(), *parts)).encode(), digest_size=16).hexdigest()


def remembered(name: str, version: Version, make: Callable[[], T]) -> T:
    """What `make` gives, made once a version of the site."""
    key = _key("remembered", name, version.name)
    found: T | None = _get(key)
    if found is None:
        found = make()
        _set(key, found)
    return found


# -- keeping pages ---------------------------------------------------------------------------------

Kept = tuple[bytes, dict[str, str]]
_making = [threading.Lock() for _ in range(64)]  # a page asked for by many at once is made once, not by each


def kept(
    *known: str,
    keep: bool = True,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Version, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, P], HttpResponse],
]:
    """A public page, the same bytes for everyone: kept by address, the `known` parameters and the site's version.

    Without `keep` it is made for each who does not have it, as pages are of which there are as many as questions.
    The view is given the version. It touches no session, user or CSRF token; other parameters than `known` do not exist for it.
    """

    def decorate(
        view: Callable[Concatenate[HttpRequest, Version, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in READING:
                return _no_other_method(request)
            version = version_now()
            key = _key(request.path, *_parameters(request, known), version.name)
            etag = f'W/"{key}"'
            if not settings.DEBUG and _has_it_already(request, etag, version):
                return _marked(HttpResponseNotModified(), etag, version)

            def make() -> HttpResponse:
                # Under /ru/ the words around are Russian, elsewhere the site's: a matter of the address alone
                with speaking.around(cast("str | None", kwargs.get("language"))):
                    return view(request, version, *args, **kwargs)

            zipped = takes_gzip(request)
            made = _find_or_make(key, zipped, make) if keep else _made(zipped, make)
            if isinstance(made, HttpResponse):
                return made
            body, headers = made
            return _marked(HttpResponse(body, headers=headers), etag, version)

        return answer

    return decorate


def _has_it_already(request: HttpRequest, etag: str, version: Version) -> bool:
    """What a reader holds is judged by its ETag, by its moment only where they send none (RFC 9110, 13.1.3)."""
    if "HTTP_IF_NONE_MATCH" in request.META:
        return etag in parse_etags(request.META["HTTP_IF_NONE_MATCH"])
    since = parse_http_date_safe(request.META.get("HTTP_IF_MODIFIED_SINCE", ""))
    return since is not None and version.changed is not None and version.changed.timestamp() <= since


def _no_other_method(request: HttpRequest) -> HttpResponse:
    status = 204 if request.method == "OPTIONS" else 405
    return HttpResponse(status=status, headers={"Allow": "GET, HEAD, OPTIONS"})


def _parameters(request: HttpRequest, known: tuple[str, ...]) -> list[str]:
    given = [f"{name}={request.GET[name]}" for name in known if name in request.GET]
    if any(len(request.GET[name]) > LONGEST for name in known if name in request.GET):
        raise Http404("No page has an address like this.")
    return given


def takes_gzip(request: HttpRequest) -> bool:
    accepted = str(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    return bool(re.search(r"(?:^|[\s,])gzip\s*(?:;(?!\s*q=0(?:\.0*)?\s*(?:,|$))|,|$)", accepted))


def _find_or_make(key: str, zipped: bool, make: Callable[[], HttpResponse]) -> Kept | HttpResponse:
    """The kept copy in the form that is wanted, or what `make` gave where that is not to be kept."""
    if settings.DEBUG:
        return make()
    wanted = key + ".gz" if zipped else key
    found: Kept | None = _get(wanted)
    if found is not None:
        return found
    lock = _making[int(key[:4], 16) % len(_making)]
    waited = lock.acquire(timeout=5)
    try:
        found = _get(wanted)
        if found is None:
            plain: Kept | None = _get(key) if zipped else None
            if plain is None:
                response = make()
                if response.status_code != 200:
                    return response
                plain = response.content, dict(response.headers)
                _set(key, plain)
            found = _compressed(plain) if zipped else plain
            if zipped:
                _set(wanted, found)
        return found
    finally:
        if waited:
            lock.release()


def _made(zipped: bool, make: Callable[[], HttpResponse]) -> Kept | HttpResponse:
    response = make()
    if settings.DEBUG or response.status_code != 200:
        return response
    plain = response.content, dict(response.headers)
    return _compressed(plain) if zipped else plain


def _compressed(plain: Kept) -> Kept:
    body, headers = plain
    if len(body) < WORTH_COMPRESSING:
        return plain
    return gzip.compress(body, 6, mtime=0), headers | {"Content-Encoding": "gzip"}


def _marked(response: HttpResponse, etag: str, version: Version) -> HttpResponse:
    response["ETag"] = etag
    if version.changed is not None:
        response["Last-Modified"] = http_date(version.changed.timestamp())
    response["Cache-Control"] = f"public, max-age={version.fresh}"
    response["Vary"] = "Accept-Encoding"
    return response
