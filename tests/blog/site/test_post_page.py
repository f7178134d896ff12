"""test_post_page: one post as readers and machines see it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import mf2py
import pytest
from django.test import Client

from blog.models import Image, Post
from tests.factories import PageFactory, PostFactory, SeriesFactory, a_post, an_author

pytestmark = pytest.mark.django_db

SITE = "https://masthead.example"
WHEN = datetime(2026, 5, 7, 10, 30, tzinfo=UTC)


@pytest.fixture
def cover() -> Image:
    return Image.objects.create(
        file="images/ab/abcdef0123456789.webp", sha256="ab", width=1200, height=800, size=9, alt="A lake"
    )


@pytest.fixture
def post(cover: Image) -> Post:
    return a_post(
        title='Hello & "goodbye"',
        summary="An introduction of its own.",
        body="The text begins here, and says something else.\n\n## One\n\nA\n\n## Two\n\nB\n\n### Three\n\nC",
        authors=[
            an_author(name="Anna Smith"),
            an_author(name="Boris", picture="authors/ab/abcdef01.webp"),
            (an_author(name="Clara"), "translator"),
            (an_author(name="Dora"), "editor"),
        ],
        tags=["C++", "Новости"],
        language="en",
        cover=cover,
        origin_url="https://www.old.example/hello",
        published_at=WHEN,
        updated_at=WHEN + timedelta(days=3),
    )


def _data(text: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def _meta(text: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', text))


def test_it_is_an_h_entry(client: Client, post: Post) -> None:
    text = client.get(post.get_absolute_url()).text
    entries = [item for item in mf2py.parse(doc=text)["items"] if "h-entry" in item["type"]]
    assert len(entries) == 1
    said = entries[0]["properties"]
    assert said["name"] == ['Hello & "goodbye"']
    assert said["url"] == [f"{SITE}/posts/hello-goodbye/"]
    assert [author["properties"]["name"][0] for author in said["author"]] == ["Anna Smith", "Boris"]
    assert said["author"][0]["properties"]["url"] == ["/authors/anna-smith/"]
    assert said["category"] == ["C++", "Новости"]
    assert datetime.fromisoformat(said["published"][0]) == WHEN
    assert datetime.fromisoformat(said["updated"][0]) == WHEN + timedelta(days=3)
    assert said["content"][0]["value"].startswith("The text begins here")
    assert said["summary"] == ["An introduction of its own."]


def test_it_is_a_blog_posting(client: Client, post: Post) -> None:
    data = _data(client.get(post.get_absolute_url()).text)
    assert data["@type"] == "BlogPosting"
    assert data["headline"] == 'Hello & "goodbye"'
    assert [person["name"] for person in data["author"]] == ["Anna Smith", "Boris"]
    assert data["author"][1]["image"] == f"{SITE}/media/authors/ab/abcdef01.webp"
    assert [person["name"] for person in data["translator"]] == ["Clara"]
    assert [person["name"] for person in data["editor"]] == ["Dora"]
    assert datetime.fromisoformat(data["datePublished"]) == WHEN
    assert datetime.fromisoformat(data["dateModified"]) == WHEN + timedelta(days=3)
    assert data["image"] == f"{SITE}/media/images/ab/abcdef0123456789.webp"
    assert data["keywords"] == ["C++", "Новости"]
    assert data["inLanguage"] == "en"
    assert data["isBasedOn"] == "https://www.old.example/hello"


def test_it_has_a_card(client: Client, post: Post) -> None:
    text = client.get(post.get_absolute_url()).text
    meta = _meta(text)
    assert meta["og:type"] == "article"
    assert meta["og:title"] == "Hello &amp; &quot;goodbye&quot;"
    assert meta["og:url"] == f"{SITE}/posts/hello-goodbye/"
    assert meta["og:image"] == f"{SITE}/media/images/ab/abcdef0123456789.webp"
    assert meta["og:image:width"] == "1200"
    assert meta["description"] == "An introduction of its own."
    assert meta["twitter:card"] == "summary_large_image"
    assert f'<link rel="canonical" href="{SITE}/posts/hello-goodbye/">' in text


def test_everyone_who_had_a_part_is_named(client: Client, post: Post) -> None:
    words = re.sub(r"<[^>]+>", "", client.get(post.get_absolute_url()).text)
    assert "Anna Smith and Boris · Translated by Clara · Edited by Dora" in words
    assert "7 May 2026 · updated 10 May 2026 · 1 min read" in words
    assert "First published at old.example." in words


def test_faces_are_pictures_or_initials(client: Client, post: Post) -> None:
    text = client.get(post.get_absolute_url()).text
    assert re.search(r'<span class="face tint-\d" aria-hidden="true">AS</span>', text)
    assert 'src="/media/authors/ab/abcdef01.webp" alt=""' in text


def test_the_cover_has_its_size_and_its_words(client: Client, post: Post) -> None:
    text = client.get(post.get_absolute_url()).text
    assert 'src="/media/images/ab/abcdef0123456789.webp" alt="A lake" width="1200" height="800"' in text


def test_a_cover_elsewhere_is_a_quiet_link_and_never_an_image(client: Client) -> None:
    post = a_post(title="Remote", cover_url="https://pictures.example/a.png")
    text = client.get(post.get_absolute_url()).text
    assert 'src="https://pictures.example' not in text
    assert '<a href="https://pictures.example/a.png" rel="noopener">see it at pictures.example</a>' in text


def test_contents_stand_where_they_help(client: Client, post: Post) -> None:
    text = client.get(post.get_absolute_url()).text
    assert '<details class="contents">' in text
    assert '<a href="#at-two">Two</a>' in text
    short = a_post(title="Short", body="## One\n\nA\n\n## Two\n\nB")
    assert '<details class="contents">' not in client.get(short.get_absolute_url()).text


def test_a_text_that_brings_its_contents_gets_no_second_list(client: Client) -> None:
    heads = "".join(f"\n\n## Part {n}\n\nText of it." for n in range(1, 5))
    links = "".join(f"- [Part {n}](#part-{n})\n" for n in range(1, 5))
    post = a_post(title="Own", body=f"## Contents\n\n{links}{heads}")
    assert '<details class="contents">' not in client.get(post.get_absolute_url()).text


def test_a_summary_that_only_repeats_the_beginning_is_not_shown_twice(client: Client) -> None:
    body = "Software has always been reactive, and that model is starting to break now."
    post = a_post(title="Same", summary=body[:50] + "…", body=body)
    assert 'class="introduction' not in client.get(post.get_absolute_url()).text


def test_an_undated_post_shows_and_claims_no_date(client: Client) -> None:
    post = a_post(title="Undated", dated=False, published_at=WHEN, updated_at=WHEN + timedelta(days=30))
    text = client.get(post.get_absolute_url()).text
    assert "dt-published" not in text
    assert "dt-updated" not in text
    assert "<time" not in text
    assert "2026" not in re.sub(r"tag:[^\"<]*", "", text)
    assert "datePublished" not in _data(text)
    assert "dateModified" not in _data(text)


def test_a_text_in_another_language_says_so(client: Client) -> None:
    russian = a_post(title="Привет", language="ru")
    arabic = a_post(title="مرحبا", language="ar")
    english = a_post(title="Hello", language="en-GB")
    page = client.get(russian.get_absolute_url()).text
    assert '<html lang="ru">' in page  # the words around it are Russian too
    assert '<article class="post h-entry">' in page
    assert '<article class="post h-entry" lang="ar" dir="rtl">' in client.get(arabic.get_absolute_url()).text
    assert '<article class="post h-entry">' in client.get(english.get_absolute_url()).text
    assert '<html lang="en">' in client.get(arabic.get_absolute_url()).text


def test_its_own_canonical_address_and_words_for_engines(client: Client) -> None:
    post = a_post(
        title="Here",
        canonical_url="https://first.example/there",
        seo_title="For engines",
        seo_description="Said to them.",
    )
    text = client.get(post.get_absolute_url()).text
    assert '<link rel="canonical" href="https://first.example/there">' in text
    assert "<title>For engines · Masthead</title>" in text
    assert _meta(text)["description"] == "Said to them."
    assert '<h1 class="p-name">Here</h1>' in text


def test_a_post_kept_from_engines_says_so(client: Client) -> None:
    post = a_post(title="Quiet", noindex=True)
    text = client.get(post.get_absolute_url()).text
    assert '<meta name="robots" content="noindex">' in text
    assert 'rel="canonical"' not in text


def test_data_ends_no_script_early(client: Client) -> None:
    post = a_post(title="</script><script>alert(1)</script><!--", summary="\u2028 & <b>", tags=["</script>x"])
    text = client.get(post.get_absolute_url()).text
    assert text.count("<script") == 2
    assert _data(text)["headline"] == "</script><script>alert(1)</script><!--"
    assert "<script>alert" not in text


def test_nothing_that_people_wrote_becomes_markup(client: Client) -> None:
    author = an_author(
        name="<i>N</i>", bio="<b>bio</b> javascript:alert(1)", website="https://a.example/?<x>"
    )
    post = a_post(
        title="<u>T</u>",
        body="Text.",
        summary="<u>S</u>",
        authors=[author],
        tags=["<u>G</u>"],
        series=SeriesFactory(title="<u>R</u>", description="<u>D</u>"),
        cover_alt='"><u>',
        cover_url="https://p.example/<u>",
        origin_url='https://o.example/"><u>',
    )
    for address in (
        "/",
        post.get_absolute_url(),
        author.get_absolute_url(),
        "/authors/",
        "/tags/",
        "/archive/",
        "/search/?q=%3Cu%3E",
    ):
        text = client.get(address).text
        assert not re.search(r"<[ub]>|<i>N", text), address


def test_parts_of_a_series_lead_on(client: Client) -> None:
    series = SeriesFactory(title="Story")
    parts = [
        a_post(
            title=f"Part {name}",
            series=series,
            series_position=place,
            published_at=WHEN - timedelta(days=place or 0),
        )
        for name, place in (("one", 1), ("two", 2), ("three", None))
    ]
    PostFactory(title="Hidden part", series=series, series_position=1, status="draft")
    text = client.get(parts[1].get_absolute_url()).text
    assert "Part 2 of 3" in text
    assert re.search(r'Part before</span> <a href="/posts/part-one/"', text)
    assert re.search(r'Next part</span> <a href="/posts/part-three/"', text)
    assert "Part 1 of 3" in client.get(parts[0].get_absolute_url()).text
    assert "Part 3 of 3" in client.get(parts[2].get_absolute_url()).text


def test_neighbours_are_those_of_its_language_by_date(client: Client) -> None:
    for number in range(1, 5):
        PostFactory(title=f"English {number}", language="en", published_at=WHEN + timedelta(days=number))
        PostFactory(title=f"Русский {number}", language="ru", published_at=WHEN + timedelta(days=number))
    text = client.get("/posts/english-2/").text
    assert re.search(r'rel="prev" href="/posts/english-1/"', text)
    assert re.search(r'rel="next" href="/posts/english-3/"', text)


def test_neighbours_of_one_moment_come_in_one_order(client: Client) -> None:
    for name in "abc":
        PostFactory(title=f"Same {name}", published_at=WHEN)
    text = client.get("/posts/same-b/").text
    assert 'rel="prev" href="/posts/same-a/"' in text
    assert 'rel="next" href="/posts/same-c/"' in text


def test_others_about_the_same_are_named_with_their_subject(client: Client) -> None:
    for number in range(5):
        PostFactory(title=f"Other {number}", tags=["Rust"], published_at=WHEN - timedelta(days=number + 10))
    PostFactory(title="Unlike", tags=["Cooking"], published_at=WHEN - timedelta(days=30))
    post = a_post(title="Mine", tags=["Rust", "Alone"], published_at=WHEN)
    text = client.get(post.get_absolute_url()).text
    related = re.findall(r'<li><span class="label">(.*?)</span> <a href="(.*?)"', text)
    # Other 0 stands on the page already, as the post before.
    assert related == [("Rust", "/posts/other-1/")]


def test_a_page_stands_alone(client: Client) -> None:
    page = PageFactory(title="About us", body="Who we are.", authors=["Anna"])
    text = client.get(page.get_absolute_url()).text
    assert "Who we are." in text
    assert "<time" not in text
    assert "min read" not in text
    assert "application/ld+json" not in text
