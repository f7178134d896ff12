"""test_markdown_posts: one Markdown file as an entry: title, dates, people, tags, cover, status, whoever wrote it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from importer.entry import Entry, Person
from tests.importer.markdowns import Files, entries, one


def said(block: str, text: str = "Body.\n", name: str = "a.md") -> Entry:
    return one(f"---\n{block}\n---\n{text}", name)


def test_a_whole_post() -> None:
    found = said(
        "title: On tides\ndate: 2024-05-01T13:00:00+03:00\nlastmod: 2024-05-02\nslug: tides\nauthors: [Ann, Bob]\n"
        "tags: [Sea]\ncategories: Science\nseries: Water\nsummary: Short.\nlang: ru\ncanonical_url: https://first.example/t\n"
        "cover: https://e.com/c.png\ncover_alt: The sea\nseo_title: Tides!\n"
    )
    assert found == Entry(
        position=1,
        title="On tides",
        body="Body.",
        body_format="markdown",
        guid="a.md",
        canonical="https://first.example/t",
        slug="tides",
        summary="Short.",
        authors=(Person("Ann"), Person("Bob")),
        tags=("Sea", "Science"),
        published=datetime(2024, 5, 1, 10, tzinfo=UTC),
        updated=datetime(2024, 5, 2, tzinfo=UTC),
        language="ru",
        cover="https://e.com/c.png",
        cover_alt="The sea",
        series="Water",
        seo_title="Tides!",
    )


@pytest.mark.parametrize(
    ("source", "name", "title", "body"),
    [
        ("# On *tides*\n\nBody.", "a.md", "On tides", "Body."),
        ("On tides\n========\n\nBody.", "a.md", "On tides", "Body."),
        ("---\ntitle: On tides\n---\n# On Tides\n\nBody.", "a.md", "On tides", "Body."),
        ("---\ntitle: Other\n---\n# On tides\n\nBody.", "a.md", "Other", "# On tides\n\nBody."),
        ("Body.\n\n# Later", "2024-05-01-on-tides.md", "On tides", "Body.\n\n# Later"),
        ("Body.", "My Note.md", "My Note", "Body."),
        ("#hashtag\n", "on_tides.md", "On tides", "#hashtag"),
    ],
)
def test_the_title_and_what_is_left_of_the_text(source: str, name: str, title: str, body: str) -> None:
    found = one(source, name)
    assert (found.title, found.body) == (title, body)


@pytest.mark.parametrize(
    ("block", "name", "moment"),
    [
        ("date: 2024-05-01", "a.md", datetime(2024, 5, 1, tzinfo=UTC)),
        ("pubDate: May 1, 2024", "a.md", datetime(2024, 5, 1, tzinfo=UTC)),
        ("title: x", "2024-05-01-x.md", datetime(2024, 5, 1, tzinfo=UTC)),
        ("date: 2024-05-03", "2024-05-01-x.md", datetime(2024, 5, 3, tzinfo=UTC)),
        ("date: 2024-05-01\npublishDate: 2027-01-01", "a.md", datetime(2027, 1, 1, tzinfo=UTC)),
        ("date: 2024-05-01\npublishDate: 2024-06-01", "a.md", datetime(2024, 5, 1, tzinfo=UTC)),
        ("published: 2024-05-01", "a.md", datetime(2024, 5, 1, tzinfo=UTC)),
        ("title: x", "a.md", None),
    ],
)
def test_the_date(block: str, name: str, moment: datetime | None) -> None:
    found = said(block, name=name)
    assert (found.published, found.warnings) == (moment, ())


def test_the_moment_of_a_file_is_no_date() -> None:
    found = said("date: git Last Modified")
    assert (found.published, found.warnings) == (
        None,
        ("Its date is “git Last Modified”, that of the file, which a copy does not keep.",),
    )


def test_a_date_without_a_zone_is_in_the_sites(tmp_path: Path) -> None:
    files: Files = {
        "_config.yml": "timezone: Europe/Moscow\n",
        "_posts/2024-05-01-a.md": "---\ntitle: A\ndate: 2024-05-01 13:00\n---\n",
    }
    (found,) = entries(tmp_path, files).values()
    assert found.published == datetime(2024, 5, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Nowhere/Land", "../x", "Europe", ""])
def test_a_zone_that_is_none_gives_way_to_ours(tmp_path: Path, zone: str) -> None:
    files: Files = {"_config.yml": f"timezone: {zone}\n", "_posts/2024-05-01-a.md": "---\ntitle: A\n---\n"}
    (found,) = entries(tmp_path, files).values()
    assert found.published == datetime(2024, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("block", "warnings"),
    [
        ("draft: true", ()),
        ("draft: maybe", ()),
        ("published: false", ()),
        ("status: private", ("Its status is “private”, so it is a draft.",)),
        ("permalink: false", ("It had no page on the site, so it is a draft.",)),
        ("build:\n  render: never", ("It had no page on the site, so it is a draft.",)),
        ("expiryDate: 2025-01-01", ("It was withdrawn on 2025-01-01, so it is a draft.",)),
    ],
)
def test_what_was_not_public_is_a_draft(block: str, warnings: tuple[str, ...]) -> None:
    found = said(block)
    assert (found.status, found.warnings) == ("draft", warnings)


@pytest.mark.parametrize("block", ["draft: false", "published: true", "status: published", "title: x"])
def test_what_was_public_says_nothing(block: str) -> None:
    assert said(block).status == ""


def test_a_withdrawal_to_come_is_said() -> None:
    assert said("expiryDate: 2027-01-01").warnings == (
        "It was to be withdrawn on 2027-01-01; set that here if it still holds.",
    )


@pytest.mark.parametrize(
    ("block", "people"),
    [
        ("author: Ann", (Person("Ann"),)),
        (
            "author: {name: Ann, email: ann@e.com, url: 'https://ann.example/'}",
            (Person("Ann", "ann@e.com", "https://ann.example/"),),
        ),
        ("authors:\n  - name: Ann\n  - Bob", (Person("Ann"), Person("Bob"))),
        ("params: {author: Ann}", (Person("Ann"),)),
        ("taxonomies: {authors: [Ann]}", (Person("Ann"),)),
        ("author: ''", ()),
    ],
)
def test_people(block: str, people: tuple[Person, ...]) -> None:
    assert said(block).authors == people


@pytest.mark.parametrize(
    ("block", "tags"),
    [
        ("tags: [a, A, b]", ("a", "b")),
        ("tags: a, b c", ("a", "b c")),
        ("tags: two words", ("two words",)),
        ("tag: a\ncategory: B", ("a", "B")),
        ("taxonomies: {tags: [a], categories: [b]}", ("a", "b")),
        ("tags: ['#c', no, 2024]", ("c", "no", "2024")),
    ],
)
def test_tags(block: str, tags: tuple[str, ...]) -> None:
    assert said(block).tags == tags


def test_the_mark_of_the_beginning_makes_the_summary_and_goes() -> None:
    found = one("---\ntitle: T\n---\nA *first* part.\n\n<!--more-->\n\nThe rest.")
    assert (found.summary, found.body) == (
        "<p>A <em>first</em> part.</p>\n",
        "A *first* part.\n\n\nThe rest.",
    )


def test_a_mark_of_its_own() -> None:
    found = one("---\ntitle: T\nexcerpt_separator: ~~~~\n---\nA.\n\n~~~~\n\nB.")
    assert (found.summary, found.body) == ("<p>A.</p>\n", "A.\n\n\nB.")


def test_the_caption_of_the_cover_ends_the_text() -> None:
    found = said("cover: {image: 'https://e.com/c.png', alt: Sea, caption: By Ann & Bob}")
    assert (found.cover, found.cover_alt) == ("https://e.com/c.png", "Sea")
    assert found.body == "Body.\n\n<p><small>By Ann &amp; Bob</small></p>"
    assert found.warnings == ("The caption of its cover stands at the end of the text.",)


@pytest.mark.parametrize("block", ["layout: page", "type: page", "eleventyExcludeFromCollections: true"])
def test_what_stands_in_no_list_is_a_page(block: str) -> None:
    assert said(block).kind == "page"


def test_its_own_guid_goes_before_its_name() -> None:
    assert said("guid: tag:e.com,2024:1").guid == "tag:e.com,2024:1"
