"""test_pictures: readers get the copy that fits: the cover at once, lists small ones, feeds the one picture; no query more."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.blog.images.pictures import kept
from tests.factories import PageFactory, a_post

pytestmark = pytest.mark.django_db


def pictures(client: Client, address: str) -> list[str]:
    return re.findall(r"<img[^>]*>", client.get(address).content.decode())


def test_the_cover_of_a_page_comes_first_and_fits(client: Client, media_root: Path) -> None:
    image = kept()
    for made in (a_post(cover=image, cover_alt='A "field"'), PageFactory(cover=image, cover_alt='A "field"')):
        (shown,) = pictures(client, made.get_absolute_url())
        assert 'alt="A &quot;field&quot;"' in shown
        assert 'fetchpriority="high"' in shown
        assert "lazy" not in shown
        assert f"{image.file.url} 1400w" in shown
        assert "-320.webp 320w" in shown
        assert 'sizes="' in shown
        assert 'width="1400" height="700"' in shown


def test_a_cover_without_words_of_its_own_says_the_picture_s(client: Client, media_root: Path) -> None:
    post = a_post(cover=kept(alt="A lake"))
    assert 'alt="A lake"' in pictures(client, post.get_absolute_url())[0]


def test_lists_take_a_small_copy_when_it_is_near(client: Client, media_root: Path) -> None:
    image = kept()
    a_post(cover=image, published_at="2026-05-01T10:00:00Z")
    a_post(cover=image, published_at="2026-05-02T10:00:00Z")
    lead, listed = pictures(client, "/")
    assert 'fetchpriority="high"' in lead
    assert 'loading="lazy" decoding="async"' in listed
    assert re.search(r'src="[^"]+-640\.webp"', listed)


def test_a_picture_without_copies_is_shown_as_it_is(client: Client, media_root: Path) -> None:
    image = kept((200, 100))
    shown = pictures(client, a_post(cover=image).get_absolute_url())[0]
    assert "srcset" not in shown
    assert f'src="{image.file.url}"' in shown


def test_feeds_carry_the_whole_picture(client: Client, media_root: Path) -> None:
    image = kept()
    a_post(body=f"![A field]({image.file.url})")
    item = client.get("/feed.json").json()["items"][0]
    assert f'<img src="https://masthead.example{image.file.url}" alt="A field">' in item["content_html"]
    assert "srcset" not in client.get("/feed.rss").content.decode()


def test_pictures_cost_no_query(client: Client, media_root: Path) -> None:
    image = kept()
    post = a_post(cover=image, body=f"![A field]({image.file.url})")
    bare = a_post()
    count_of(client, "/")  # what every page leans on is remembered from here on
    with_pictures, without = (count_of(client, one.get_absolute_url()) for one in (post, bare))
    assert with_pictures == without


def count_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
