"""test_site_in_russian: on a Russian site readers meet no English word, whatever their browser or the desk says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from accounts.models import User
from blog import preview
from blog.models import Post
from tests.factories import UserFactory, a_post, a_series, an_author
from tests.words.reading import latin

pytestmark = pytest.mark.django_db

MAY = datetime(2024, 5, 9, 12, tzinfo=UTC)


@pytest.fixture
def russian(settings: Any) -> None:
    settings.LANGUAGE_CODE = "ru"


@pytest.fixture
def posts() -> list[Post]:
    series = a_series(title="Дорога", slug="doroga")
    anna, boris = an_author(name="Анна Ким"), an_author(name="Борис Лем")
    many: dict[str, Any] = {"language": "ru", "tags": ["Море"], "series": series}
    body = "Первый абзац о море и дороге.\n\n## Раз\n\nТекст.\n\n## Два\n\nТекст.\n\n## Три\n\nЕщё."
    return [
        a_post(title="Первая дорога", body=body, authors=[anna, boris], published_at=MAY, **many),
        a_post(title="Вторая дорога", body=body, authors=[anna, (boris, "translator")], **many),
        a_post(title="Третья дорога", body=body, authors=[anna], dated=False, **many),
    ]


def addresses(posts: list[Post]) -> Iterator[str]:
    lists = (
        "/",
        "/tags/",
        "/authors/",
        "/archive/",
        "/archive/2024/",
        "/archive/2024/05/",
        "/series/doroga/",
    )
    yield from lists
    yield from (f"/ru{address}" for address in lists)
    yield from (f"/tags/{tag.slug}/" for tag in posts[0].tags.all())
    yield from (f"/authors/{byline.author.slug}/" for byline in posts[0].bylines.all())
    yield from (post.get_absolute_url() for post in posts)
    yield from (
        "/search/",
        "/search/?q=дорога",
        "/search/?q=нетничего",
        "/posts/doroga-kotoroj-net/",
        "/welcome/none/",
    )


def test_no_page_of_the_site_speaks_english(russian: None, posts: list[Post], client: Client) -> None:
    found = {}
    for address in addresses(posts):
        page = client.get(address, headers={"Accept-Language": "en"}).content.decode()
        assert re.search(r'<html lang="ru"', page), address
        if said := latin(page, but={"doroga"}):
            found[address] = said
    assert not found


def test_a_shared_draft_speaks_russian(russian: None, client: Client) -> None:
    user = UserFactory(role="editor")
    draft = a_post(title="Черновик", body="Слова о море.", status="draft", language="ru", user=user)
    way = urlsplit(preview.make_link(draft, user, days=7, may_comment=True)).path
    page = client.get(way).content.decode()
    assert "Черновик, показан вам." in page
    assert latin(page) == []
    assert latin(client.get("/preview/nothing/").content.decode()) == []


def test_an_empty_site_speaks_russian(russian: None, client: Client) -> None:
    for address in ("/", "/tags/", "/authors/", "/archive/"):
        assert latin(client.get(address).content.decode()) == []


def test_dates_and_numbers_are_written_as_in_russian(
    russian: None, posts: list[Post], client: Client
) -> None:
    page = client.get(posts[0].get_absolute_url()).content.decode()
    assert "9 мая 2024" in page
    assert "Май 2024" in client.get("/archive/2024/05/").content.decode()
    assert "3 поста" in client.get("/tags/").content.decode()
    assert "Анна Ким</a> и <a" in page


def test_the_words_around_a_text_are_in_its_language(posts: list[Post], client: Client) -> None:
    """On a site that is English: a Russian post and a Russian list."""
    for address in (posts[0].get_absolute_url(), "/ru/", "/ru/tags/"):
        page = client.get(address, headers={"Accept-Language": "de"}).content.decode()
        assert '<html lang="ru">' in page
        assert "Подписаться" in page
    page = client.get("/").content.decode()
    assert '<html lang="en">' in page
    assert "Follow" in page


def test_neither_browser_nor_user_changes_what_readers_get(posts: list[Post]) -> None:
    user = UserFactory(role="editor", language="ru")
    signed_in = Client()
    signed_in.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    signed_in.cookies["django_language"] = "ru"
    assert '<html lang="ru"' in signed_in.get("/admin/").content.decode()
    theirs = signed_in.get("/", headers={"Accept-Language": "ru"})
    ours = Client().get("/")
    assert theirs.content == ours.content
    assert "Accept-Language" not in ours["Vary"]
    assert "Cookie" not in ours["Vary"]
    assert User.objects.get(pk=user.pk).language == "ru"
