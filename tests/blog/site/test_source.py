"""test_source: every post as Markdown with front matter."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tests.factories import PostFactory, SeriesFactory

pytestmark = pytest.mark.django_db


def test_markdown_comes_back_as_it_was_written(client: Client) -> None:
    body = "# Sub\n\nText with *marks* and `code`.\n\n<b>raw</b>"
    PostFactory(
        title='Say "hi": now',
        body=body,
        authors=["Anna", "Борис"],
        tags=["C++"],
        series=SeriesFactory(title="Story"),
        published_at="2026-05-07T10:30:00+00:00",
    )
    response = client.get("/posts/say-hi-now.md")
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert response["Link"] == '<https://masthead.example/posts/say-hi-now/>; rel="canonical"'
    head, _, text = response.text.removeprefix("---\n").partition("\n---\n\n")
    assert text == body + "\n"
    front = {name: json.loads(value) for name, value in (line.split(": ", 1) for line in head.split("\n"))}
    assert front == {
        "title": 'Say "hi": now',
        "date": "2026-05-07T10:30:00+00:00",
        "language": "en",
        "authors": ["Anna", "Борис"],
        "tags": ["C++"],
        "series": "Story",
        "url": "https://masthead.example/posts/say-hi-now/",
        "site": "Masthead",
    }


def test_html_comes_as_html_which_markdown_takes(client: Client) -> None:
    PostFactory(title="Web", body="<p>Text &amp; more</p>", body_format="html", dated=False)
    text = client.get("/posts/web.md").text
    assert text.endswith("---\n\n<p>Text &amp; more</p>\n")
    assert "date:" not in text


def test_the_page_leads_to_it(client: Client) -> None:
    PostFactory(title="Web")
    assert 'type="text/markdown"' in client.get("/posts/web/").text
