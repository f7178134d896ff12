"""test_not_found: old addresses lead on, others are searched for; a failure is plain."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client

from blog import publishing
from blog.content import Content
from blog.models import Redirect
from blog.views.errors import words_of
from tests.factories import PostFactory, a_post

pytestmark = pytest.mark.django_db


def test_a_moved_post_is_followed(client: Client) -> None:
    post = a_post(title="Old name")
    publishing.save(post.pk, Content("Old name", body="Text.", slug="new-name"), None)
    response = client.get("/posts/old-name/")
    assert (response.status_code, response["Location"]) == (301, "/posts/new-name/")


def test_an_imported_address_is_followed_with_its_query(client: Client) -> None:
    post = a_post(title="Here")
    Redirect.objects.create(path="/?p=12", post=post)
    Redirect.objects.create(
        path="/2019/05/старое.html".replace("старое", "%D1%81%D1%82%D0%B0%D1%80%D0%BE%D0%B5"), post=post
    )
    assert client.get("/2019/05/%D1%81%D1%82%D0%B0%D1%80%D0%BE%D0%B5.html")["Location"] == "/posts/here/"
    assert client.get("/2019/05/старое.html?utm_source=x")["Location"] == "/posts/here/"


def test_an_address_that_led_to_a_post_now_hidden_leads_nowhere(client: Client) -> None:
    post = a_post(title="Secret", status="draft")
    Redirect.objects.create(path="/old/", post=post)
    response = client.get("/old/")
    assert response.status_code == 404
    assert "Secret" not in response.text


@pytest.mark.parametrize("target", ["//evil.example/", "/\\evil.example/"])
def test_no_redirect_leads_to_another_site_by_a_trick(client: Client, target: str) -> None:
    Redirect.objects.create(path="/trick/", address=target)
    assert client.get("/trick/").status_code == 404


def test_the_words_of_the_address_are_searched(client: Client) -> None:
    PostFactory(title="Routers and experts", body="All about routers.")
    PostFactory(title="Gardening", body="All about flowers.")
    response = client.get("/blog/2019/05/routers-experts.html")
    assert response.status_code == 404
    assert "Routers and experts" in response.text
    assert "Gardening" not in response.text
    assert 'value="routers experts"' in response.text
    assert '<meta name="robots" content="noindex">' in response.text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/posts/hello-big-world/", "hello big world"),
        ("/2019/05/07/", ""),
        ("/%D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82-%D0%BC%D0%B8%D1%80.html", "Привет мир"),
        ("/a/b/cc/", ""),
        ("/one-two-three-four-five-six-seven-eight/", "one two three four five six"),
        ("/same-same/same/", "same"),
        ("/%ff%fe%00word/", "word"),
        ("/?q=not-this", ""),
    ],
)
def test_an_address_has_words(path: str, words: str) -> None:
    assert words_of(path) == words


@pytest.mark.parametrize(
    "path",
    ["/favicon.png", "/wp-content/x.png", "/static/none.css", "/media/none.webp", "/x.env", "/feed.xml"],
)
def test_a_missing_file_gets_a_short_answer(
    client: Client, path: str, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    with django_assert_max_num_queries(1):
        response = client.get(path)
    assert response.status_code == 404
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert len(response.content) < 100


def test_hostile_addresses_cost_little(client: Client) -> None:
    for path in ("/" + "a-" * 2000, "/" + "(" * 900, "/" + "%26" * 300, "/'%22;DROP TABLE/"):
        assert client.get(path).status_code == 404


def test_a_failure_is_plain_and_asks_for_nothing() -> None:
    client = Client(raise_request_exception=False)
    with patch("blog.views.lists.show", side_effect=RuntimeError("secret detail /etc/passwd")):
        response = client.get("/")
    assert response.status_code == 500
    assert "This page could not be made" in response.text
    assert "secret detail" not in response.text
    assert "Traceback" not in response.text
    assert response["Cache-Control"] == "no-store"


def test_a_database_that_is_away_is_a_503() -> None:
    client = Client(raise_request_exception=False)
    with patch("blog.caching.version_now", side_effect=OperationalError("connection refused")):
        response = client.get("/")
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "The site is away for a moment" in response.text
    assert "connection refused" not in response.text


def test_a_failure_of_the_failure_page_still_answers() -> None:
    client = Client(raise_request_exception=False)
    with (
        patch("blog.views.lists.show", side_effect=RuntimeError),
        patch("blog.views.errors.render_to_string", side_effect=RuntimeError),
    ):
        response = client.get("/")
    assert response.status_code == 500
    assert "This page could not be made." in response.text
