"""test_movabletype_entries: a Movable Type export gives its entries with all that they say of themselves."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from importer.entry import Comment, Entry, Person, Rejected
from importer.formats import choose
from tests.importer.readings import document, parsed

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "movabletype"


def entry_text(
    body: str = "The tide.", *, more: str = "", extended: str = "", keywords: str = "", **fields: str
) -> str:
    given = {
        "AUTHOR": "Anna Quay",
        "TITLE": "Low water",
        "STATUS": "Publish",
        "DATE": "05/31/2024 02:30:00 PM",
    } | fields
    head = "".join(f"{name.replace('_', ' ')}: {value}\n" for name, value in given.items())
    return (
        f"{head}-----\nBODY:\n{body}\n-----\nEXTENDED BODY:\n{extended}\n-----\nEXCERPT:\nIn short.\n-----\n"
        f"KEYWORDS:\n{keywords}\n-----\n{more}--------\n"
    )


def found(text: str, zone: str = "UTC") -> Entry:
    (one,) = parsed(text, zone=zone).entries
    assert isinstance(one, Entry), one
    return one


def test_an_entry_whole() -> None:
    text = entry_text(
        "First.\n\nSecond\nline.",
        extended="The rest.",
        BASENAME="low_water",
        PRIMARY_CATEGORY="Sea",
        TAGS='mud,"grey seal",Sea',
        UNIQUE_URL="https://harbour.example/2024/05/low-water.html",
    )
    assert found(text, "Europe/Moscow") == Entry(
        position=1,
        title="Low water",
        body="<p>First.</p>\n<p>Second<br>\nline.</p>\n<p>The rest.</p>",
        link="https://harbour.example/2024/05/low-water.html",
        base_url="https://harbour.example/2024/05/low-water.html",
        slug="low_water",
        summary="In short.",
        authors=(Person("Anna Quay"),),
        tags=("Sea", "mud", "grey seal"),
        published=datetime(2024, 5, 31, 11, 30, tzinfo=UTC),
        status="published",
    )


@pytest.mark.parametrize(
    ("breaks", "body", "format_"),
    [
        ("__default__", "<p>a<br>\nb</p>", "html"),
        ("1", "<p>a<br>\nb</p>", "html"),
        ("0", "a\nb", "html"),
        ("richtext", "a\nb", "html"),
        ("markdown", "a\nb", "markdown"),
        ("markdown_with_smartypants", "a\nb", "markdown"),
    ],
)
def test_how_lines_are_meant(breaks: str, body: str, format_: str) -> None:
    one = found(entry_text("a\nb", CONVERT_BREAKS=breaks))
    assert (one.body, one.body_format, one.warnings) == (body, format_, ())


def test_a_text_format_that_is_not_read() -> None:
    assert found(entry_text("h1. a", CONVERT_BREAKS="textile_2")).warnings == (
        "Its text is written in “textile_2”, which is not read here; its lines were kept.",
    )


@pytest.mark.parametrize(
    ("status", "ours", "warnings"),
    [
        ("Publish", "published", ()),
        ("Draft", "draft", ()),
        ("Future", "published", ()),
        ("Review", "review", ()),
        ("Unpublish", "draft", ("It had the status “Unpublish” there, so it is a draft here.",)),
    ],
)
def test_status(status: str, ours: str, warnings: tuple[str, ...]) -> None:
    one = found(entry_text(STATUS=status))
    assert (one.status, one.warnings) == (ours, warnings)


def test_a_schedule_without_a_date() -> None:
    one = found(entry_text(STATUS="Future", DATE="13/45/2024 25:00:00"))
    assert (one.status, one.published) == ("draft", None)
    assert one.warnings == (
        "The date “13/45/2024 25:00:00” does not exist, so the entry has no date.",
        "It was to be published at a date that cannot be read, so it is a draft here.",
    )


@pytest.mark.parametrize("date", ["05/31/2024 14:30:00", "05/31/2024 02:30:00 PM", "5/31/2024 2:30:00 PM"])
def test_the_month_comes_first(date: str) -> None:
    assert found(entry_text(DATE=date)).published == datetime(2024, 5, 31, 14, 30, tzinfo=UTC)


def test_keywords_stand_in_for_tags() -> None:
    assert found(entry_text(keywords="mud, grey seal")).tags == ("mud", "grey seal")


def test_comments_and_pings() -> None:
    comment = "COMMENT:\nAUTHOR: Vera\nEMAIL: vera@private.example\nIP: 192.0.2.7\nURL: https://v.example\nDATE: 06/01/2024 09:00:00 AM\nWell said.\n\nIndeed.\n-----\n"
    ping = "PING:\nTITLE: A ping\nURL: https://p.example\nIP: 192.0.2.8\nBLOG NAME: P\nDATE: 06/01/2024 09:00:00 AM\nWords.\n-----\n"
    whole = parsed(entry_text(more=comment + ping))
    (one,) = whole.entries
    assert isinstance(one, Entry)
    assert one.comments == (Comment("Well said.\n\nIndeed.", "Vera", datetime(2024, 6, 1, 9, tzinfo=UTC)),)
    assert "private" not in repr(one)
    assert whole.warnings == (
        "1 comment is shown under the posts, with name, date and text; nobody can answer them.",
        "1 ping of another site was left out.",
    )


def test_a_ruler_of_the_author_stays() -> None:
    assert "-----" in found(entry_text("Above\n-----\nBelow")).body


def test_windows_line_ends() -> None:
    assert found(entry_text("a\n\nb").replace("\n", "\r\n")).body == "<p>a</p>\n<p>b</p>"


def test_several_entries_and_a_cut_off_one() -> None:
    text = entry_text(TITLE="One") + entry_text(TITLE="Two") + "AUTHOR: Anna\nTITLE: Three\nSTAT"
    first, second, third = parsed(text).entries
    assert [first.title, second.title] == ["One", "Two"]
    assert third == Rejected(
        3, "Three", "The entry is incomplete: the document ends in the middle of it. Get the export again."
    )


def test_the_end_without_its_ruler() -> None:
    text = entry_text().removesuffix("-----\n--------\n")
    assert found(text).warnings == (
        "The document ends without the ruler that ends an entry; this one may be cut off.",
    )


def test_neither_title_nor_text() -> None:
    (one,) = parsed(entry_text("", TITLE="", BASENAME="void")).entries
    assert one == Rejected(1, "void", "The entry has neither a title nor a text.")


def test_it_answers_to_text_as_well() -> None:
    export, dump = document(entry_text()), document("Blog\nFirst title\nFirst text.\n")
    assert choose(export, "text") is choose(export)
    assert choose(dump, "text") is not choose(export)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared exports are not here")
def test_exports_of_movable_type_itself() -> None:
    told = set()
    for path in sorted(CORPUS.rglob("*.txt")):
        one = found(path.read_text())
        told.add((one.title, one.slug, one.body, one.published, one.warnings))
    moment = datetime(2014, 11, 13, 22, 10, 52, tzinfo=UTC)
    assert told == {
        (f"{name} Entry", f"{name.lower()}_entry", f"<p>This is a {name.lower()} entry.</p>", moment, ())
        for name in ("First", "Second", "Third", "Fourth")
    }
