"""test_lines_run_nothing: titles, names, tags, summaries, alternative texts and descriptions are text, wherever they stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client
from lxml import etree

from blog import taxonomy
from blog.models import Image, NavigationLink, Post
from tests.factories import (
    AuthorFactory,
    PageFactory,
    PostFactory,
    SeriesFactory,
    TagFactory,
    a_post,
    many_posts,
)
from tests.importer.documents import imported, written
from tests.security.reading import (
    ATOM,
    CONTENT,
    addresses_within,
    crawl,
    due,
    elements,
    feed_harms,
    harmful_address,
    harms,
    is_feed,
    is_html,
    structured,
)
from tests.security.vectors import LINES

pytestmark = pytest.mark.django_db


def _write_it_everywhere(line: str) -> Post:
    cover = Image.objects.create(
        file="images/ab/abcdef0123456789.webp", sha256="ab", width=1200, height=800, size=4321, alt=line
    )
    author = AuthorFactory(name=f"{line} writer", bio=f"{line}\n\nhttps://example.org/?{line}")
    tag = TagFactory(name=f"{line} subject"[:100], description=f"{line} <a href='javascript:steal()'>x</a>")
    series = SeriesFactory(title=f"{line} story", description=line)
    NavigationLink.objects.create(label=line[:60], address="/tags/", place="menu")
    NavigationLink.objects.create(label=line[:60], address="https://example.org/", place="footer", position=1)
    PageFactory(title=f"{line} page", summary=line, cover=cover, cover_alt=line, seo_title=line)
    for number in range(4):  # so that there are neighbours, parts of a series, others about the same
        PostFactory(
            title=f"{line} other {number}",
            summary=line,
            authors=[author],
            tags=[tag],
            series=series,
            dated=number < 2,
            language="ru" if number == 3 else "en",
        )
    return a_post(
        title=f"{line} title",
        slug="the-post",
        summary=f"{line} summary",
        body=f"## {line}\n\n## two\n\n## three\n\n![{line}](/media/aa/00112233aabbccdd.webp)",
        authors=[author, (AuthorFactory(name=f"{line} helper"), "translator")],
        tags=[tag, f"{line} more"[:100]],
        series=series,
        cover=cover,
        cover_alt=line,
        seo_title=line,
        seo_description=line,
        language="en",
    )


@pytest.mark.parametrize("line", LINES)
def test_one_line_in_every_place_that_takes_one(client: Client, line: str) -> None:
    _write_it_everywhere(line)
    answers = crawl(client)
    assert len(answers) > 30
    for address, answer in answers.items():
        assert answer.status_code == due(address), address
        assert "Set-Cookie" not in answer.headers
        if is_feed(address):
            assert feed_harms(address, answer.content) == [], address
        elif is_html(answer):
            assert harms(answer.text) == [], address
            for block in structured(answer.text):
                assert not any(map(harmful_address, addresses_within(block))), address


@pytest.mark.parametrize("line", LINES)
def test_it_is_read_as_it_was_written(client: Client, line: str) -> None:
    """Escaped once, not twice and not never: in the title, in the data, in the marks, in each feed."""
    _write_it_everywhere(line)
    title = f"{line} title"
    page = client.get("/posts/the-post/").text
    seen = elements(page, whole=True)
    (block,) = structured(page)
    assert block["headline"] == title
    heading = next(text for _, name, given, text in seen if name == "h1" and given.get("class") == "p-name")
    assert heading.split() == title.replace("\r\n", "\n").split()
    marks = {given.get("property"): given.get("content") for _, name, given, _ in seen if name == "meta"}
    assert str(marks["og:title"]).split() == line.split()
    assert client.get("/feed.json").json()["items"][0]["title"] == title
    item = etree.fromstring(client.get("/feed.rss").content).find("channel/item")
    assert item is not None
    assert str(item.findtext("title")).split() == title.split()
    entry = etree.fromstring(client.get("/feed.atom").content).find(f"{ATOM}entry")
    assert entry is not None
    assert str(entry.findtext(f"{ATOM}title")).split() == title.split()


@pytest.mark.parametrize("line", LINES)
def test_a_feeds_own_words(client: Client, tmp_path: Path, line: str) -> None:
    """Title, author, tags, summary, id, language and addresses of a source, all hostile."""
    items = [
        {
            "id": f"{line}{number}",
            "url": f"https://blog.example/{line}",
            "title": f"{line} {number}",
            "summary": f"{line} in a few words of its own, enough to be a summary {number}",
            "content_html": f"<p>Some words of the text, {number} of them, enough for it.</p>",
            "authors": [{"name": f"{line} writer", "url": line, "avatar": line}],
            "tags": [line[:90], "shared"],
            "language": line[:30],
            "image": f"https://blog.example/{line}",
            "date_published": f"2024-01-0{number}T10:00:00Z",
        }
        for number in (1, 2, 3)
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": line,
        "home_page_url": line,
        "items": items,
    }
    imported(written(tmp_path, json.dumps(feed), "feed.json"))
    assert Post.objects.published().count() == 3
    for address, answer in crawl(
        client, ("/", "/feed.rss", "/feed.atom", "/feed.json", "/sitemap.xml")
    ).items():
        assert answer.status_code == due(address), address
        if is_feed(address):
            assert feed_harms(address, answer.content) == [], address
        elif is_html(answer):
            assert harms(answer.text) == [], address


@pytest.mark.parametrize("line", LINES)
def test_slugs_hold_letters_digits_and_hyphens_alone(line: str) -> None:
    post = _write_it_everywhere(line)
    slugs = [post.slug, *post.tags.values_list("slug", flat=True), post.series.slug if post.series else "x"]
    slugs += [byline.author.slug for byline in post.bylines.all()]
    assert len(slugs) == 6
    for slug in [*slugs, a_post(title=line).slug, a_post(title="x", slug=line).slug]:
        assert slug
        assert slug.isascii()
        assert slug.replace("-", "").isalnum()


def test_a_section_of_text_does_not_end_early_in_rss(client: Client) -> None:
    a_post(title="]]>", summary="]]> <b>", body="`]]>` and ]]> </content:encoded></item><item>")
    root = etree.fromstring(client.get("/feed.rss").content)
    (item,) = root.findall("channel/item")
    assert item.findtext("title") == "]]>"
    assert item.findtext("description") == "]]&gt; &lt;b&gt;"
    assert "]]&gt;" in str(item.findtext(f"{CONTENT}encoded"))


def test_descriptions_in_rss_are_text_to_who_reads_them_as_html(client: Client) -> None:
    """The first paragraph shows a tag as text: the summary made from it must not become that tag."""
    tag = TagFactory(name="Web", description="What <script> does, and <b>not</b>.")
    a_post(
        title="A post",
        body="Write `<img src=x onerror=steal()>` and see what the browser does with it.",
        tags=[tag],
    )
    root = etree.fromstring(client.get("/tags/web/feed.rss").content)
    said = [str(one.text) for one in root.iter("description")]
    assert [element for text in said for element in elements(text, whole=False) if element[1] != "div"] == []
    assert said[0] == "What &lt;script&gt; does, and &lt;b&gt;not&lt;/b&gt;."


def test_a_menu_takes_no_script_for_an_address() -> None:
    for address in (
        "javascript:steal()",
        "//evil.example/",
        "/\\evil.example",
        "data:text/html,x",
        "JAVASCRIPT:x",
    ):
        link = NavigationLink(label="x", address=address)
        with pytest.raises(Exception, match="Write an address of this site"):
            link.full_clean()
    taxonomy.save_navigation(NavigationLink(label="x", address="/tags/"))


def test_many_posts_with_the_same_hostile_title(client: Client) -> None:
    """The second pages too."""
    from dataclasses import replace

    many_posts(
        45, change=lambda number, content: replace(content, title=f"{LINES[number % len(LINES)]} {number}")
    )
    for address in ("/?page=2", "/?page=3", "/archive/", "/feed.rss?page=2", "/feed.json?page=3"):
        answer = client.get(address)
        found = feed_harms(address, answer.content) if is_feed(address) else harms(answer.text)
        assert found == [], address
