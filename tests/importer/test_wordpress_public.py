"""test_wordpress_public: what was not public at the source is not public here, and its entry says why."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.importer.wxr_files import entry, post, read


@pytest.mark.parametrize(
    ("fields", "status", "warnings"),
    [
        ({"wp__status": "publish"}, "published", ()),
        ({"wp__status": "draft"}, "draft", ()),
        ({"wp__status": "pending"}, "review", ()),
        ({"wp__status": "private"}, "draft", ("It was private there, so it is a draft here.",)),
        ({"wp__status": ""}, "draft", ("It had no status there, so it is a draft here.",)),
        ({"wp__status": "members"}, "draft", ("It had the status “members” there, so it is a draft here.",)),
        (
            {"wp__post_password": "enter"},
            "draft",
            ("It was protected by a password there, so it is a draft here.",),
        ),
        (
            {"wp__status": "future", "wp__post_date_gmt": "", "wp__post_date": "soon"},
            "draft",
            (
                "The date “soon” was not understood, so the entry has no date.",
                "It was to be published at a date that cannot be read, so it is a draft here.",
            ),
        ),
    ],
)
def test_status(fields: dict[str, str], status: str, warnings: tuple[str, ...]) -> None:
    found = entry(post(**fields))
    assert (found.status, found.warnings) == (status, warnings)


def test_a_scheduled_post_keeps_its_date_however_far_off() -> None:
    found = entry(post(wp__status="future", wp__post_date_gmt="2031-01-01 19:00:18"))
    assert (found.status, found.published, found.warnings) == (
        "published",
        datetime(2031, 1, 1, 19, 0, 18, tzinfo=UTC),
        (),
    )


def test_the_password_is_not_kept() -> None:
    assert "open-sesame" not in repr(entry(post(wp__post_password="open-sesame")))


@pytest.mark.parametrize("status", ["trash", "auto-draft", "inherit"])
def test_what_was_thrown_away_stays_out(status: str) -> None:
    assert list(read(post(wp__status=status)).entries) == []


def test_a_broken_item_that_lost_its_status_is_rejected() -> None:
    broken = post().replace("<wp:status><![CDATA[publish]]></wp:status>", "<wp:status")
    (one,) = read(broken).entries
    assert getattr(one, "reason", "") == "The entry could not be read: its XML is too broken."
