"""test_corrections: what an editor marks as a correction is told to readers, with its date, everywhere that dates are; nothing else is."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from blog import changes, publishing
from blog.content import Content
from blog.errors import NotAllowed, NotPossible
from blog.models import Post
from tests.factories import PageFactory, a_post, a_user

pytestmark = pytest.mark.django_db
SENTENCE = "The river is the Neva, not the Newa <as we wrote>."


def said(post: Post, **fields: Any) -> Content:
    return replace(Content.of(Post.everything.get(pk=post.pk)), **fields)


def corrected(post: Post, **given: Any) -> Post:
    return publishing.save(
        post.pk, said(post, body="Neva."), given.pop("user", None), correction=SENTENCE, why="secret reason"
    )


def test_the_post_tells_of_it_with_the_date(client: Client) -> None:
    post = a_post(title="Rivers", body="Newa.", published_at=timezone.now() - timedelta(hours=2))
    assert "Corrections" not in client.get("/posts/rivers/").text
    corrected(post)
    text = client.get("/posts/rivers/").text
    assert '<a href="#corrections">Corrections</a>' in text
    assert 'id="corrections"' in text
    assert "The river is the Neva, not the Newa &lt;as we wrote&gt;." in text
    assert "updated <time" in text
    assert "secret reason" not in text
    assert "Newa." not in text
    assert "2026-" in client.get("/posts/rivers.md").text
    assert "The river is the Neva" in client.get("/posts/rivers.md").text


def test_machines_read_it_too(client: Client) -> None:
    post = a_post(title="Rivers", published_at=timezone.now() - timedelta(hours=2))
    before = client.get("/feed.json").json()["items"][0]
    corrected(post)
    text = client.get("/posts/rivers/").text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    data = json.loads(found[1])
    assert data["correction"][0]["text"] == SENTENCE
    assert data["correction"][0]["dateCreated"] == data["dateModified"]
    after = client.get("/feed.json").json()["items"][0]
    assert after["date_modified"] > before["date_published"]


def test_a_change_that_no_text_shows_is_dated_too(client: Client) -> None:
    post = a_post(title="Rivers", tags=["Newa"], published_at=timezone.now() - timedelta(days=3))
    at = Post.everything.get(pk=post.pk).updated_at
    publishing.save(post.pk, said(post, tags=("Neva",)), None, correction=SENTENCE)
    assert Post.everything.get(pk=post.pk).updated_at > at


def test_a_page_has_them_too(client: Client) -> None:
    page = PageFactory(title="About")
    corrected(page)
    assert "The river is the Neva" in client.get("/pages/about/").text


def test_scheduled_changes_bring_theirs_at_their_moment(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = a_post(title="Rivers")
    now = timezone.now()
    changes.save(post.pk, said(post, body="Neva."), None, base=1)
    changes.schedule(post.pk, None, now + timedelta(hours=1), correction=SENTENCE)
    assert "Neva" not in client.get("/posts/rivers/").text
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=2))
    seen = client.get("/posts/rivers/").text
    assert "The river is the Neva" in seen
    changes.take_over_due()
    assert client.get("/posts/rivers/").text == seen
    assert Post.everything.get(pk=post.pk).revisions.all()[0].correction == SENTENCE


def test_only_an_editor_marks_one() -> None:
    user = a_user(role="author")
    post = a_post(user=user)
    with pytest.raises(NotAllowed, match="as a correction. Ask an editor."):
        corrected(post, user=user)
    corrected(post, user=a_user(role="editor"))


def test_what_readers_have_not_seen_has_none() -> None:
    with pytest.raises(NotPossible, match="there is nothing to correct before them"):
        corrected(a_post(status="draft"))


def test_a_withdrawn_post_tells_nothing(client: Client) -> None:
    post = a_post(title="Rivers")
    corrected(post)
    publishing.withdraw(post.pk, None)
    assert "Neva" not in client.get("/").text + client.get("/feed.rss").text
    assert client.get("/posts/rivers/").status_code == 404
