"""test_kept_pages: a public page is made once a version of the site, is the same for everyone, and never writes."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog import caching, publishing
from blog.content import Content
from blog.models import Post
from blog.versions import Version
from tests.factories import UserFactory, a_post, many_posts

pytestmark = pytest.mark.django_db

Counting = Callable[[int], AbstractContextManager[object]]
PAGES = (
    "/",
    "/posts/first/",
    "/posts/first.md",
    "/tags/",
    "/archive/",
    "/feed.rss",
    "/feed.json",
    "/sitemap.xml",
)


@pytest.fixture
def post() -> Post:
    return a_post(title="First", tags=["one"])


@pytest.mark.parametrize("address", PAGES)
def test_the_second_reading_asks_for_the_version_alone(
    client: Client, post: Post, django_assert_num_queries: Counting, address: str
) -> None:
    first = client.get(address)
    with django_assert_num_queries(1):
        again = client.get(address)
    assert again.content == first.content
    assert again.headers["Content-Type"] == first.headers["Content-Type"]


@pytest.mark.parametrize("address", PAGES)
def test_what_the_reader_has_already_is_not_sent_again(client: Client, post: Post, address: str) -> None:
    etag = client.get(address)["ETag"]
    assert etag.startswith('W/"')
    answer = client.get(address, headers={"if-none-match": f'"other", {etag}'})
    assert answer.status_code == 304
    assert answer.content == b""
    assert answer["ETag"] == etag
    assert answer["Cache-Control"] == "public, max-age=5"
    assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_reading_never_writes(client: Client, post: Post, address: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
        client.get(address)
    said = [query["sql"].lstrip(" (\n").split()[0].upper() for query in queries]
    assert set(said) <= {"SELECT"}


@pytest.mark.parametrize("address", PAGES)
def test_everyone_gets_the_same_bytes(client: Client, post: Post, address: str) -> None:
    anonymous = client.get(address)
    caches["pages"].clear()
    signed_in = Client()
    signed_in.force_login(UserFactory(role="editor"), "django.contrib.auth.backends.ModelBackend")
    seen = signed_in.get(address)
    assert seen.content == anonymous.content
    assert "Cookie" not in seen["Vary"]
    assert seen["Vary"] == anonymous["Vary"]
    assert not seen.cookies
    assert not anonymous.cookies
    assert "csrf" not in anonymous.text.lower()


def test_a_publication_is_seen_at_once(client: Client, post: Post) -> None:
    before = client.get("/")
    a_post(title="Second")
    after = client.get("/")
    assert "Second" not in before.text
    assert "Second" in after.text
    assert after["ETag"] != before["ETag"]
    assert client.get("/", headers={"if-none-match": before["ETag"]}).status_code == 200


def test_an_edit_and_a_withdrawal_are_seen_at_once(client: Client, post: Post) -> None:
    assert "First" in client.get("/").text
    publishing.save(post.pk, Content("Firstly", body="Another text.", slug="first"), None)
    assert "Another text." in client.get("/posts/first/").text
    publishing.withdraw(post.pk, None)
    assert "Firstly" not in client.get("/").text
    assert client.get("/posts/first/").status_code == 404


def test_parameters_that_no_page_knows_change_nothing(
    client: Client, post: Post, django_assert_num_queries: Counting
) -> None:
    plain = client.get("/")
    with django_assert_num_queries(1):
        assert client.get("/?utm_source=mail&fbclid=" + "x" * 3000).content == plain.content


def test_pages_of_a_list_are_kept_apart(client: Client) -> None:
    many_posts(25)
    assert client.get("/").content != client.get("/?page=2").content
    assert client.get("/").content == client.get("/?page=1&page=1").content


def test_a_compressed_copy_is_made_once(client: Client, post: Post) -> None:
    plain = client.get("/").content
    with patch("blog.caching.gzip.compress", wraps=gzip.compress) as compress:
        for _ in range(3):
            answer = client.get("/", headers={"accept-encoding": "br, gzip;q=0.5"})
            assert answer["Content-Encoding"] == "gzip"
            assert gzip.decompress(answer.content) == plain
            assert answer["Content-Length"] == str(len(answer.content))
    assert compress.call_count == 1
    assert answer["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in client.get("/").headers


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("gzip", True),
        ("deflate, gzip;q=1.0", True),
        ("gzip;q=0.001", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0, br", False),
        ("br", False),
        ("x-gzipped", False),
        ("", False),
    ],
)
def test_compression_is_negotiated(accepted: str, takes: bool) -> None:
    assert caching.takes_gzip(RequestFactory().get("/", headers={"accept-encoding": accepted})) is takes


def test_head_says_what_get_says_without_the_body(client: Client, post: Post) -> None:
    got, asked = client.get("/"), client.head("/")
    assert asked.content == b""
    for name in ("ETag", "Content-Type", "Content-Length", "Cache-Control"):
        assert asked[name] == got[name]


def test_what_is_no_page_is_not_kept(client: Client, post: Post, django_assert_num_queries: Counting) -> None:
    assert client.get("/posts/later/").status_code == 404
    a_post(title="Later")
    assert client.get("/posts/later/").status_code == 200


def test_a_failure_is_not_kept(post: Post) -> None:
    client = Client(raise_request_exception=False)
    with patch("blog.views.lists._dated_first", side_effect=RuntimeError("broken")):
        assert client.get("/").status_code == 500
    assert client.get("/").status_code == 200


def test_pages_are_served_while_the_shared_memory_is_down(client: Client, post: Post, caplog: Any) -> None:
    class Down:
        def __getattr__(self, name: str) -> Any:
            raise ConnectionError("no cache here")

    with patch.object(caching, "caches", {"pages": Down()}):
        assert client.get("/").status_code == 200
    assert "The page cache did not answer" in caplog.text


def test_a_page_is_fresh_for_five_seconds_or_until_the_next_moment(
    client: Client, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    assert client.get("/")["Cache-Control"] == "public, max-age=5"
    a_post(title="Soon", published_at=now + timedelta(seconds=60))
    leaving = a_post(title="Leaving", withdraw_at=now + timedelta(seconds=90))
    for seconds, fresh in ((50, 5), (57.5, 2), (59.5, 0), (61, 5), (88.2, 1), (91, 5)):
        monkeypatch.setattr(timezone, "now", lambda at=seconds: now + timedelta(seconds=at))
        assert client.get("/")["Cache-Control"] == f"public, max-age={fresh}", seconds
    assert leaving.withdraw_at


def test_many_who_ask_at_once_have_it_made_once() -> None:
    """Ten threads at one page that takes a while; the version is given, so that none needs the database."""
    made: list[int] = []

    @caching.kept()
    def page(request: HttpRequest, version: Version) -> HttpResponse:
        made.append(1)
        time.sleep(0.05)
        return HttpResponse("x" * 1000)

    version = patch.object(caching, "version_now", lambda: Version("1.0", None))
    with version, ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(lambda _: page(RequestFactory().get("/slow/")), range(10)))
    assert {answer.content for answer in answers} == {b"x" * 1000}
    assert len(made) == 1
