"""test_nothing_private: drafts, scheduled, withdrawn and trashed posts show on no public surface, not by one word."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import Post
from tests.factories import AuthorFactory, PageFactory, PostFactory, SeriesFactory, a_post

pytestmark = pytest.mark.django_db

STANDS: dict[str, dict[str, object]] = {
    "draft": {"status": "draft"},
    "review": {"status": "review"},
    "scheduled": {"published_at": timezone.now() + timedelta(days=30)},
    "withdrawn": {"status": "withdrawn"},
    "gone": {"withdraw_at": timezone.now() - timedelta(seconds=10)},
    "trashed": {"trashed_at": timezone.now() - timedelta(seconds=10)},
}
TOKEN = re.compile("quokka", re.IGNORECASE)


@pytest.fixture
def site() -> Post:
    """A public post that shares its author, tag and series with hidden ones, each of which has some of its own."""
    anna, series = AuthorFactory(name="Anna"), SeriesFactory(title="Shared")
    public = a_post(title="Public", authors=[anna], tags=["shared"], series=series, language="en")
    for name, stands in STANDS.items():
        PostFactory(
            title=f"Quokka {name}",
            summary=f"quokka summary {name}",
            body=f"## Quokka heading {name}\n\nquokka text {name}",
            language="fr",
            authors=[anna, f"Quokka {name} writer"],
            tags=["shared", f"Quokka {name} subject"],
            series=series,
            **stands,
        )
        PostFactory(
            title=f"Quokka alone {name}",
            authors=[],
            tags=[],
            series=SeriesFactory(title=f"Quokka story {name}"),
            **stands,
        )
        PageFactory(title=f"Quokka page {name}", **stands)
    return public


def _crawl(client: Client) -> dict[str, str]:
    """Every address that the public pages lead to, and what each shows."""
    waiting = [
        "/",
        "/sitemap.xml",
        "/sitemap-index.xml",
        "/sitemap-news.xml",
        "/robots.txt",
        "/feed.rss",
        "/feed.atom",
        "/feed.json",
        "/search/?q=shared",
        "/fr/",
    ]
    seen: dict[str, str] = {}
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        response = client.get(address)
        seen[address] = response.text + str(dict(response.headers))
        found = re.findall(
            r"(?:href=\"|<loc>|\"url\": \")(?:https://masthead\.example)?(/[^\"<#]*)", response.text
        )
        waiting += [path for path in found if not path.startswith(("/admin", "/static", "//"))]
    return seen


def test_a_reader_who_follows_every_link_meets_none_of_it(client: Client, site: Post) -> None:
    seen = _crawl(client)
    assert len(seen) > 25
    assert [address for address, text in seen.items() if TOKEN.search(text)] == []


@pytest.mark.parametrize("name", STANDS)
def test_who_knows_the_address_learns_nothing(client: Client, site: Post, name: str) -> None:
    for address in (
        f"/posts/quokka-{name}/",
        f"/posts/quokka-{name}.md",
        f"/pages/quokka-page-{name}/",
        f"/tags/quokka-{name}-subject/",
        f"/tags/quokka-{name}-subject/feed.rss",
        f"/authors/quokka-{name}-writer/",
        f"/authors/quokka-{name}-writer/feed.json",
        f"/series/quokka-story-{name}/",
        f"/series/quokka-story-{name}/feed.atom",
        "/fr/",
    ):
        response = client.get(address)
        assert response.status_code == 404, address
        shown = response.text.replace(f"quokka {name}", "").replace("quokka page", "")
        assert f"Quokka {name}" not in shown, address
        assert f"text {name}" not in shown, address


@pytest.mark.parametrize("name", STANDS)
def test_search_finds_none_of_it(client: Client, site: Post, name: str) -> None:
    text = client.get(f"/search/?q=quokka+{name}").text
    assert "Nothing was found" in text
    assert f"Quokka {name}" not in text


def test_neighbours_and_series_count_only_what_is_public(client: Client, site: Post) -> None:
    text = client.get("/posts/public/").text
    assert "Part 1 of 1" in text
    assert "Earlier" not in text
    assert "About the same" not in text
