"""test_sitemap: every public address once, absolute, and none that is kept from engines."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from lxml import etree

from blog import sitemaps
from tests.factories import PageFactory, PostFactory, SeriesFactory, a_post, many_posts

pytestmark = pytest.mark.django_db

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "https://masthead.example"


def _locations(client: Client, address: str = "/sitemap.xml") -> list[str]:
    root = etree.fromstring(client.get(address).content)
    return [(element.text or "").removeprefix(SITE) for element in root.iter(f"{SPACE}loc")]


def test_it_holds_every_public_address(client: Client) -> None:
    PostFactory(title="One", authors=["Anna", "Boris"], tags=["x", "y"], series=SeriesFactory(title="S"))
    PostFactory(title="Two", authors=["Anna"], tags=["x"])
    PostFactory(title="Quiet", noindex=True)
    PostFactory(title="Draft", status="draft", tags=["hidden"])
    PageFactory(title="About")
    found = _locations(client)
    assert sorted(found) == sorted(
        [
            "/",
            "/archive/",
            "/tags/",
            "/authors/",
            "/posts/one/",
            "/posts/two/",
            "/pages/about/",
            "/tags/x/",
            "/tags/y/",
            "/authors/anna/",
            "/authors/boris/",
            "/series/s/",
        ]
    )
    for address in found:
        assert client.get(address).status_code == 200


def test_it_tells_when_a_post_changed(client: Client) -> None:
    post = a_post(title="One", updated_at="2026-05-07T10:30:00+00:00")
    root = etree.fromstring(client.get("/sitemap.xml").content)
    told = [datetime.fromisoformat(element.text or "") for element in root.iter(f"{SPACE}lastmod")]
    assert told == [post.updated_at]


def test_a_big_site_has_it_in_parts(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MOST", 10)
    many_posts(25)
    parts = _locations(client)
    assert parts == ["/sitemap.xml?page=1", "/sitemap.xml?page=2", "/sitemap.xml?page=3"]
    found = [address for part in parts for address in _locations(client, part)]
    assert len(found) == len(set(found)) == 29
    assert client.get("/sitemap.xml?page=4").status_code == 404
