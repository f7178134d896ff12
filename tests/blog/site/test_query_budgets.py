"""test_query_budgets: what a page may ask of the database, the same with few posts and with thousands."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
from django.core.cache import caches
from django.test import Client

from accounts.models import Author
from blog.content import BylineSpec, Content
from blog.models import Post
from tests.factories import SeriesFactory, an_author, many_posts

pytestmark = pytest.mark.django_db

Counting = Callable[[int], AbstractContextManager[object]]

LIST, POST, TAG, FEED, KEPT = 6, 5, 6, 5, 1
ADDRESSES = (
    ("/", LIST),
    ("/?page=2", LIST),
    ("/en/", LIST),
    ("/tags/", LIST),
    ("/authors/", LIST),
    ("/archive/", LIST),
    ("/archive/?page=2", LIST),
    ("/authors/writer/", LIST),
    ("/series/parts/", LIST),
    ("/tags/common/", TAG),
    ("/tags/common/?page=2", TAG),
    ("/en/tags/common/", TAG),
    ("/feed.rss", FEED),
    ("/feed.json?page=2", FEED),
    ("/tags/common/feed.atom", FEED),
    ("/authors/writer/feed.json", FEED),
    ("/posts/post-30-of-many/", POST),
    ("/posts/post-30-of-many.md", POST),
)


def _fill(number: int) -> None:
    authors: list[Author] = [an_author(name="Writer"), an_author(name="Second"), an_author(name="Third")]
    series = SeriesFactory(title="Parts")

    def vary(count: int, content: Content) -> Content:
        return replace(
            content,
            bylines=(BylineSpec(authors[0].pk), BylineSpec(authors[count % 2 + 1].pk, "translator")),
            tags=("common", f"some {count % 40}", f"rare {count % 900}"),
            language="ru" if count % 7 == 0 else "en",
            series=series.pk if count % 30 == 0 else None,
        )

    many_posts(number, authors=authors, change=vary)
    oldest = list(Post.objects.order_by("-pk").values_list("pk", flat=True))[60::30]
    Post.objects.filter(pk__in=oldest).update(dated=False)


@pytest.mark.parametrize("number", [66, pytest.param(5_000, marks=pytest.mark.slow)])
def test_pages_stay_within_their_budgets(
    client: Client, django_assert_max_num_queries: Counting, django_assert_num_queries: Counting, number: int
) -> None:
    _fill(number)
    for address, budget in ADDRESSES:
        caches["pages"].clear()  # nothing kept, nothing remembered: the most that this page ever asks
        if address == "/archive/?page=2" and Post.objects.filter(dated=False).count() <= 100:
            continue
        with django_assert_max_num_queries(budget):
            assert client.get(address).status_code == 200, address
        with django_assert_num_queries(KEPT):
            assert client.get(address).status_code == 200


def test_a_page_that_the_reader_has_costs_one_query(
    client: Client, django_assert_num_queries: Counting
) -> None:
    many_posts(3)
    etag = client.get("/")["ETag"]
    caches["pages"].clear()
    with django_assert_num_queries(1):
        assert client.get("/", headers={"if-none-match": etag}).status_code == 304


def test_search_has_a_budget_too(client: Client, django_assert_max_num_queries: Counting) -> None:
    many_posts(60, tags=("common",))
    with django_assert_max_num_queries(10):
        assert client.get("/search/?q=paragraph").status_code == 200
