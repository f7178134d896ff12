"""test_oembed: other sites can show a post of ours where its address is pasted, and nothing that is not public."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import etree, html

from tests.factories import a_post

pytestmark = pytest.mark.django_db
SITE = "https://masthead.example"


def test_a_post_is_told(client: Client) -> None:
    a_post(title="One <b>", slug="one", authors=["Anna", "Boris"], summary="What it says.")
    page = html.fromstring(client.get("/posts/one/").content)
    address = next(
        str(link.get("href")) for link in page.iter("link") if link.get("type") == "application/json+oembed"
    )
    told = client.get(address.removeprefix(SITE)).json()
    assert told["type"] == "rich"
    assert told["title"] == "One <b>"
    assert told["author_name"] == "Anna, Boris"
    assert told["author_url"] == f"{SITE}/authors/anna/"
    assert (told["thumbnail_width"], told["thumbnail_height"]) == (1200, 630)
    shown = html.fromstring(told["html"])
    assert shown.tag == "blockquote"
    assert "".join(str(words) for words in shown.itertext()) == "One <b>What it says.Anna, Boris, Masthead"
    assert {link.get("href") for link in shown.iter("a")} == {f"{SITE}/posts/one/"}


def test_as_xml_and_no_wider_than_asked(client: Client) -> None:
    a_post(slug="one")
    answer = client.get(
        "/oembed", {"url": f"{SITE}/posts/one/", "format": "xml", "maxwidth": "300", "maxheight": "x"}
    )
    root = etree.fromstring(answer.content)
    assert (root.tag, root.findtext("width"), root.findtext("height")) == ("oembed", "300", "200")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/posts/one/",
        "https://other.example/posts/one/",
        f"{SITE}/posts/draft/",
        f"{SITE}/posts/never/",
        f"{SITE}/tags/",
        f"javascript://{SITE[8:]}/posts/one/",
        "http://[x/posts/one/",
        f"{SITE}/posts/one/" + "x" * 5000,
    ],
)
def test_nothing_else_is_told(client: Client, url: str) -> None:
    a_post(slug="one")
    a_post(slug="draft", status="draft")
    assert client.get("/oembed", {"url": url}).status_code == 404


def test_other_formats_are_not_known(client: Client) -> None:
    assert client.get("/oembed", {"url": SITE, "format": "yaml"}).status_code == 501
