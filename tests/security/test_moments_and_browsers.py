"""test_moments_and_browsers: what browsers and proxies were told to keep is never older than a post's moment by more than was said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import PageFactory, PostFactory, SeriesFactory, a_post
from tests.security.reading import STARTS, crawl, said

pytestmark = pytest.mark.django_db

MOMENT = datetime(2026, 5, 7, 12, 0, 0, tzinfo=timezone.get_default_timezone())
Clock = Callable[[float], None]
SURFACES = (
    "/",
    "/fr/",
    "/tags/",
    "/tags/secret/",
    "/fr/tags/secret/feed.json",
    "/authors/",
    "/authors/secret-writer/",
    "/series/secret-story/",
    "/archive/",
    "/archive/2026/05/",
    "/feed.rss",
    "/feed.atom",
    "/feed.json",
    "/fr/feed.atom",
    "/sitemap.xml",
    "/search/?q=zanzibar",
    "/zanzibar/somewhere/",
    "/posts/zanzibar/",
    "/posts/zanzibar.md",
    "/posts/before/",
    "/pages/zanzibar-page/",
)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    def set_to(seconds: float) -> None:
        monkeypatch.setattr(timezone, "now", lambda: MOMENT + timedelta(seconds=seconds))

    return set_to


def _shown(client: Client) -> dict[str, bool]:
    """Whether each surface shows the post; the words that were asked for do not count."""
    return {
        path: client.get(path).status_code == 200 and "Zanzibar" in said(client.get(path))
        if path != "/zanzibar/somewhere/"
        else "/posts/zanzibar/" in said(client.get(path))
        for path in SURFACES
        if path not in ("/tags/", "/authors/", "/archive/", "/sitemap.xml")
    } | {
        "/tags/": "/tags/secret/" in said(client.get("/tags/")),
        "/authors/": "secret-writer" in said(client.get("/authors/")),
        "/archive/": "/archive/2026/05/" in said(client.get("/archive/")),
        "/sitemap.xml": "zanzibar" in said(client.get("/sitemap.xml")),
    }


def _plant(**moments: datetime) -> None:
    PostFactory(title="Before", language="fr", published_at=MOMENT - timedelta(days=300), authors=["Anna"])
    PostFactory(
        title="Zanzibar",
        language="fr",
        authors=["Secret writer"],
        tags=["Secret"],
        series=SeriesFactory(title="Secret story"),
        **moments,
    )
    PageFactory(title="Zanzibar page", **moments)


ALWAYS_THERE = ("/fr/", "/fr/feed.atom")  # another post of that language is public all the time


def test_it_appears_everywhere_in_its_second(client: Client, clock: Clock) -> None:
    clock(-3600)
    _plant(published_at=MOMENT)
    for seconds, public in ((-1, False), (0, True), (1, True)):
        clock(seconds)
        assert _shown(client) == dict.fromkeys(SURFACES, public), seconds


def test_it_leaves_everywhere_in_its_second(client: Client, clock: Clock) -> None:
    clock(-3600)
    _plant(published_at=MOMENT - timedelta(days=1), withdraw_at=MOMENT)
    for seconds, public in ((-1, True), (0, False), (1, False)):
        clock(seconds)
        assert _shown(client) == dict.fromkeys(SURFACES, public), seconds


def test_a_browser_that_asks_again_is_not_told_that_nothing_changed(client: Client, clock: Clock) -> None:
    clock(-3600)
    _plant(published_at=MOMENT)
    kept = ("/", "/fr/", "/tags/", "/feed.rss", "/sitemap.xml", "/posts/before/", "/archive/")
    clock(-1)
    etags = {path: client.get(path)["ETag"] for path in kept}
    for path, etag in etags.items():
        assert client.get(path, headers={"if-none-match": etag}).status_code == 304, path
    clock(0)
    for path, etag in etags.items():
        answer = client.get(path, headers={"if-none-match": etag})
        assert answer.status_code == 200, path
        assert "anzibar" in said(answer) or "secret" in said(answer) or "/archive/2026/" in said(answer), path


@pytest.mark.parametrize("seconds", [-3600, -6, -5, -4.5, -3, -1.2, -0.5, -0.001])
def test_nobody_on_the_way_is_told_to_keep_a_page_past_the_moment(
    client: Client, clock: Clock, seconds: float
) -> None:
    clock(-7200)
    _plant(published_at=MOMENT)
    clock(seconds)
    for path in ("/", "/feed.rss", "/posts/before/", "/sitemap.xml"):
        told = client.get(path)["Cache-Control"]
        assert told == f"public, max-age={min(5, int(-seconds))}", path


def test_an_etag_worked_out_by_someone_opens_nothing(client: Client, clock: Clock) -> None:
    """It is made of the address and of the site's version, both known: so 304 must say nothing about what is there."""
    clock(0)
    a_post(title="A draft", status="draft")
    PostFactory(title="Public", published_at=MOMENT - timedelta(days=1))
    answer: Any = client.get("/posts/a-draft/", headers={"if-none-match": "*"})
    assert answer.status_code == 404
    assert not answer.headers.get("ETag")


def test_nothing_of_the_moment_to_come_stands_on_a_page(client: Client, clock: Clock) -> None:
    clock(-3600)
    _plant(published_at=MOMENT)
    clock(-1800)
    for path, answer in crawl(client, STARTS).items():
        assert "2026-05-07" not in said(answer), path
