"""test_log_lines: nobody writes a line of our log by what they ask for, and no secret stands in one."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.utils.module_loading import import_string

from tests.factories import PostFactory, a_user
from tests.importer.documents import command, item, rss, written

pytestmark = pytest.mark.django_db

FORGED = "2026-01-01 00:00:00,000 CRITICAL forged the site was taken over"
# As they would stand in a request line.
PATHS = (
    f"/x%0d%0a{FORGED}/",
    f"/x%0a{FORGED}",
    f"/x%0d{FORGED}/",
    f"/posts/x%0b{FORGED}/",
    f"/x%c2%85{FORGED}/",
    f"/x%e2%80%a8{FORGED}/",
    f"/x%1b[2J%1b]0;{FORGED}%07/",
    f"/preview/x%0a{FORGED}/",
    f"/welcome/x%0a{FORGED}/",
    f"/media/x%0a{FORGED}.webp",
    f"/static/x%0a{FORGED}.css",
    f"/admin/x%0a{FORGED}/",
    "/%s%d%(x)s{0}/",
)


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What our own handler writes, in our own form."""
    logging_told: Any = settings.LOGGING
    given = logging_told["formatters"]["line"]
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    handler.setFormatter(import_string(given["class"])(given["format"], style=given["style"]))
    handler.setLevel(logging.DEBUG)
    names = ("", "django", "django.request", "django.security", "axes", "blog.caching")
    loggers = [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    loggers[0].addHandler(handler)
    yield heard
    loggers[0].removeHandler(handler)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def _asked(path: str, **headers: str) -> Any:
    decoded = unquote_to_bytes(path.replace(" ", "%20")).decode("latin-1")
    request = RequestFactory().generic("GET", "/", PATH_INFO=decoded, headers=headers)
    handler = ClientHandler()
    handler.load_middleware()
    return handler.get_response(request)


def _begins_a_line(text: str) -> bool:
    return any(line.startswith("2026-01-01") for line in text.splitlines())


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_leads_nowhere(lines: io.StringIO, path: str) -> None:
    answer = _asked(path)
    assert answer.status_code in (301, 302, 400, 404)
    assert not _begins_a_line(lines.getvalue())
    assert "\x1b" not in lines.getvalue()
    assert "\r" not in str(answer.headers.get("Location", ""))


@pytest.mark.parametrize("path", PATHS)
def test_a_path_at_which_something_breaks(
    lines: io.StringIO, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def fail(*args: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("blog.views.errors.navigation", fail)
    monkeypatch.setattr("blog.views.errors.links.follow", fail)
    answer = _asked(path)
    assert answer.status_code != 500 or "Internal Server Error" in lines.getvalue()
    assert not _begins_a_line(lines.getvalue())
    assert "\x1b" not in lines.getvalue()


def test_a_traceback_that_quotes_what_someone_sent(
    lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a database does of a value that it holds already."""

    def fail(*args: Any) -> None:
        raise RuntimeError(f"Key (slug)=(x\n{FORGED}\r\n\u2028{FORGED}\x1b[2J) already exists.")

    monkeypatch.setattr("blog.views.lists.show", fail)
    PostFactory()
    assert Client(raise_request_exception=False).get("/tags/x/").status_code == 404
    assert Client(raise_request_exception=False).get("/").status_code == 500
    assert "Traceback (most recent call last)" in lines.getvalue()
    assert not _begins_a_line(lines.getvalue())
    assert "\x1b" not in lines.getvalue()


@pytest.mark.parametrize(
    "name", ["host", "referer", "user-agent", "x-forwarded-for", "cookie", "accept-encoding"]
)
def test_a_header(lines: io.StringIO, name: str) -> None:
    for value in (f"x\r\n{FORGED}", f"x\n{FORGED}", f"x\x1b[2J{FORGED}"):
        _asked("/nothing/here/", **{name: value})
    assert not _begins_a_line(lines.getvalue())
    assert "\x1b" not in lines.getvalue()


def test_a_name_tried_at_the_door(lines: io.StringIO) -> None:
    user = a_user(role="author")
    for name in (f"x\r\n{FORGED}", f"\x1b[2J{FORGED}", user.username):
        for _ in range(11):
            Client().post("/admin/login/", {"username": name, "password": "the wrong pass phrase"})
    text = lines.getvalue()
    assert "forged" in text
    assert not _begins_a_line(text)
    assert "\x1b" not in text
    assert "the wrong pass phrase" not in text


def test_titles_with_line_ends_get_into_no_header(client: Client) -> None:
    PostFactory(title=f"A\r\nSet-Cookie: stolen=1\r\n\r\n{FORGED}", slug="a\r\nb", tags=["x\r\ny"])
    for path in ("/", "/posts/a-b/", "/posts/a-b.md", "/tags/x-y/", "/feed.rss", "/feed.json"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "stolen" not in str(answer.headers), path
        assert not answer.cookies


def test_what_a_feed_says_forges_no_line_of_an_import(tmp_path: Path) -> None:
    """Titles and ids stand in what the command tells the operator: one line each, and nothing that moves a terminal."""
    hostile = f"A title&#13;&#10;{FORGED}&#10;\u009b31m\u202e\u2028{FORGED}"
    feed = rss(
        item(1).replace("Post 1", hostile),
        item(2).replace("Post 2", hostile).replace("https://blog.example/2", f"not an address&#10;{FORGED}"),
        item(3, description=hostile).replace("<pubDate>Mon, 01 Jan", f"<pubDate>{hostile}"),
        title=hostile,
    )
    ended = command(written(tmp_path, feed.removesuffix("</channel></rss>") + "<item><title>" + hostile))
    for told in (ended.out, ended.err):
        assert not _begins_a_line(told)
        assert not any(sign in told for sign in ("\x1b", "\u009b", "\u2028", "\u202e"))


def test_the_name_of_a_source_forges_no_line_of_an_import(tmp_path: Path) -> None:
    for name in (f"x\n{FORGED}.xml", f"x\x1b[2J{FORGED}.xml", f"missing\r\n{FORGED}"):
        if not name.startswith("missing"):
            written(tmp_path, rss(item(1)), name)
        ended = command(str(tmp_path / name))
        for told in (ended.out, ended.err):
            assert not _begins_a_line(told)
            assert "\x1b" not in told
