"""test_feeds_strictly: each feed of the samples and of the seeds keeps its format's rules, and says every field of every post."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import feedparser
import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from lxml import etree

from blog.models import Post
from deploy.local.demo import samples
from tests.importer.documents import SEEDS, imported

pytestmark = pytest.mark.django_db

RULES = Path(__file__).parent / "feedrules"
SITE = "https://masthead.example"
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RELATIVE = re.compile(r'<[a-z][^<>]*\s(?:href|src|poster|cite|srcset)="(?!https?:|mailto:|tel:|data:)')


@pytest.fixture(params=["samples", pytest.param("seeds", marks=pytest.mark.seeds)])
def posts(request: pytest.FixtureRequest) -> list[Post]:
    """What is public, newest first, as it was imported from the project's own samples or from the seeds."""
    if request.param == "samples":
        sources = samples()
    elif SEEDS.is_dir():
        sources = [str(path) for path in sorted(SEEDS.glob("*.txt"))]
    else:
        pytest.skip("the shared seed documents are not here")
    imported(*sources, no_media=True)
    found = list(Post.objects.published().for_feed().newest_first())
    assert len(found) == 66 if request.param == "seeds" else found
    return found


def _feeds(client: Client, form: str) -> Iterator[bytes]:
    """The site's feed page by page, then one of each kind of list."""
    yield from _site(client, form)
    post = Post.objects.published().newest_first()[0]
    tagged = Post.objects.published().filter(taggings__isnull=False).newest_first()[0]
    lists = [
        f"/{post.language.lower().partition('-')[0]}/",
        f"/tags/{tagged.taggings.all()[0].tag.slug}/",
        *(f"/authors/{byline.author.slug}/" for byline in post.bylines.all()),
    ]
    for address in lists:
        answer = client.get(f"{address}feed.{form}")
        assert answer.status_code == 200, address
        yield answer.content
    yield client.get(f"/search/feed.{form}?q=a").content


def _site(client: Client, form: str) -> Iterator[bytes]:
    number = 1
    while (answer := client.get(f"/feed.{form}?page={number}")).status_code == 200:
        yield answer.content
        number += 1


def test_atom_keeps_its_schema(client: Client, posts: list[Post]) -> None:
    schema = etree.RelaxNG(etree.parse(RULES / "atom.rng"))
    ids = []
    for feed in _feeds(client, "atom"):
        root = etree.fromstring(feed)
        assert schema.validate(root), schema.error_log
        ids.append([one.text for one in root.iterfind(f"{ATOM}entry/{ATOM}id")])
        assert len(ids[-1]) == len(set(ids[-1]))
        assert [link.get("rel") for link in root.findall(f"{ATOM}link")].count("self") == 1
    pages = -(-len(posts) // 20)
    assert [one for page in ids[:pages] for one in page] == [post.uid for post in posts]


def test_atom_says_every_field(client: Client, posts: list[Post]) -> None:
    entries = [
        entry for feed in _site(client, "atom") for entry in etree.fromstring(feed).iterfind(f"{ATOM}entry")
    ]
    for entry, post in zip(entries, posts, strict=True):
        assert entry.get(LANG) == post.language
        assert entry.findtext(f"{ATOM}title") == post.title
        assert [one.text for one in entry.iterfind(f"{ATOM}author/{ATOM}name")] == _names(post)
        assert [one.get("term") for one in entry.iterfind(f"{ATOM}category")] == _tags(post)
        assert not RELATIVE.search(entry.findtext(f"{ATOM}content") or "")


def test_json_keeps_its_schema(client: Client, posts: list[Post]) -> None:
    schema = json.loads((RULES / "jsonfeed.json").read_text())
    Draft202012Validator.check_schema(schema)
    checker = Draft202012Validator(schema)
    for feed in _feeds(client, "json"):
        assert [problem.message for problem in checker.iter_errors(json.loads(feed))] == []


def test_json_says_every_field(client: Client, posts: list[Post]) -> None:
    items = [item for feed in _site(client, "json") for item in json.loads(feed)["items"]]
    for item, post in zip(items, posts, strict=True):
        said = (item["id"], item["title"], item["url"], item["language"])
        assert said == (post.uid, post.title, f"{SITE}/posts/{post.slug}/", post.language)
        assert [one["name"] for one in item.get("authors", [])] == _names(post)
        assert item.get("tags", []) == _tags(post)
        assert item["_masthead"]["body"] == post.body
        assert "content_text" not in item
        assert not RELATIVE.search(item["content_html"])


def test_rss_is_read_again_with_every_field_equal(client: Client, posts: list[Post]) -> None:
    entries = []
    for feed in _site(client, "rss"):
        parsed = feedparser.parse(feed, sanitize_html=False, resolve_relative_uris=False)
        assert not parsed.bozo
        assert parsed.version == "rss20"
        entries += parsed.entries
    data = [item for feed in _site(client, "json") for item in json.loads(feed)["items"]]
    for entry, post, item in zip(entries, posts, data, strict=True):
        _is_equal(entry, post, item["content_html"])


def _is_equal(entry: Any, post: Post, html: str) -> None:
    assert post.published_at is not None
    assert (entry.id, entry.guidislink, entry.link) == (post.uid, False, f"{SITE}/posts/{post.slug}/")
    assert entry.title == post.title
    assert entry.summary == escape(post.lead or post.title, quote=False)
    assert [one.name for one in entry.get("authors", [])] == _names(post)
    assert [one.term for one in entry.get("tags", [])] == _tags(post)
    assert entry.published_parsed[:6] == post.published_at.utctimetuple()[:6]
    assert entry.language == post.language
    assert [one.value for one in entry.content] == [html.strip()]
    assert [one["url"] for one in entry.get("media_content", [])] == [post.cover_url] * bool(post.cover_url)


def _names(post: Post) -> list[str]:
    return [byline.author.name for byline in post.bylines.all()]


def _tags(post: Post) -> list[str]:
    return [tagging.tag.name for tagging in post.taggings.all()]


@pytest.mark.parametrize(
    "harm",
    [
        ("<id>", "<published>"),
        ("<updated>20", "<updated>the year 20"),
        ('rel="self"', 'rel="self" made="up"'),
        ('href="https', 'href="no address'),
        ("</feed>", "<surprise/></feed>"),
    ],
)
def test_the_schema_refuses_what_is_wrong(client: Client, harm: tuple[str, str]) -> None:
    imported(*samples(), no_media=True)
    schema = etree.RelaxNG(etree.parse(RULES / "atom.rng"))
    broken = client.get("/feed.atom").text.replace(*harm, 1)
    parser = etree.XMLParser(recover=True)
    assert not schema.validate(etree.fromstring(broken.encode(), parser))
