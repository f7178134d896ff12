"""test_post_data: every post as JSON, equal to what the feed says of it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import a_post

pytestmark = pytest.mark.django_db


def test_it_is_what_the_feed_says(client: Client) -> None:
    a_post(title="One", slug="one", authors=["Anna"], tags=["x"], body="Words.")
    answer = client.get("/posts/one.json")
    assert answer.json() == client.get("/feed.json").json()["items"][0]
    assert answer.headers["Link"] == '<https://masthead.example/posts/one/>; rel="canonical"'
    assert 'href="/posts/one.json"' in client.get("/posts/one/").content.decode()


def test_a_draft_has_none(client: Client) -> None:
    a_post(slug="one", status="draft")
    assert client.get("/posts/one.json").status_code == 404
