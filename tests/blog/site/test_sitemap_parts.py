"""test_sitemap_parts: an index of all parts, the pictures of posts, and the news of two days."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree

from blog import sitemaps
from tests.blog.images.pictures import kept
from tests.factories import a_post

pytestmark = pytest.mark.django_db
SITE = "https://masthead.example"


def read(client: Client, path: str) -> etree._Element:
    return etree.fromstring(client.get(path).content)


def said(tree: etree._Element, space: str, name: str) -> list[str]:
    return [(element.text or "").removeprefix(SITE) for element in tree.iter(f"{{{space}}}{name}")]


def test_the_index_names_what_there_is(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    a_post(published_at=timezone.now() - timedelta(days=3))
    assert said(read(client, "/sitemap-index.xml"), sitemaps.SPACE, "loc") == ["/sitemap.xml"]
    a_post(published_at=timezone.now() - timedelta(days=1))
    monkeypatch.setattr(sitemaps, "MOST", 4)
    assert said(read(client, "/sitemap-index.xml"), sitemaps.SPACE, "loc") == [
        "/sitemap.xml?page=1",
        "/sitemap.xml?page=2",
        "/sitemap-news.xml",
    ]
    assert "Sitemap: https://masthead.example/sitemap-index.xml" in client.get("/robots.txt").content.decode()


def test_news_are_two_days_old_at_most(client: Client) -> None:
    now = timezone.now()
    a_post(title="Old", published_at=now - timedelta(days=2, minutes=1))
    a_post(title="Новость", language="ru-RU", published_at=now - timedelta(hours=1))
    a_post(title="Undated", dated=False, published_at=now - timedelta(hours=1))
    a_post(title="Quiet", noindex=True, published_at=now - timedelta(hours=1))
    tree = read(client, "/sitemap-news.xml")
    assert said(tree, sitemaps.NEWS, "title") == ["Новость"]
    assert said(tree, sitemaps.NEWS, "language") == ["ru"]


def test_pictures_stand_under_their_posts(client: Client, media_root: object) -> None:
    cover, shown = kept((60, 40)), kept((80, 40))
    a_post(slug="one", cover=cover.pk, body=f"![Red]({shown.file.url}) ![Red]({shown.file.url})")
    a_post(slug="hidden", status="draft", body=f"![Red]({shown.file.url})")
    tree = read(client, "/sitemap-images.xml")
    assert said(tree, sitemaps.SPACE, "loc") == ["/posts/one/"]
    assert sorted(said(tree, sitemaps.IMAGES, "loc")) == sorted([cover.file.url, shown.file.url])
    assert "/sitemap-images.xml" in said(read(client, "/sitemap-index.xml"), sitemaps.SPACE, "loc")
    assert client.get("/sitemap-images.xml?page=2").status_code == 404
