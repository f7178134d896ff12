"""test_textdump_headers: what a post's header says becomes its date, people and tags, or a sentence why not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from importer.entry import Entry, Person
from importer.formats.textdump import people
from tests.importer.textdumps import ONE, entries_of


def headed(*lines: str, zone: str = "UTC") -> Entry:
    return entries_of("\n".join(["Title: A post", *lines, "", ONE]), zone)[0]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2024-05-17", datetime(2024, 5, 16, 21, tzinfo=UTC)),
        ("2024-05-17T14:30:00+01:00", datetime(2024, 5, 17, 13, 30, tzinfo=UTC)),
        ("17.05.2024 14:30", datetime(2024, 5, 17, 11, 30, tzinfo=UTC)),
        ("17 мая 2024 г.", datetime(2024, 5, 16, 21, tzinfo=UTC)),
        ("May 17, 2024", datetime(2024, 5, 16, 21, tzinfo=UTC)),
        ("17 May 2024 14:30", datetime(2024, 5, 17, 11, 30, tzinfo=UTC)),
    ],
)
def test_a_date_is_read_in_the_default_zone(written: str, moment: datetime) -> None:
    entry = headed(f"Date: {written}", zone="Europe/Moscow")
    assert entry.published == moment
    assert entry.warnings == ()


@pytest.mark.parametrize("written", ["some time in spring", "31.02.2024", "17 May 1024", "2044-01-01"])
def test_a_date_that_is_none_leaves_the_post_undated_and_says_so(written: str) -> None:
    entry = headed(f"Date: {written}")
    assert entry.published is None
    assert f"“{written}”" in entry.warnings[0]


def test_a_post_without_a_header_line_has_no_date_people_or_tags() -> None:
    entry = headed("Tags: ink")
    assert (entry.published, entry.authors, entry.warnings) == (None, (), ())


@pytest.mark.parametrize(
    ("listed", "names"),
    [
        ("Ann Lee", ["Ann Lee"]),
        ("Ann Lee, Bo Ek and C. Dumas", ["Ann Lee", "Bo Ek", "C. Dumas"]),
        ("И. Петров и Anna Smith", ["И. Петров", "Anna Smith"]),
        ("Ann Lee & Bo Ek; Cy Young", ["Ann Lee", "Bo Ek", "Cy Young"]),
        ("Sandy Andrews", ["Sandy Andrews"]),
        ("Мария Иванова", ["Мария Иванова"]),
        ("John Smith, Jr., and Bo Ek", ["John Smith, Jr.", "Bo Ek"]),
        ("", []),
    ],
)
def test_a_list_of_names_is_split_into_people(listed: str, names: list[str]) -> None:
    assert [person.name for person in people(listed)] == names


def test_an_address_is_kept_apart_from_the_name() -> None:
    assert people("Ann Lee <ann@example.org>") == (Person("Ann Lee", "ann@example.org"),)


def test_several_author_lines_keep_their_order() -> None:
    entry = headed("Author: Bo Ek", "Author: Ann Lee")
    assert [person.name for person in entry.authors] == ["Bo Ek", "Ann Lee"]


@pytest.mark.parametrize("line", ["ink, Old Paper, INK", "ink; Old Paper", "#ink #Old Paper"])
def test_tags_are_split_and_each_stands_once(line: str) -> None:
    assert headed(f"Tags: {line}").tags == ("ink", "Old Paper")
