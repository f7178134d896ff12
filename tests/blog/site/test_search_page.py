"""test_search_page: a question gets its answer, whatever it is."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.factories import PostFactory, many_posts
from tests.work import grows_no_faster_than_linear

pytestmark = pytest.mark.django_db


def test_what_is_found_is_shown_with_the_place(client: Client) -> None:
    PostFactory(title="On routers", body="A router sends packets <here> & there.", authors=["Anna"])
    text = client.get("/search/?q=router").text
    assert re.search(r'<a href="/posts/on-routers/">On routers</a>', text)
    assert "<mark>router</mark>" in text
    assert "&lt;here&gt;" in text or "&amp; there" in text
    assert 'value="router"' in text
    assert "1 post for “router”" in text


def test_nothing_found_says_what_to_do(client: Client) -> None:
    text = client.get("/search/?q=zebra").text
    assert "Nothing was found for “zebra”" in text
    assert "Try fewer or other words" in text


def test_no_question_explains(client: Client) -> None:
    assert "Titles, texts, names and tags are searched" in client.get("/search/?q=+%00").text


@pytest.mark.parametrize(
    "question",
    [
        'электроплейтинг OR "unclosed AND ( * -',
        "' OR 1=1 --",
        "\x00\x01\u202e",
        '"""""',
        "-",
        "* : ^ ~ NEAR(",
        "<script>alert(1)</script>",
        "\ud83d\ude00 😀",
    ],
)
def test_a_hostile_question_is_answered(client: Client, question: str) -> None:
    PostFactory(title="Something")
    response = client.get(
        "/search/", {"q": question.encode("utf-8", "surrogatepass").decode("utf-8", "replace")}
    )
    assert response.status_code == 200
    assert "<script>alert" not in response.text


@pytest.mark.parametrize("sign", ["(", "&", "<", '"', "/", "а\u0301", "word "])
def test_an_endless_question_takes_linear_work(client: Client, sign: str) -> None:
    PostFactory(title="Something")

    def ask(question: str) -> None:
        assert client.get("/search/", {"q": question}).status_code == 200

    grows_no_faster_than_linear(ask, lambda size: sign * size, small=3_000, large=30_000)


def test_it_is_kept_by_nobody_and_listed_by_no_engine(client: Client) -> None:
    response = client.get("/search/?q=x")
    assert response["Cache-Control"] == "no-cache"
    assert '<meta name="robots" content="noindex">' in response.text
    assert not response.cookies


def test_pages_of_answers_keep_the_question(client: Client) -> None:
    many_posts(45)
    text = client.get("/search/?q=many+paragraph").text
    assert '<a class="older" rel="next" href="/search/?q=many+paragraph&amp;page=2">' in text
    second = client.get("/search/?q=many+paragraph&page=2").text
    assert 'href="/search/?q=many+paragraph&amp;page=1"' in second


def test_what_was_likely_meant_is_shown_and_can_be_refused(client: Client) -> None:
    PostFactory(title="On lighthouses")
    text = client.get("/search/?q=lighthuoses").text
    assert "Nothing for “lighthuoses”; showing “lighthouses”." in text
    assert '<a href="/search/?q=lighthuoses&amp;exact=1">Search for “lighthuoses” all the same</a>' in text
    assert "1 post for “lighthouses”" in text
    insisted = client.get("/search/?q=lighthuoses&exact=1").text
    assert "Nothing was found for “lighthuoses”" in insisted
    assert "On lighthouses" not in insisted


def test_the_beginning_of_a_word_is_said_to_be_one(client: Client) -> None:
    PostFactory(title="On lighthouses")
    assert "showing words that begin like “lighth”" in client.get("/search/?q=lighth").text


def test_a_minus_alone_is_told_to_be_no_question(client: Client) -> None:
    assert "A minus only leaves words out" in client.get("/search/?q=-word").text
