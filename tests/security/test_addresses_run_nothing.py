"""test_addresses_run_nothing: a field that takes an address gives readers http and https alone, whoever wrote it."""

from __future__ import annotations

import pytest
from django.test import Client

from blog import publishing, taxonomy
from blog.content import Content
from blog.markup.sanitize import harmless_url
from tests.factories import AuthorFactory, a_post, a_user, the_site_stands
from tests.security.reading import (
    FEEDS,
    addresses_within,
    feed_harms,
    harmful_address,
    harms,
    structured,
)
from tests.security.vectors import ADDRESSES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_addresses_beside_a_text(client: Client, address: str) -> None:
    the_site_stands()
    editor = a_user(role="editor")
    content = Content(
        "A post",
        body="Some words.",
        cover_url=address,
        cover_alt="x",
        origin_url=address,
        canonical_url=address,
    )
    post = publishing.create(content, editor)
    publishing.publish(post.pk, editor)
    page = client.get("/posts/a-post/").text
    assert harms(page) == []
    (block,) = structured(page)
    assert not any(map(harmful_address, addresses_within(block)))
    assert "steal()" not in page
    for feed in FEEDS:
        assert feed_harms(feed, client.get(feed).content) == [], feed


@pytest.mark.parametrize("address", ADDRESSES)
def test_they_do_not_come_back_with_an_old_revision(client: Client, address: str) -> None:
    post = a_post(title="A post", body="Some words.")
    revision = post.revisions.get(number=1)
    revision.state = revision.state | {"origin_url": address, "canonical_url": address}
    revision.save()
    publishing.save(post.pk, Content("Another title", body="Others."), None)
    publishing.revert(post.pk, 1, None)
    assert harms(client.get("/posts/a-post/").text) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_authors_own_site(client: Client, address: str) -> None:
    author = AuthorFactory(name="Anna")
    author.website = address
    taxonomy.save_author(author)
    a_post(title="A post", authors=[author])
    for path in ("/authors/anna/", "/posts/a-post/", "/authors/"):
        page = client.get(path).text
        assert harms(page) == []
        for block in structured(page):
            assert not any(map(harmful_address, addresses_within(block)))


def test_good_addresses_stay(client: Client) -> None:
    post = a_post(
        title="A post",
        origin_url="https://old.example/post?a=1&b=2#c",
        canonical_url="http://old.example/",
        cover_url="https://old.example/p.png",
    )
    post.refresh_from_db()
    assert (post.origin_url, post.canonical_url, post.cover_url) == (
        "https://old.example/post?a=1&b=2#c",
        "http://old.example/",
        "https://old.example/p.png",
    )
    assert 'rel="canonical" href="http://old.example/"' in client.get("/posts/a-post/").text


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_gate_knows_them_all(address: str) -> None:
    assert not harmless_url(address)
