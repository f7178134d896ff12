"""test_feeds: three forms of every list, whole, valid whatever the text, newest first, page by page."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import feedparser
import pytest
from django.test import Client
from lxml import etree

from accounts.models import Author
from blog.models import Image, Post
from tests.factories import PostFactory, a_post, an_author, many_posts

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
SITE = "https://masthead.example"
WHEN = datetime(2026, 5, 7, 10, 30, tzinfo=UTC)

HOSTILE = "Ünïcode \x00\x0b\x1f\ufffe ]]> <b>&amp; \"quotes\" 'single' 🎉 \U0001f468\u200d\U0001f469 العربية"
CLEAN = "Ünïcode  ]]> <b>&amp; \"quotes\" 'single' 🎉 \U0001f468\u200d\U0001f469 العربية"


def _json(client: Client, address: str = "/feed.json") -> dict[str, Any]:
    document: dict[str, Any] = json.loads(client.get(address).content)
    return document


def _xml(client: Client, address: str) -> etree._Element:
    return etree.fromstring(client.get(address).content)


def _links(root: etree._Element) -> dict[str, str]:
    return {str(link.get("rel")): str(link.get("href")) for link in root.findall(f"{ATOM}link")}


@pytest.fixture
def post() -> Post:
    image = Image.objects.create(
        file="images/ab/abcdef0123456789.webp", sha256="ab", width=1200, height=800, size=4321
    )
    anna, boris = an_author(name="Anna Smith", picture="authors/ab/abcdef01.webp"), an_author(name="Борис")
    return a_post(
        title="Hello",
        summary="In short.",
        body='See [there](#there), [home](/tags/) and [out](https://example.org/).\n\n## There\n\n`href="/x"`',
        authors=[anna, (boris, "translator")],
        tags=["C++", "Новости"],
        language="en",
        cover=image,
        origin_url="https://old.example/hello",
        published_at=WHEN,
        updated_at=WHEN + timedelta(days=3),
    )


def test_json_feed(client: Client, post: Post) -> None:
    feed = _json(client)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{SITE}/feed.json"
    assert feed["home_page_url"] == f"{SITE}/"
    assert "next_url" not in feed
    (item,) = feed["items"]
    assert item["id"] == post.uid
    assert item["url"] == f"{SITE}/posts/hello/"
    assert item["external_url"] == "https://old.example/hello"
    assert item["title"] == "Hello"
    assert item["summary"] == "In short."
    assert item["image"] == f"{SITE}/media/images/ab/abcdef0123456789.webp"
    assert item["language"] == "en"
    assert [author["name"] for author in item["authors"]] == ["Anna Smith", "Борис"]
    assert item["authors"][0]["url"] == f"{SITE}/authors/anna-smith/"
    assert item["authors"][0]["avatar"] == f"{SITE}/media/authors/ab/abcdef01.webp"
    assert item["tags"] == ["C++", "Новости"]
    assert datetime.fromisoformat(item["date_published"]) == WHEN
    assert datetime.fromisoformat(item["date_modified"]) == WHEN + timedelta(days=3)


def test_rss(client: Client, post: Post) -> None:
    response = client.get("/feed.rss")
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    channel = etree.fromstring(response.content).find("channel")
    assert channel is not None
    assert _links(channel) == {"self": f"{SITE}/feed.rss", "first": f"{SITE}/feed.rss"}
    item = channel.find("item")
    assert item is not None
    guid = item.find("guid")
    assert guid is not None
    assert (guid.text, guid.get("isPermaLink")) == (post.uid, "false")
    assert item.findtext("link") == f"{SITE}/posts/hello/"
    assert [creator.text for creator in item.findall(f"{DC}creator")] == ["Anna Smith", "Борис"]
    assert [category.text for category in item.findall("category")] == ["C++", "Новости"]
    assert parsedate_to_datetime(item.findtext("pubDate") or "") == WHEN
    enclosure, media = item.find("enclosure"), item.find(f"{MEDIA}content")
    assert enclosure is not None
    assert media is not None
    assert {str(name): str(said) for name, said in enclosure.attrib.items()} == {
        "url": f"{SITE}/media/images/ab/abcdef0123456789.webp",
        "length": "4321",
        "type": "image/webp",
    }
    assert media.get("url") == enclosure.get("url")
    assert item.findtext("description") == "In short."
    assert "<h2" in (item.findtext(f"{CONTENT}encoded") or "")


def test_atom(client: Client, post: Post) -> None:
    root = _xml(client, "/feed.atom")
    assert root.tag == f"{ATOM}feed"
    assert _links(root)["self"] == f"{SITE}/feed.atom"
    entry = root.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}id") == post.uid
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert [name.text for name in entry.iterfind(f"{ATOM}author/{ATOM}name")] == ["Anna Smith", "Борис"]
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}published") or "") == WHEN
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "") == WHEN + timedelta(days=3)
    content = entry.find(f"{ATOM}content")
    assert content is not None
    assert content.get("type") == "html"


@pytest.mark.parametrize("address", ["/feed.json", "/feed.rss", "/feed.atom"])
def test_addresses_in_texts_are_absolute_and_listings_are_left_alone(
    client: Client, post: Post, address: str
) -> None:
    parsed = feedparser.parse(client.get(address).content, sanitize_html=False, resolve_relative_uris=False)
    html = (
        _json(client)["items"][0]["content_html"]
        if address.endswith("json")
        else parsed.entries[0].content[0].value
    )
    assert f'href="{SITE}/posts/hello/#at-there"' in html
    assert f'href="{SITE}/tags/"' in html
    assert 'href="https://example.org/"' in html
    assert 'href="#' not in html
    assert '<code>href="/x"</code>' in html.replace("&quot;", '"')


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_any_text_makes_a_valid_feed(client: Client, form: str) -> None:
    an_author(name="Plain")
    PostFactory(
        title=HOSTILE.replace("\x00", ""),
        summary=HOSTILE.replace("\x00", ""),
        tags=["a\x0bb"],
        authors=["N\x1fame"],
    )
    root = _xml(client, f"/feed.{form}")
    titles = [element.text for element in root.iter() if str(element.tag).endswith("title")]
    assert CLEAN in titles


def test_any_text_makes_a_valid_json_feed(client: Client) -> None:
    PostFactory(title=HOSTILE.replace("\x00", ""))
    assert _json(client)["items"][0]["title"] == CLEAN


def test_pages_lead_through_all_posts_newest_first(client: Client) -> None:
    many_posts(45)
    address, titles, dates = "/feed.json", [], []
    while address:
        feed = _json(client, address)
        titles += [item["title"] for item in feed["items"]]
        dates += [datetime.fromisoformat(item["date_published"]) for item in feed["items"]]
        address = feed.get("next_url", "").removeprefix(SITE)
    assert len(set(titles)) == len(titles) == 45
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_pages_are_linked_as_rfc_5005_says(client: Client, form: str) -> None:
    many_posts(45)
    base = f"{SITE}/feed.{form}"

    def links(address: str) -> dict[str, str]:
        root = _xml(client, address)
        holder = root.find("channel") if form == "rss" else root
        assert holder is not None
        return {rel: href for rel, href in _links(holder).items() if rel not in ("alternate",)}

    assert links(f"/feed.{form}") == {"self": base, "first": base, "next": f"{base}?page=2"}
    assert links(f"/feed.{form}?page=2") == {
        "self": f"{base}?page=2",
        "first": base,
        "previous": base,
        "next": f"{base}?page=3",
    }
    assert "next" not in links(f"/feed.{form}?page=3")


def test_an_undated_post_carries_its_moment_to_the_millisecond(client: Client) -> None:
    moment = WHEN + timedelta(milliseconds=7)
    PostFactory(title="Undated", dated=False, published_at=moment)
    assert datetime.fromisoformat(_json(client)["items"][0]["date_published"]) == moment


def test_a_cover_elsewhere_is_told_but_encloses_nothing(client: Client) -> None:
    PostFactory(title="Remote", cover_url="https://pictures.example/a.png")
    assert _json(client)["items"][0]["image"] == "https://pictures.example/a.png"
    root = _xml(client, "/feed.rss")
    assert root.find(".//enclosure") is None
    media = root.find(f".//{MEDIA}content")
    assert media is not None
    assert media.get("url") == "https://pictures.example/a.png"


def test_a_post_without_summary_tells_how_it_begins(client: Client) -> None:
    PostFactory(title="Bare", body="Its first paragraph says it all, and says it plainly.")
    PostFactory(title="Only a listing", body="```\nx = 1\n```")
    for item in _json(client)["items"]:
        assert item["summary"]


def test_a_post_without_bylines_is_valid_too(client: Client) -> None:
    PostFactory(title="Nobody's", authors=[])
    assert "authors" not in _json(client)["items"][0]
    assert _xml(client, "/feed.atom").findtext(f"{ATOM}author/{ATOM}name") == "Masthead"


def test_an_embed_stays_a_player(client: Client) -> None:
    PostFactory(body='<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>', body_format="html")
    html = _json(client)["items"][0]["content_html"]
    assert "<iframe" in html
    assert "youtube" in html


def test_a_new_address_of_the_site_changes_no_id(client: Client, post: Post, settings: Any) -> None:
    settings.SITE_URL = "https://moved.example"
    from django.core.cache import caches

    caches["pages"].clear()
    (item,) = _json(client)["items"]
    assert item["id"] == post.uid
    assert item["url"] == "https://moved.example/posts/hello/"


def test_each_list_has_its_own(client: Client) -> None:
    anna: Author = an_author(name="Anna Smith")
    PostFactory(title="Hers", authors=[anna], tags=["one"], language="ru")
    PostFactory(title="Other", authors=["Someone"], tags=["two"], language="en")
    for address, titles in (
        ("/authors/anna-smith/feed.json", ["Hers"]),
        ("/tags/two/feed.json", ["Other"]),
        ("/ru/feed.json", ["Hers"]),
        ("/en/tags/two/feed.json", ["Other"]),
    ):
        feed = _json(client, address)
        assert [item["title"] for item in feed["items"]] == titles
        assert feed["feed_url"] == SITE + address
    assert client.get("/ru/tags/two/feed.json").status_code == 404
    assert _json(client, "/authors/anna-smith/feed.json")["title"] == "Anna Smith · Masthead"


def test_an_empty_site_has_empty_feeds(client: Client) -> None:
    assert _json(client)["items"] == []
    assert _xml(client, "/feed.rss").find(".//item") is None
    assert _xml(client, "/feed.atom").find(f"{ATOM}updated") is not None


@pytest.mark.parametrize(("form", "own"), [("rss", "application/rss+xml"), ("atom", "application/atom+xml")])
def test_a_browser_that_opens_it_is_told_that_it_is_xml(client: Client, form: str, own: str) -> None:
    opened = client.get(f"/feed.{form}", headers={"sec-fetch-dest": "document"})
    fetched = client.get(f"/feed.{form}", headers={"sec-fetch-dest": "empty"})
    assert opened["Content-Type"] == "application/xml; charset=utf-8"
    assert fetched["Content-Type"] == client.get(f"/feed.{form}")["Content-Type"] == f"{own}; charset=utf-8"
    assert opened.content == fetched.content
    assert opened["Vary"] == fetched["Vary"] == "Accept-Encoding, Sec-Fetch-Dest"
    assert b'<?xml-stylesheet type="text/css" href="/static/css/feed.css"?>' in opened.content


def test_an_address_relative_to_nothing_known_is_made_absolute(client: Client) -> None:
    PostFactory(
        slug="one", body='<p><a href="other">x</a><a href="mailto:a@b.example">y</a></p>', body_format="html"
    )
    html = _json(client)["items"][0]["content_html"]
    assert f'href="{SITE}/posts/one/other"' in html
    assert 'href="mailto:a@b.example"' in html


def test_what_can_name_no_icon_has_one(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer["Location"]) == (302, "/static/img/masthead.svg")
