"""test_moments: a scheduled post appears, and one to be withdrawn leaves, at its second, on every surface, kept pages or not."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.cache import caches
from django.test import Client

from tests.blog.site.moments import MOMENT, Clock
from tests.factories import AuthorFactory, PostFactory, SeriesFactory

pytestmark = pytest.mark.django_db

SURFACES = (
    "/",
    "/fr/",
    "/tags/",
    "/tags/secret-subject/",
    "/authors/",
    "/authors/secret-writer/",
    "/series/secret-story/",
    "/archive/",
    "/archive/2026/",
    "/feed.rss",
    "/feed.atom",
    "/feed.json",
    "/tags/secret-subject/feed.rss",
    "/authors/secret-writer/feed.json",
    "/sitemap.xml",
    "/sitemap-news.xml",
    "/posts/zanzibar-title/",
    "/posts/zanzibar-title.md",
    "/search/?q=zanzibar",
)
SHOWS = ("Zanzibar", "zanzibar-title", "secret-subject", "secret-writer", "secret-story", "/archive/2026/")


def _seen(client: Client, address: str) -> bool:
    response = client.get(address)
    return response.status_code == 200 and any(
        sign in response.text.replace("q=zanzibar", "").replace("“zanzibar”", "") for sign in SHOWS
    )


def _surfaces(client: Client) -> dict[str, bool]:
    return {address: _seen(client, address) for address in SURFACES}


@pytest.mark.parametrize("kept", [True, False], ids=("kept", "fresh"))
def test_it_appears_everywhere_at_its_moment(client: Client, clock: Clock, kept: bool) -> None:
    clock(-3600)
    PostFactory(title="Another", language="en", published_at=MOMENT - timedelta(days=400))
    _plant(published_at=MOMENT)
    for seconds, public in ((-1, False), (-0.001, False), (0, True), (1, True)):
        clock(seconds)
        if not kept:
            caches["pages"].clear()
        assert _surfaces(client) == dict.fromkeys(SURFACES, public), seconds


@pytest.mark.parametrize("kept", [True, False], ids=("kept", "fresh"))
def test_it_leaves_everywhere_at_its_moment(client: Client, clock: Clock, kept: bool) -> None:
    clock(-3600)
    PostFactory(title="Another", language="en", published_at=MOMENT - timedelta(days=400))
    _plant(published_at=MOMENT - timedelta(days=1), withdraw_at=MOMENT)
    for seconds, public in ((-1, True), (-0.001, True), (0, False), (1, False)):
        clock(seconds)
        if not kept:
            caches["pages"].clear()
        assert _surfaces(client) == dict.fromkeys(SURFACES, public), seconds


def _plant(**moments: datetime) -> None:
    PostFactory(
        title="Zanzibar title",
        language="fr",
        authors=[AuthorFactory(name="Secret Writer")],
        tags=["Secret subject"],
        series=SeriesFactory(title="Secret story"),
        **moments,
    )
