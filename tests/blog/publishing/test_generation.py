"""generation: kept pages are told once a transaction, and only when something public changed; signals follow the commit."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.test import TestCase

from blog import publishing
from blog.content import Content
from blog.models import Post, SiteState
from blog.signals import posts_left, posts_published
from tests.factories import many_posts

pytestmark = pytest.mark.django_db


def generation() -> int:
    return SiteState.objects.get(pk=1).generation


def test_a_draft_leaves_kept_pages_alone() -> None:
    before = generation()
    post = publishing.create(Content(title="T", body="B."), None)
    publishing.save(post.pk, Content(title="T", body="Changed."), None)
    publishing.trash(post.pk, None)
    assert generation() == before


def test_every_public_change_is_one_step() -> None:
    post = publishing.create(Content(title="T", body="B."), None)
    seen = [generation()]
    for change in (
        publishing.publish,
        publishing.withdraw,
        publishing.publish,
        publishing.trash,
        publishing.restore,
    ):
        change(post.pk, None)
        seen.append(generation())
    assert [b - a for a, b in itertools.pairwise(seen)] == [1] * 5


def test_a_chunk_is_one_step() -> None:
    before = generation()
    many_posts(30)
    assert generation() == before + 1


def test_a_failed_transaction_tells_nothing() -> None:
    before = generation()
    with pytest.raises(RuntimeError), publishing.one_transaction():
        post = publishing.create(Content(title="T", body="B."), None)
        publishing.publish(post.pk, None)
        raise RuntimeError
    assert generation() == before
    assert not Post.everything.exists()


def test_signals_follow_the_commit() -> None:
    heard: list[tuple[str, tuple[int, ...]]] = []

    def published(post_ids: tuple[int, ...], **_: Any) -> None:
        heard.append(("published", post_ids))

    def left(post_ids: tuple[int, ...], **_: Any) -> None:
        heard.append(("left", post_ids))

    posts_published.connect(published)
    posts_left.connect(left)
    post = publishing.create(Content(title="T", body="B."), None)
    with TestCase.captureOnCommitCallbacks(execute=True):
        publishing.publish(post.pk, None)
        assert heard == []
    with TestCase.captureOnCommitCallbacks(execute=True):
        publishing.withdraw(post.pk, None)
    assert heard == [("published", (post.pk,)), ("left", (post.pk,))]
