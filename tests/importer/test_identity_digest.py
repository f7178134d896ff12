"""test_identity_digest: the digest changes with what matters of an entry and with nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from importer.entry import Enclosure, Entry, Person
from importer.identity import FIELDS, content_digest, digest, field_digests

WHEN = datetime(2026, 5, 1, tzinfo=UTC)
ENTRY = Entry(1, "Title", "<p>Body</p>", guid="1", link="https://a.com/1", tags=("a",), published=WHEN)


@pytest.mark.parametrize(
    "change",
    [{"position": 2}, {"warnings": ("w",)}, {"base_url": "https://b.com/"}, {"updated": WHEN}],
)
def test_the_same(change: dict[str, Any]) -> None:
    assert digest(replace(ENTRY, **change)) == digest(ENTRY)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": "Title!"}, "title"),
        ({"body": "<p>Body.</p>"}, "text"),
        ({"body_format": "markdown"}, "text"),
        ({"summary": "s"}, "summary"),
        ({"authors": (Person("Ann"),)}, "bylines"),
        ({"tags": ("a", "b")}, "tags"),
        ({"cover": "https://a.com/c.png"}, "cover"),
        ({"link": "https://a.com/2"}, "details"),
        ({"language": "ru"}, "details"),
        ({"enclosures": (Enclosure("https://a.com/e.mp3"),)}, "details"),
    ],
)
def test_another(change: dict[str, Any], field: str) -> None:
    changed = replace(ENTRY, **change)
    before, after = field_digests(ENTRY), field_digests(changed)
    assert digest(changed) != digest(ENTRY)
    assert [name for name in FIELDS if before[name] != after[name]] == [field]


@pytest.mark.parametrize("change", [{"guid": "2"}, {"published": WHEN.replace(day=2)}])
def test_a_new_id_or_date_is_another_entry_with_the_same_fields(change: dict[str, Any]) -> None:
    changed = replace(ENTRY, **change)
    assert digest(changed) != digest(ENTRY)
    assert field_digests(changed) == field_digests(ENTRY)


def test_a_link_written_otherwise_is_no_new_detail() -> None:
    assert field_digests(replace(ENTRY, link="http://www.a.com/1/?utm_source=x")) == field_digests(ENTRY)


def test_one_text_in_two_markups_has_one_content() -> None:
    other = replace(ENTRY, guid="9", title="title", body="<div><p>Body</p>\n</div>")
    assert content_digest(other) == content_digest(ENTRY) != ""


def test_an_empty_text_has_no_content() -> None:
    assert content_digest(replace(ENTRY, body="<p> </p>")) == ""
