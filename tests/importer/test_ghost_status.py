"""test_ghost_status: whatever not everybody could read on a Ghost site is a draft here, and says why."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.importer.ghosts import ID, entry


def test_what_everybody_could_read_is_published() -> None:
    assert (entry().status, entry().warnings) == ("published", ())


def test_a_draft_is_a_draft_without_date_and_address() -> None:
    found = entry(status="draft", published_at=None)
    assert (found.status, found.published, found.link, found.warnings) == ("draft", None, "", ())


def test_a_scheduled_post_keeps_its_moment() -> None:
    found = entry(status="scheduled", published_at="2027-01-02T03:04:05.000Z")
    assert (found.status, found.published) == ("published", datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC))


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"status": "sent"}, "It went out by mail only and never stood on the site, so it is a draft."),
        ({"status": "odd"}, "Its status is “odd”, which is not known here, so it is a draft."),
        ({"status": "scheduled", "published_at": None}, "It was scheduled without a date, so it is a draft."),
        ({"visibility": "members"}, "Only some readers could read it (“members”), so it is a draft."),
        ({"visibility": "paid"}, "Only some readers could read it (“paid”), so it is a draft."),
        ({"visibility": "tiers"}, "Only some readers could read it (“tiers”), so it is a draft."),
        (
            {"html": '<!--kg-gated-block:begin nonMember:false memberSegment:"status:free" --><p>x</p>'},
            "Parts of it were shown to members only, so it is a draft.",
        ),
    ],
)
def test_anything_else_is_a_draft_and_says_why(fields: dict[str, Any], why: str) -> None:
    found = entry(**fields)
    assert (found.status, found.link, found.warnings) == ("draft", "", (why,))


def test_what_was_meant_for_mail_only_is_a_draft() -> None:
    found = entry(tables={"posts_meta": [{"post_id": ID, "email_only": 1}]})
    assert (found.status, found.warnings) == (
        "draft",
        ("It was meant to go out by mail only, so it is a draft.",),
    )
