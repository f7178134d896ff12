"""test_ghost_posts: a post of a Ghost export with all that it says, in every version's way of saying it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from importer.entry import About, Comment, Entry, Person, Place, Rejected
from importer.errors import SourceUnusable
from importer.formats import choose
from tests.importer.ghosts import ID, SITE, entries, entry, export, post, read
from tests.importer.readings import document

USERS = [
    {
        "id": "u1",
        "name": "Ann  Lee",
        "slug": "ann",
        "email": "ann@blog.example",
        "website": "https://ann.example/",
    },
    {"id": "u2", "name": "Bob", "slug": "bob", "email": "bob@blog.example"},
]
TAGS = [
    {"id": "t1", "name": "Sea", "slug": "sea", "visibility": "public"},
    {"id": "t2", "name": "Moon", "slug": "moon"},
    {"id": "t3", "name": "#wide", "slug": "hash-wide", "visibility": "internal"},
]
NO_ADDRESS = (
    "A Ghost export does not say the address of its site, so links and pictures that lead to the site itself stay "
    "relative and old addresses lead nowhere; --base-url gives it."
)


def links(column: str, *keys: str) -> list[dict[str, Any]]:
    """A table between posts and others, its rows in the wrong order."""
    rows = [{"post_id": ID, column: key, "sort_order": place} for place, key in enumerate(keys)]
    return rows[::-1]


def test_a_whole_post() -> None:
    found = entry(
        custom_excerpt="Short.",
        feature_image="__GHOST_URL__/content/images/sea.jpg",
        canonical_url="https://first.example/tides/",
        locale="en-GB",
        tables={
            "users": USERS,
            "tags": TAGS,
            "posts_authors": links("author_id", "u2", "u1"),
            "posts_tags": links("tag_id", "t2", "t1"),
            "posts_meta": [
                {
                    "post_id": ID,
                    "meta_title": "Tides explained",
                    "meta_description": "Why water rises.",
                    "feature_image_alt": "The sea",
                }
            ],
        },
    )
    assert found == Entry(
        position=1,
        title="On tides",
        body="<p>Water rises.</p>",
        guid=ID,
        link="https://blog.example/on-tides/",
        canonical="https://first.example/tides/",
        base_url="https://blog.example",
        slug="on-tides",
        summary="Short.",
        authors=(
            Person("Bob", "bob@blog.example"),
            Person("Ann Lee", "ann@blog.example", "https://ann.example/"),
        ),
        tags=("Moon", "Sea"),
        published=datetime(2024, 5, 1, 10, tzinfo=UTC),
        updated=datetime(2024, 5, 2, 10, tzinfo=UTC),
        status="published",
        language="en-GB",
        cover="https://blog.example/content/images/sea.jpg",
        cover_alt="The sea",
        seo_title="Tides explained",
        seo_description="Why water rises.",
    )


def test_an_old_post_with_numbers_for_everything() -> None:
    source = json.dumps(
        {
            "meta": {"exported_on": 1408552443891, "version": "003"},
            "data": {
                "posts": [
                    {
                        "id": 7,
                        "uuid": "u-7",
                        "title": "Old",
                        "slug": "old",
                        "markdown": "Some *words*.",
                        "html": "",
                        "image": "/content/images/old.png",
                        "page": 0,
                        "status": "published",
                        "language": "en_US",
                        "author_id": 1,
                        "meta_title": "Older",
                        "published_at": 1283780649000,
                    }
                ],
                "users": [{"id": 1, "name": "Ann", "slug": "ann"}],
                "tags": [{"id": 3, "name": "Sea", "slug": "sea"}],
                "posts_tags": [{"post_id": 7, "tag_id": 3}],
                "settings": [{"key": "permalinks", "value": "/:year/:month/:day/:slug/"}],
            },
        }
    )
    (found,) = entries(source)
    assert isinstance(found, Entry)
    assert (found.body, found.body_format, found.guid) == ("Some *words*.", "markdown", "u-7")
    assert (found.link, found.cover) == (
        "https://blog.example/2010/09/06/old/",
        "https://blog.example/content/images/old.png",
    )
    assert (found.authors, found.tags, found.language) == ((Person("Ann"),), ("Sea",), "en-US")
    assert (found.published, found.seo_title) == (datetime(2010, 9, 6, 13, 44, 9, tzinfo=UTC), "Older")


def test_a_moment_of_the_first_days_in_milliseconds() -> None:
    assert entry(published_at=915_148_800_000).published == datetime(1999, 1, 1, tzinfo=UTC)


def test_a_moment_as_a_database_writes_it() -> None:
    assert entry(published_at="2019-03-04 05:06:07").published == datetime(2019, 3, 4, 5, 6, 7, tzinfo=UTC)


def test_a_moment_that_is_none_is_a_warning() -> None:
    found = entry(published_at="soon", created_at=None)
    assert (found.published, found.warnings) == (
        None,
        ("The date “soon” was not understood, so the entry has no date.",),
    )


@pytest.mark.parametrize(
    "fields", [{"type": "page"}, {"page": 1, "type": None}, {"page": True, "type": None}]
)
def test_a_page_is_a_page(fields: dict[str, Any]) -> None:
    assert entry(**fields).kind == "page"


def test_tags_of_ghosts_own_are_left_out_with_a_note() -> None:
    found = entry(tables={"tags": TAGS, "posts_tags": links("tag_id", "t3", "t1")})
    assert (found.tags, found.warnings) == (
        ("Sea",),
        ("Tags that only Ghost itself uses were left out: “#wide”.",),
    )


def test_the_caption_of_the_cover_ends_the_text() -> None:
    found = entry(feature_image_caption='Photo by <a href="__GHOST_URL__/ann/">Ann</a>')
    assert found.body == (
        '<p>Water rises.</p>\n<p><small>Photo by <a href="https://blog.example/ann/">Ann</a></small></p>'
    )
    assert found.warnings == ("The caption of its cover stands at the end of the text.",)


def test_addresses_of_the_site_itself_get_it_back() -> None:
    assert (
        entry(html='<a href="__GHOST_URL__/about/">x</a>').body
        == '<a href="https://blog.example/about/">x</a>'
    )


def test_without_the_sites_address_they_stay_relative_and_that_is_said() -> None:
    source = export(
        post(html='<img src="__GHOST_URL__/content/images/a.png">', feature_image="__GHOST_URL__/b.png")
    )
    parsed = read(source, site="")
    (found,) = parsed.entries
    assert isinstance(found, Entry)
    assert (found.body, found.cover, found.link) == ('<img src="/content/images/a.png">', "/b.png", "")
    assert (parsed.warnings, parsed.places) == ((NO_ADDRESS,), ())


def test_what_an_export_says_of_its_site() -> None:
    settings = [{"key": "title", "value": "Tide"}, {"key": "locale", "value": "ru"}]
    assert read(export(settings=settings)).about == About("Tide", site_url=f"{SITE}/", language="ru")


def test_the_places_of_the_site() -> None:
    assert read(export(users=USERS[:1], tags=TAGS)).places == (
        Place("https://blog.example/", "home"),
        Place("https://blog.example/rss/", "feed"),
        Place("https://blog.example/tag/sea/", "tag", "Sea"),
        Place("https://blog.example/tag/moon/", "tag", "Moon"),
        Place("https://blog.example/author/ann/", "author", "Ann Lee"),
    )


def test_comments_come_with_their_post_without_those_hidden() -> None:
    rows = [
        {
            "id": "c1",
            "post_id": ID,
            "member_id": "m1",
            "html": "<p>Yes.</p>",
            "created_at": "2024-05-03T00:00:00Z",
        },
        {"id": "c2", "post_id": ID, "parent_id": "c1", "html": "<p>No.</p>", "status": "published"},
        {"id": "c3", "post_id": ID, "html": "<p>Spam.</p>", "status": "hidden"},
    ]
    found = entry(tables={"comments": rows, "members": [{"id": "m1", "name": "Cy", "email": "cy@x.example"}]})
    assert found.comments == (
        Comment("<p>Yes.</p>", "Cy", datetime(2024, 5, 3, tzinfo=UTC), "c1"),
        Comment("<p>No.</p>", ident="c2", parent="c1"),
    )


def test_what_is_no_post_costs_itself_alone() -> None:
    deep = post(title="Deep", html="<div>" * 1000)
    assert [
        one
        for one in entries(export("x", post(title="", html=""), deep, post()))
        if isinstance(one, Rejected)
    ] == [
        Rejected(1, "", "The post is not an object."),
        Rejected(2, "on-tides", "The entry has neither a title nor a text."),
        Rejected(
            3, "Deep", "The entry's HTML cannot be shown: its elements stand in each other over 500 deep."
        ),
    ]


@pytest.mark.parametrize("source", ['{"db": [{}]}', '{"db": [{"data": {"tags": []}}]}', '{"db": ["x"]}'])
def test_an_export_without_posts_is_refused(source: str) -> None:
    with pytest.raises(SourceUnusable) as caught:
        read(source)
    assert str(caught.value) == (
        "This Ghost export holds no list of posts. Export it anew in Ghost, under Settings, Import/Export."
    )


def test_an_export_is_told_from_other_json() -> None:
    assert choose(document(export(post()))).name == "ghost"
    assert choose(document('{"data": {"posts": [], "posts_tags": []}, "meta": {}}')).name == "ghost"
    assert choose(document('{"data": {"rows": []}}')).name == "jsonfeed"
