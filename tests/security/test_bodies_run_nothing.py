"""test_bodies_run_nothing: what feeds and authors write as text runs no script on any page and in no feed."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client

from blog import publishing
from blog.content import Content
from blog.models import Post
from tests.factories import PageFactory, a_post, a_user, the_site_stands
from tests.importer.documents import imported, item, rss, written
from tests.security.reading import crawl, due, feed_harms, harms, is_feed, is_html
from tests.security.vectors import BODIES, MARKDOWN

pytestmark = pytest.mark.django_db

XML_TAKES = [body for body in BODIES if "\x00" not in body and "\x01" not in body]


def _harms_of_the_site(client: Client) -> dict[str, list[str]]:
    """Every public address that shows something harmful, and what."""
    found: dict[str, list[str]] = {}
    answers = crawl(
        client, ("/", "/sitemap.xml", "/feed.rss", "/feed.atom", "/feed.json", "/search/?q=steal")
    )
    for address, answer in answers.items():
        assert answer.status_code == due(address), address
        if is_feed(address):
            found[address] = feed_harms(address, answer.content)
        elif is_html(answer):
            found[address] = harms(answer.text)
    assert len(found) > 20
    return {address: harm for address, harm in found.items() if harm}


def test_bodies_of_an_imported_feed(client: Client, tmp_path: Path) -> None:
    items = [item(number, body, description="") for number, body in enumerate(XML_TAKES, start=1)]
    imported(written(tmp_path, rss(*items)))
    assert Post.objects.published().count() == len(XML_TAKES)
    assert _harms_of_the_site(client) == {}


def test_bodies_of_an_imported_json_feed(client: Client, tmp_path: Path) -> None:
    items = [
        {"id": str(number), "title": f"Post {number}", "content_html": f"<p>some words</p>{body}"}
        for number, body in enumerate(BODIES, start=1)
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "A blog", "items": items}
    imported(written(tmp_path, json.dumps(feed), "feed.json"))
    assert Post.objects.published().count() == len(BODIES)
    assert _harms_of_the_site(client) == {}


def test_bodies_that_a_contributor_writes_and_an_editor_publishes(client: Client) -> None:
    the_site_stands()
    contributor, editor = a_user(role="contributor"), a_user(role="editor")
    for number, body in enumerate((*BODIES, *MARKDOWN), start=1):
        post = publishing.create(Content(f"Post {number}", body=body.replace("\x00", "")), contributor)
        publishing.publish(post.pk, editor)
    assert Post.objects.published().count() == len(BODIES) + len(MARKDOWN)
    assert _harms_of_the_site(client) == {}


@pytest.mark.parametrize("body", [*BODIES, *MARKDOWN])
def test_a_text_imported_as_markdown_or_html_on_a_page_of_its_own(client: Client, body: str) -> None:
    body = body.replace("\x00", "")
    a_post(title="A post", body=body, body_format="html", summary="")
    PageFactory(title="About", body=body)
    for address in ("/posts/a-post/", "/pages/about/", "/", "/archive/"):
        assert harms(client.get(address).text) == [], address


@pytest.mark.parametrize("body", BODIES)
def test_what_is_searched_for_is_shown_as_text(client: Client, body: str) -> None:
    a_post(title="A post", body=f"steal words {body}".replace("\x00", ""), body_format="html")
    for address in (f"/search/?q={quote(body[:190])}", f"/{quote(body[:190])}/steal/"):
        assert harms(client.get(address).text) == [], address


def test_the_source_of_a_post_is_no_page_and_no_script(client: Client) -> None:
    a_post(title="A post", body="<script>steal()</script>")
    answer = client.get("/posts/a-post.md")
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
