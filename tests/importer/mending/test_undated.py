"""test_undated: a post without a date is given one, or left without for good."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import Post
from tests.factories import PageFactory, a_post
from tests.importer.mending.rows import an_editor, listed, only, press, undo

pytestmark = pytest.mark.django_db


def test_it_is_given_a_date(client: Client) -> None:
    a_post(title="An old one", dated=False)
    page = press(an_editor(client), "date", only("undated"), date="2024-05-07")
    assert "“An old one” has its date." in page
    post = Post.objects.get()
    assert (post.dated, post.published_at) == (True, datetime(2024, 5, 7, 12, tzinfo=UTC))
    assert listed("undated") == []


def test_undo_takes_the_date_away(client: Client) -> None:
    before = a_post(dated=False)
    press(an_editor(client), "date", only("undated"), date="2024-05-07")
    undo(client)
    post = Post.objects.get()
    assert (post.dated, post.published_at) == (False, before.published_at)
    assert len(listed("undated")) == 1


def test_left_undated_it_is_not_asked_again(client: Client) -> None:
    a_post(dated=False)
    assert "Left as it is, and not asked again." in press(an_editor(client), "leave", only("undated"))
    assert listed("undated") == []
    assert not Post.objects.get().dated
    undo(client)
    assert len(listed("undated")) == 1


def test_all_are_left_undated_by_one_button(client: Client) -> None:
    for _ in range(3):
        a_post(dated=False)
    page = press(an_editor(client), "leave-all", kind="undated")
    assert "3 are left as they are" in page
    assert listed() == []
    undo(client)
    assert len(listed("undated")) == 3


@pytest.mark.parametrize("day", ["", "yesterday", "2024-02-31", "0001-01-01"])
def test_what_is_no_day_is_refused(client: Client, day: str) -> None:
    a_post(dated=False)
    assert "Write a day such as 2024-05-07." in press(an_editor(client), "date", only("undated"), date=day)


def test_a_day_to_come_is_refused_and_today_is_not(client: Client) -> None:
    a_post(dated=False)
    tomorrow = (timezone.localdate() + timedelta(days=2)).isoformat()
    assert "still to come" in press(an_editor(client), "date", only("undated"), date=tomorrow)
    press(client, "date", only("undated"), date=timezone.localdate().isoformat())
    assert Post.objects.published().filter(dated=True).exists()


def test_drafts_pages_and_the_trash_need_no_date() -> None:
    a_post(dated=False, status="draft")
    a_post(dated=False, trashed_at="2026-01-01T00:00:00Z")
    PageFactory(dated=False)
    assert listed("undated") == []
