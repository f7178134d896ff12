"""test_lists: home, tags, authors, series, the archive: what stands on them, and in which order."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from blog import taxonomy
from blog.models import NavigationLink, Tag
from tests.factories import AuthorFactory, PageFactory, PostFactory, SeriesFactory, many_posts

pytestmark = pytest.mark.django_db

WHEN = datetime(2026, 5, 7, 10, 30, tzinfo=UTC)


def _titles(text: str) -> list[str]:
    return re.findall(r'<a class="p-name u-url" href="[^"]*"[^>]*>(.*?)</a>', text)


def test_an_empty_site_says_what_to_do(client: Client) -> None:
    text = client.get("/").text
    assert "No posts yet" in text
    assert "python manage.py import_feed" in text
    for address in ("/tags/", "/authors/", "/archive/"):
        assert client.get(address).status_code == 200


def test_the_newest_dated_post_leads(client: Client) -> None:
    PostFactory(title="Older", published_at=WHEN - timedelta(days=1))
    PostFactory(title="Newer", published_at=WHEN)
    PostFactory(title="Undated", dated=False, published_at=WHEN + timedelta(days=1))
    text = client.get("/").text
    assert _titles(text) == ["Newer", "Older", "Undated"]
    assert re.search(r'<article class="lead-entry[^>]*>.*?Newer.*?</article>', text, re.S)


def test_no_undated_post_ever_leads(client: Client) -> None:
    PostFactory(title="Undated", dated=False, published_at=WHEN)
    text = client.get("/").text
    assert "lead-entry" not in text
    assert "Undated" in text
    assert "<time" not in text


def test_pages_of_home_hold_every_post_once(client: Client) -> None:
    many_posts(30)
    for number in range(25):
        PostFactory(
            title=f"Undated {number}", dated=False, published_at=WHEN - timedelta(milliseconds=number)
        )
    titles = [title for page in (1, 2, 3) for title in _titles(client.get(f"/?page={page}").text)]
    assert len(titles) == len(set(titles)) == 55
    assert titles[:2] == ["Post 1 of many", "Post 2 of many"]
    assert titles[30:] == [f"Undated {number}" for number in range(25)]
    assert "Page 2 of 3" in client.get("/?page=2").text
    assert client.get("/?page=4").status_code == 404


def test_pages_are_linked_both_ways(client: Client) -> None:
    many_posts(45)
    text = client.get("/?page=2").text
    assert '<link rel="prev" href="/">' in text
    assert '<link rel="next" href="/?page=3">' in text
    assert '<link rel="canonical" href="https://masthead.example/?page=2">' in text
    assert 'rel="next"' not in client.get("/?page=3").text


def test_every_page_offers_its_feeds(client: Client) -> None:
    PostFactory(tags=["One"], authors=["Anna"])
    for address, start in (
        ("/", "/"),
        ("/tags/one/", "/tags/one/"),
        ("/authors/anna/", "/authors/anna/"),
        ("/en/", "/en/"),
    ):
        text = client.get(address).text
        for form, kind in (("rss", "rss+xml"), ("atom", "atom+xml"), ("json", "feed+json")):
            assert re.search(
                rf'<link rel="alternate" type="application/{re.escape(kind)}" title="[^"]+" href="{start}feed\.{form}">',
                text,
            )
            assert re.search(rf'<a href="{start}feed\.{form}"', text)
        assert 'id="follow"' in text


def test_tags_are_counted_by_public_posts(client: Client) -> None:
    for number in range(3):
        PostFactory(tags=["Rust", "Web"] if number else ["Rust"])
    PostFactory(tags=["Web", "Secret"], status="draft")
    text = client.get("/tags/").text
    assert re.findall(r'<a href="/tags/([^"/]+)/">.*?<span class="count">(.*?)</span>', text) == [
        ("rust", "3 posts"),
        ("web", "2 posts"),
    ]


def test_a_tag_tells_what_it_is_about(client: Client) -> None:
    PostFactory(tags=["Rust"])
    tag = Tag.objects.get()
    tag.description = "A language, see https://www.rust-lang.org <b>"
    taxonomy.save_tag(tag)
    text = client.get("/tags/rust/").text
    assert 'href="https://www.rust-lang.org"' in text
    assert "<b>" not in text


def test_an_author_has_a_face_a_life_and_posts(client: Client) -> None:
    anna = AuthorFactory(
        name="Anna Smith", bio="Writes.", website="https://www.anna.example/", email="a@b.example"
    )
    PostFactory(title="Hers", authors=[anna])
    PostFactory(title="Translated", authors=["Other", (anna, "translator")])
    PostFactory(title="Not hers", authors=["Other"])
    text = client.get("/authors/anna-smith/").text
    assert sorted(_titles(text)) == ["Hers", "Translated"]
    assert ">AS</span>" in text
    assert "Writes." in text
    assert ">anna.example</a>" in text
    assert "a@b.example" not in text
    directory = client.get("/authors/").text
    assert "Anna Smith" in directory
    assert "2 posts" in directory


def test_an_author_named_twice_is_counted_once(client: Client) -> None:
    anna = AuthorFactory(name="Anna")
    PostFactory(title="Both", authors=[anna, (anna, "editor")])
    assert "1 post<" in client.get("/authors/").text
    assert _titles(client.get("/authors/anna/").text) == ["Both"]


def test_a_series_is_read_from_its_beginning(client: Client) -> None:
    series = SeriesFactory(title="Story")
    PostFactory(title="Last", series=series, published_at=WHEN - timedelta(days=9))
    PostFactory(title="Second", series=series, series_position=2, published_at=WHEN - timedelta(days=5))
    PostFactory(title="First", series=series, series_position=1, published_at=WHEN)
    assert _titles(client.get("/series/story/").text) == ["First", "Second", "Last"]


def test_the_archive_counts_years_and_months(client: Client) -> None:
    for month in (1, 1, 3):
        PostFactory(published_at=datetime(2025, month, 5, tzinfo=UTC))
    PostFactory(published_at=datetime(2026, 5, 5, tzinfo=UTC))
    PostFactory(title="Whenever", dated=False, published_at=datetime(2024, 5, 5, tzinfo=UTC))
    text = client.get("/archive/").text
    assert re.findall(r'<h2><a href="(/archive/\d+/)">\d+</a> <span class="count">(.*?)</span>', text) == [
        ("/archive/2026/", "1 post"),
        ("/archive/2025/", "3 posts"),
    ]
    assert re.findall(r'<a href="/archive/2025/(\d\d)/">(\w+)</a> <span class="count">(\d)</span>', text) == [
        ("01", "January", "2"),
        ("03", "March", "1"),
    ]
    assert 'aria-label="January 2, March 1"' in text
    assert "Undated" in text
    assert "Whenever" in text
    assert client.get("/archive/2024/").status_code == 404


def test_the_archive_counts_by_the_clock_of_the_site(client: Client, settings: object) -> None:
    settings.TIME_ZONE = "Asia/Tokyo"  # type: ignore[attr-defined]
    PostFactory(title="New Year in Tokyo", published_at=datetime(2025, 12, 31, 16, 0, tzinfo=UTC))
    assert "New Year in Tokyo" in client.get("/archive/2026/01/").text
    assert client.get("/archive/2025/").status_code == 404


def test_a_year_is_shown_by_months(client: Client) -> None:
    PostFactory(title="In May", published_at=WHEN)
    PostFactory(title="In June", published_at=WHEN + timedelta(days=30))
    text = client.get("/archive/2026/").text
    assert re.findall(r"<h2>(.*?)</h2>", text)[:2] == ["June 2026", "May 2026"]
    assert _titles(client.get("/archive/2026/05/").text) == ["In May"]


def test_editors_choose_the_menu_and_the_foot(client: Client) -> None:
    PostFactory()
    about, hidden = PageFactory(title="About us"), PageFactory(title="Hidden page", status="draft")
    for place, position, given in (
        ("menu", 2, {"page": about}),
        ("menu", 1, {"label": "Elsewhere", "address": "https://else.example/"}),
        ("menu", 3, {"page": hidden}),
        ("footer", 1, {"label": "Imprint", "page": about}),
    ):
        taxonomy.save_navigation(NavigationLink(place=place, position=position, **given))
    text = client.get("/").text
    menu = text.split('<nav class="menu"')[1].split("</nav>")[0]
    assert re.findall(r'href="([^"]+)"[^>]*>(.*?)</a>', menu)[:2] == [
        ("https://else.example/", "Elsewhere"),
        ("/pages/about-us/", "About us"),
    ]
    assert "Hidden page" not in text
    assert ">Imprint</a>" in text.split("<footer")[1]


def test_languages_are_offered_where_there_are_several(client: Client) -> None:
    PostFactory(language="en-US")
    assert 'aria-label="Languages"' not in client.get("/").text
    PostFactory(language="ru")
    text = client.get("/").text
    assert '<a href="/en/">English</a>' in text
    assert '<a href="/ru/">Русский</a>' in text


def test_covers_are_shown_where_there_are_any(client: Client) -> None:
    from blog.models import Image

    image = Image.objects.create(
        file="images/ab/abcdef0123456789.webp", sha256="ab", width=12, height=8, size=9
    )
    PostFactory(title="Lead", published_at=WHEN)
    PostFactory(title="Pictured", cover=image, published_at=WHEN - timedelta(days=1))
    PostFactory(title="Remote", cover_url="https://p.example/a.png", published_at=WHEN - timedelta(days=2))
    text = client.get("/").text
    assert text.count("<img") == 1
    assert 'width="12" height="8"' in text
