"""test_search_feed: a question's answers as a feed: the very words, newest first, nothing private, asked for cheaply."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from tests.factories import a_post, many_posts

pytestmark = pytest.mark.django_db

SITE = "https://masthead.example"


def titles(client: Client, query: str) -> list[str]:
    return [item["title"] for item in client.get(f"/search/feed.json?{query}").json()["items"]]


def test_it_holds_what_answers_the_newest_first(client: Client) -> None:
    for year, title in ((2024, "A lighthouse"), (2026, "Two lighthouses"), (2025, "Harbour")):
        a_post(title=title, published_at=datetime(year, 5, 1, tzinfo=UTC))
    assert titles(client, "q=lighthouse") == ["Two lighthouses", "A lighthouse"]
    assert titles(client, "q=lighthouse&year=2024") == ["A lighthouse"]
    assert titles(client, "q=nothing+of+the+kind") == []


def test_it_says_what_it_answers_and_where(client: Client) -> None:
    a_post(title="A lighthouse", body="Lamp & lens.")
    feed = client.get("/search/feed.json?q=lamp+%26+lens").json()
    assert feed["title"] == "Search: lamp & lens · Masthead"
    assert feed["home_page_url"] == f"{SITE}/search/?q=lamp+%26+lens"
    assert feed["feed_url"] == f"{SITE}/search/feed.json?q=lamp+%26+lens"


def test_pages_keep_the_question(client: Client) -> None:
    many_posts(25, tags=("common",))
    feed = client.get("/search/feed.json?q=common").json()
    assert len(feed["items"]) == 20
    assert feed["next_url"] == f"{SITE}/search/feed.json?q=common&page=2"
    assert len(titles(client, "q=common&page=2")) == 5
    assert client.get("/search/feed.rss?q=common&page=3").status_code == 404


def test_the_page_of_answers_offers_it(client: Client) -> None:
    a_post(title="A lighthouse")
    assert 'href="/search/feed.rss?q=lighthouse"' in client.get("/search/?q=lighthouse").text
    assert 'href="/feed.rss"' in client.get("/search/").text


def test_nothing_private_answers(client: Client) -> None:
    a_post(title="Quokka draft", status="draft")
    a_post(title="Quokka later", published_at=datetime(2999, 1, 1, tzinfo=UTC))
    for form in ("rss", "atom", "json"):
        assert "Quokka " not in client.get(f"/search/feed.{form}?q=quokka").text


@pytest.mark.parametrize("query", ["", "q=", "q=%00%20", "q=" + "x" * 101, "q=a&page=0", "q=a&page=99999"])
def test_what_is_no_question_has_no_feed(client: Client, query: str) -> None:
    assert client.get(f"/search/feed.rss?{query}").status_code == 404


@pytest.mark.parametrize("question", ["'; DROP", '" OR *', "<script>", "%ED%A0%80", "a]]>b%1B"])
def test_hostile_questions_make_valid_feeds(client: Client, question: str) -> None:
    etree.fromstring(client.get(f"/search/feed.atom?q={question}").content)


def test_whoever_has_it_costs_one_query(client: Client, django_assert_num_queries: Any) -> None:
    a_post(title="A lighthouse")
    first = client.get("/search/feed.rss?q=lighthouse")
    with django_assert_num_queries(1):
        again = client.get("/search/feed.rss?q=lighthouse", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    a_post(title="Another lighthouse")
    news = client.get("/search/feed.rss?q=lighthouse", headers={"if-none-match": first["ETag"]})
    assert "Another lighthouse" in news.text


def test_it_stays_within_its_budget_and_names_no_hub(
    client: Client, settings: Any, django_assert_max_num_queries: Any
) -> None:
    settings.WEBSUB_HUB = "https://hub.example/"
    many_posts(30, tags=("common",))
    with django_assert_max_num_queries(10):
        answer = client.get("/search/feed.atom?q=common")
    assert "hub.example" not in answer.text
