"""test_failures_tell_nothing: whatever breaks, readers see a plain page: no path, no statement, no setting, no traceback."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation, TooManyFieldsSent
from django.db import (
    DataError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    connection,
)
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.test import Client

from tests.factories import PostFactory
from tests.security.reading import harms, said

pytestmark = pytest.mark.django_db

SECRET = "SELECT password FROM accounts_user -- /srv/masthead/blog/views.py postgres://user:pw@db/x <script>"
TELLING = re.compile(
    r"traceback|\.py\b|/srv/|/work/|site-packages|SELECT |accounts_user|postgres://|SECRET_KEY|DATABASE_URL|sqlite3?\b"
    r"|django\.|Exception|Error at|line \d+|settings|INSTALLED_APPS|environ|python/",
    re.IGNORECASE,
)
PATHS = (
    "/",
    "/posts/a-post/",
    "/posts/a-post.md",
    "/tags/",
    "/archive/",
    "/feed.rss",
    "/feed.json",
    "/sitemap.xml",
    "/search/?q=post",
    "/preview/x/",
)
PROBLEMS: tuple[Exception, ...] = (
    RuntimeError(SECRET),
    KeyError("SECRET_KEY"),
    RecursionError(SECRET),
    MemoryError(),
    UnicodeDecodeError("utf-8", b"\xff", 0, 1, SECRET),
    OSError(28, SECRET, "/srv/masthead/media"),
    TemplateSyntaxError(SECRET),
    TemplateDoesNotExist("/srv/masthead/x.html"),
    ProgrammingError(SECRET),
    DataError(SECRET),
    IntegrityError(SECRET),
    SuspiciousOperation(SECRET),
    TooManyFieldsSent(SECRET),
    PermissionDenied(SECRET),
)
AWAY: tuple[Exception, ...] = (OperationalError(SECRET), InterfaceError(SECRET))


@pytest.fixture
def reader() -> Client:
    assert settings.DEBUG is False
    PostFactory(title="A post", tags=["x"])
    return Client(raise_request_exception=False)


def _plain(answer: Any) -> None:
    text = said(answer)
    assert TELLING.search(answer.text) is None, answer.text
    assert "<script>" not in text
    assert harms(answer.text) == []
    assert "X-Content-Type-Options" in answer.headers
    assert "ETag" not in answer.headers


def _broken(problem: Exception) -> Callable[..., Any]:
    def fail(*args: Any, **kwargs: Any) -> Any:
        raise problem

    return fail


PLACES = (
    "blog.caching.version_now",
    "blog.views.rendering.render_to_string",
    "blog.querysets.is_public",
    "blog.addresses.absolute",
)


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: type(problem).__name__)
@pytest.mark.parametrize("place", PLACES)
def test_a_failure_anywhere(
    reader: Client, monkeypatch: pytest.MonkeyPatch, place: str, problem: Exception
) -> None:
    monkeypatch.setattr(place, _broken(problem))
    statuses = set()
    for path in PATHS:
        answer = reader.get(path)
        statuses.add(answer.status_code)
        if answer.status_code not in (200, 301):
            _plain(answer)
    wanted = {PermissionDenied: 403, SuspiciousOperation: 400, TooManyFieldsSent: 400}
    if (
        place != "blog.addresses.absolute"
    ):  # imported by name where it is used: there only what asks late breaks
        assert wanted.get(type(problem), 500) in statuses


@pytest.mark.parametrize("problem", AWAY, ids=lambda problem: type(problem).__name__)
def test_a_database_that_is_away(reader: Client, problem: Exception) -> None:
    with connection.execute_wrapper(_broken(problem)):
        for path in (*PATHS, "/nothing/here/"):
            answer = reader.get(path)
            assert answer.status_code == 503, path
            assert answer["Retry-After"] == "5"
            assert answer["Cache-Control"] == "no-store"
            _plain(answer)
        ready = reader.get("/readyz")
        assert ready.status_code == 503
        assert TELLING.search(ready.text) is None
        assert reader.get("/livez").status_code == 200


@pytest.mark.parametrize(
    "problem", [ProgrammingError(SECRET), DataError(SECRET), RuntimeError(SECRET)], ids=repr
)
def test_a_statement_that_fails(reader: Client, problem: Exception) -> None:
    with connection.execute_wrapper(_broken(problem)):
        for path in (*PATHS, "/nothing/here/", "/admin/login/"):
            answer = reader.get(path)
            if answer.status_code != 200:
                assert answer.status_code == 500, path
                _plain(answer)


def test_a_failure_in_the_failure_page(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("blog.views.lists.show", _broken(RuntimeError(SECRET)))
    monkeypatch.setattr("blog.views.errors.render_to_string", _broken(TemplateDoesNotExist("500.html")))
    answer = reader.get("/")
    assert answer.status_code == 500
    _plain(answer)


def test_a_failure_is_kept_by_nobody(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("blog.views.lists.show", _broken(RuntimeError(SECRET)))
        answer = reader.get("/")
        assert (answer.status_code, answer["Cache-Control"]) == (500, "no-store")
    assert reader.get("/").status_code == 200


def test_a_refused_host_is_told_nothing(reader: Client) -> None:
    answer: Any = reader.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert TELLING.search(answer.text) is None
    assert "ALLOWED_HOSTS" not in answer.text
