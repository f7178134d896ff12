"""test_wordpress_entries: what an item says of itself arrives in the entry: names, dates, tags, addresses, pictures, comments."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from importer.entry import Comment, Enclosure, Entry, Person
from tests.importer.readings import parsed
from tests.importer.wxr_files import cdata, entry, meta, picture, post, read, wxr

NOON = datetime(2024, 5, 31, 12, tzinfo=UTC)


def term(kind: str, slug: str, name: str) -> str:
    return f'<category domain="{kind}" nicename="{slug}">{cdata(name)}</category>'


def test_a_plain_post() -> None:
    found = entry(post("One.\n\nTwo.", excerpt__encoded="In short."))
    assert found == Entry(
        position=1,
        title="A title",
        body="<p>One.</p>\n<p>Two.</p>",
        guid="https://harbour.example/?p=7",
        link="https://harbour.example/2024/05/a-title/",
        base_url="https://harbour.example/2024/05/a-title/",
        slug="a-title",
        summary="In short.",
        authors=(Person("Anna Quay", "anna@harbour.example"),),
        published=NOON,
        status="published",
        language="en-GB",
        also_at=("https://harbour.example/?p=7",),
    )


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_every_version(version: str) -> None:
    found = parsed(wxr(post(), version=version))
    assert (found.format, [one.title for one in found.entries]) == ("wordpress", ["A title"])


def test_a_page_is_a_page() -> None:
    found = entry(post(wp__post_type="page"))
    assert (found.kind, found.also_at) == (
        "page",
        ("https://harbour.example/?p=7", "https://harbour.example/?page_id=7"),
    )


@pytest.mark.parametrize(
    ("creator", "person"),
    [
        ("boris", Person("Борис Пирс")),
        ("ANNA", Person("Anna Quay", "anna@harbour.example")),
        ("somebody", Person("somebody")),
    ],
)
def test_the_author(creator: str, person: Person) -> None:
    assert entry(post(dc__creator=creator)).authors == (person,)


def test_several_authors() -> None:
    terms = term("author", "cap-boris", "boris") + term("author", "cap-guest", "Guest Writer")
    assert [one.name for one in entry(post(more=terms)).authors] == ["Борис Пирс", "Guest Writer"]


def test_categories_then_tags() -> None:
    terms = (
        term("post_tag", "tide", "Tide")
        + term("category", "cats", "Cats &amp; Dogs")
        + term("category", "uncategorized", "Uncategorized")
        + term("category", "bez", "Без рубрики")
        + term("post_tag", "cats-2", "cats &amp; dogs")
        + term("post_format", "post-format-aside", "Aside")
        + term("series", "walks", "Walks")
        + term("language", "ru", "Русский")
    )
    found = entry(post(more=terms))
    assert (found.tags, found.series, found.language) == (("Cats & Dogs", "Tide"), "Walks", "ru")


def test_other_taxonomies_are_counted() -> None:
    found = read(post(more=term("mood", "calm", "Calm") + term("mood", "grey", "Grey")))
    assert found.warnings == (
        "2 marks of the kind “mood” on posts were left out: only categories and tags are taken.",
    )


@pytest.mark.parametrize(
    ("fields", "published"),
    [
        ({}, NOON),
        ({"wp__post_date_gmt": "0000-00-00 00:00:00"}, datetime(2024, 5, 31, 11, tzinfo=UTC)),
        ({"wp__post_date_gmt": ""}, datetime(2024, 5, 31, 11, tzinfo=UTC)),
        ({"wp__post_date_gmt": "0000-00-00 00:00:00", "wp__post_date": "0000-00-00 00:00:00"}, None),
        ({"wp__post_date_gmt": "", "wp__post_date": "", "pubDate": "Fri, 31 May 2024 12:00:00 +0000"}, NOON),
        ({"wp__post_date_gmt": "", "wp__post_date": "", "pubDate": "Mon, 30 Nov -0001 00:00:00 +0000"}, None),
    ],
)
def test_the_date(fields: dict[str, str], published: datetime | None) -> None:
    (found,) = parsed(wxr(post(**fields)), zone="Europe/Moscow").entries
    assert isinstance(found, Entry)
    assert (found.published, found.warnings) == (published, ())


def test_when_it_was_changed() -> None:
    assert entry(post(wp__post_modified_gmt="2024-06-01 08:00:00")).updated == datetime(
        2024, 6, 1, 8, tzinfo=UTC
    )


def test_the_slug_is_readable() -> None:
    assert entry(post(wp__post_name="%d0%bf%d1%80%d0%b8%d0%bb%d0%b8%d0%b2")).slug == "прилив"


def test_former_addresses() -> None:
    found = entry(post(more=meta(_wp_old_slug="old-name"), guid="https://old.example/?p=7"))
    assert found.also_at == (
        "https://old.example/?p=7",
        "https://harbour.example/?p=7",
        "https://harbour.example/2024/05/old-name/",
    )


def test_the_cover_stands_anywhere_in_the_export() -> None:
    found = entry(post(more=meta(_thumbnail_id="9")), picture("9", "boat.jpg", alt="A boat"))
    assert (found.cover, found.cover_alt) == ("https://harbour.example/wp-content/uploads/boat.jpg", "A boat")


def test_an_enclosure() -> None:
    found = entry(post(more=meta(enclosure="https://harbour.example/tide.mp3\n1234\naudio/mpeg\n")))
    assert found.enclosures == (Enclosure("https://harbour.example/tide.mp3", "audio/mpeg", 1234),)


def comment(number: int, text: str, *, approved: str = "1", kind: str = "", parent: str = "0") -> str:
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>{cdata('Vera &amp; Co')}</wp:comment_author>"
        "<wp:comment_author_email>vera@private.example</wp:comment_author_email><wp:comment_author_IP>192.0.2.7</wp:comment_author_IP>"
        f"<wp:comment_date_gmt>2024-06-01 09:00:00</wp:comment_date_gmt><wp:comment_content>{cdata(text)}</wp:comment_content>"
        f"<wp:comment_approved>{approved}</wp:comment_approved><wp:comment_type>{kind}</wp:comment_type>"
        f"<wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"
    )


def test_comments_are_kept_without_what_is_private() -> None:
    comments = (
        comment(1, "First.")
        + comment(2, "Answer.", parent="1", kind="comment")
        + comment(3, "Spam.", approved="0")
        + comment(4, "Linked.", kind="pingback")
    )
    found = read(post(more=comments))
    (one,) = found.entries
    assert isinstance(one, Entry)
    first = Comment("First.", "Vera & Co", datetime(2024, 6, 1, 9, tzinfo=UTC), "1")
    assert one.comments == (first, replace(first, text="Answer.", ident="2", parent="1"))
    assert "vera@" not in repr(one)
    assert "192.0.2.7" not in repr(one)
    assert found.warnings == (
        "2 comments are shown under the posts, with name, date and text; nobody can answer them.",
        "1 comment that was not approved and 1 pingback or trackback were left out.",
    )


def test_what_is_no_post_is_counted() -> None:
    found = read(
        post(wp__post_type="nav_menu_item"),
        post(title="In"),
        post(wp__post_type="nav_menu_item"),
        post(wp__post_type="book"),
        post(wp__post_type="revision", wp__status="inherit"),
        post(wp__status="trash"),
        picture("9", "boat.jpg"),
    )
    assert [(one.position, one.title) for one in found.entries] == [(1, "In")]
    assert found.warnings == (
        "1 of the type “book”, 2 menu items, 1 earlier version of a post and 1 item from the trash were left out: only "
        "posts and pages are taken.",
        "1 file of the media library makes no post: posts that show one have its address.",
    )


def test_places_of_the_site() -> None:
    head = (
        "<wp:author><wp:author_login>Anna.Q</wp:author_login><wp:author_display_name>Anna Quay</wp:author_display_name></wp:author>"
        "<wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>sea</wp:category_nicename><wp:cat_name>Sea</wp:cat_name></wp:category>"
        "<wp:category><wp:term_id>4</wp:term_id><wp:category_nicename>tides</wp:category_nicename>"
        "<wp:category_parent>sea</wp:category_parent><wp:cat_name>Tides</wp:cat_name></wp:category>"
    )
    terms = term("category", "tides", "Tides") + term("post_tag", "mud", "Mud")
    places = read(post(more=terms, dc__creator="Anna.Q"), head=head).places
    home = "https://harbour.example"
    assert {(one.url.removeprefix(home), one.kind, one.name) for one in places} >= {
        ("/", "home", ""),
        ("/feed/", "feed", ""),
        ("/category/sea/tides/", "tag", "Tides"),
        ("/?cat=4", "tag", "Tides"),
        ("/tag/mud/", "tag", "Mud"),
        ("/author/anna-q/", "author", "Anna Quay"),
    }


def test_about() -> None:
    about = read(post()).about
    assert (about.title, about.site_url, about.language, about.authors) == (
        "Harbour",
        "https://harbour.example",
        "en-GB",
        (),
    )


def test_entries_can_be_walked_twice() -> None:
    entries = read(post(), post(title="Second")).entries
    assert list(entries) == list(entries)
