"""test_give_date: an undated post is given the day on which it first appeared, and can lose it again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from blog import publishing
from blog.errors import NotAllowed, NotPossible
from blog.models import Post
from tests.factories import a_post, a_user

pytestmark = pytest.mark.django_db
DAY = datetime(2024, 5, 7, 12, tzinfo=UTC)


def test_the_date_is_shown_and_kept_as_a_revision() -> None:
    post = a_post(dated=False)
    publishing.give_date(post.pk, a_user(role="editor"), DAY)
    post = Post.objects.get()
    assert (post.published_at, post.dated, post.status) == (DAY, True, "published")
    assert post.revisions.latest("number").reason == "dated 2024-05-07"


def test_it_can_be_taken_away_again() -> None:
    post = a_post(dated=False)
    publishing.give_date(post.pk, None, DAY)
    publishing.give_date(post.pk, None, DAY - timedelta(days=1), shown=False)
    assert Post.objects.filter(dated=False, published_at=DAY - timedelta(days=1)).exists()


def test_a_date_to_come_is_refused() -> None:
    post = a_post(dated=False)
    with pytest.raises(NotPossible, match="still to come"):
        publishing.give_date(post.pk, None, timezone.now() + timedelta(days=1))
    assert not Post.objects.get().dated


def test_a_draft_gets_its_date_when_it_is_published() -> None:
    post = a_post(dated=False, status="draft")
    with pytest.raises(NotPossible, match="when it is"):
        publishing.give_date(post.pk, None, DAY)


def test_whoever_may_not_publish_may_not_date() -> None:
    post = a_post(dated=False)
    with pytest.raises(NotAllowed, match="Ask an editor"):
        publishing.give_date(post.pk, a_user(role="contributor"), DAY)
