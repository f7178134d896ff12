"""test_sharing: a link made at the desk shows the working text to whoever holds it, and to nobody else, until it ends."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from blog import changes, preview, publishing
from blog.content import Content
from blog.errors import NotPossible
from blog.models import Deed, Post, PreviewLink
from tests.factories import UserFactory, a_post, a_user

pytestmark = pytest.mark.django_db


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def links(post: Post) -> str:
    return f"/admin/blog/post/{post.pk}/links/"


def shared(client: Client, post: Post, **given: str) -> str:
    """Make a link on its page; the path that was shown."""
    page = client.post(links(post), {"act": "make", "days": "7"} | given, follow=True).content.decode()
    found = re.search(r'value="https://masthead\.example(/preview/[^/"]+/)"', page)
    assert found, page
    return found[1]


@pytest.fixture
def editor() -> User:
    return a_user(role="editor", first_name="Anna", last_name="Petrova")


@pytest.fixture
def draft() -> Post:
    return a_post(title="A secret draft", body="The text.", status="draft")


def test_it_shows_the_draft_and_is_kept_by_nobody(draft: Post) -> None:
    user = UserFactory(role="contributor")
    answer = Client().get(shared(as_(user), a_post(title="Own draft", status="draft", user=user)))
    shown = answer.content.decode()
    assert "Own draft" in shown
    assert "Draft, shared with you." in shown
    assert '<meta name="robots" content="noindex">' in shown
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies


def test_the_address_is_shown_once_and_only_its_hash_is_kept(draft: Post, editor: User) -> None:
    client = as_(editor)
    token = shared(client, draft).split("/")[2]
    assert token not in client.get(links(draft)).content.decode()
    assert PreviewLink.objects.get().token_sha256 == hashlib.sha256(token.encode()).hexdigest()
    assert len(token) >= 43  # 256 bits


def test_one_changed_letter_is_no_link(draft: Post, editor: User) -> None:
    token = shared(as_(editor), draft).split("/")[2]
    for place in (0, len(token) // 2, len(token) - 1):
        other = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        answer = Client().get(f"/preview/{other}/")
        assert answer.status_code == 404
        assert "Ask whoever sent it for a new one." in answer.content.decode()
        assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("days", [1, 7, 30])
def test_it_ends_after_the_days_that_were_chosen(draft: Post, editor: User, days: int) -> None:
    path = shared(as_(editor), draft, days=str(days))
    link = PreviewLink.objects.get()
    assert timedelta(days=days) - (link.expires_at - timezone.now()) < timedelta(minutes=5)
    PreviewLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(path).status_code == 404


def test_no_other_number_of_days_is_taken(draft: Post, editor: User) -> None:
    page = as_(editor).post(links(draft), {"act": "make", "days": "3000"}).content.decode()
    assert "Select a valid choice" in page
    with pytest.raises(NotPossible, match="A link lasts 1, 7 or 30 days"):
        preview.make_link(draft, editor, days=3000)
    assert not PreviewLink.objects.exists()


def test_one_is_taken_back_or_all(draft: Post, editor: User) -> None:
    client = as_(editor)
    first, second, third = (shared(client, draft, label=f"For {name}") for name in ("Boris", "Vera", "Ira"))
    link = PreviewLink.objects.get(label="For Vera")
    client.post(links(draft), {"act": "revoke", "link": link.pk})
    assert [Client().get(path).status_code for path in (first, second, third)] == [200, 404, 200]
    said = client.post(links(draft), {"act": "revoke", "link": link.pk}, follow=True).content.decode()
    assert "This link does not work any more: it has ended or was taken back." in said
    said = client.post(links(draft), {"act": "revoke_all"}, follow=True).content.decode()
    assert "2 links were taken back." in said
    assert [Client().get(path).status_code for path in (first, second, third)] == [404, 404, 404]
    assert list(Deed.objects.order_by("pk").values_list("verb", flat=True)) == ["share"] * 3 + ["unshare"] * 2


def test_a_link_of_another_post_is_not_taken_back_here(draft: Post, editor: User) -> None:
    path = shared(as_(editor), draft)
    writer = a_user(role="author")
    own = a_post(status="draft", user=writer)
    as_(writer).post(links(own), {"act": "revoke", "link": PreviewLink.objects.get().pk})
    assert Client().get(path).status_code == 200


def test_the_list_says_who_made_each_and_when_it_was_opened(draft: Post, editor: User) -> None:
    client = as_(editor)
    path = shared(client, draft, label="For Boris", may_comment="on")
    page = client.get(links(draft)).content.decode()
    assert "For Boris" in page
    assert "may comment" in page
    assert "Made by Anna Petrova" in page
    assert "Never opened." in page
    Client().get(path, headers={"User-Agent": "reader"}, REMOTE_ADDR="203.0.113.7")
    page = client.get(links(draft)).content.decode()
    assert "Last opened " in page
    assert "203.0.113.7" not in page
    assert "1 link is out." in client.get(f"/admin/blog/post/{draft.pk}/change/").content.decode()


def test_it_dies_with_the_trash_and_the_purge(draft: Post, editor: User) -> None:
    path = shared(as_(editor), draft)
    publishing.trash(draft.pk, None)
    assert Client().get(path).status_code == 404
    publishing.purge(draft.pk, None)
    assert Client().get(path).status_code == 404


def test_a_post_in_the_trash_is_not_shared(editor: User) -> None:
    post = a_post(title="Gone")
    publishing.trash(post.pk, None)
    page = as_(editor).post(links(post), {"act": "make", "days": "7"}, follow=True).content.decode()
    assert "“Gone” is in the trash; restore it first." in page
    assert not PreviewLink.objects.exists()


def test_nobody_shares_anothers_draft(draft: Post) -> None:
    for role in ("contributor", "author"):
        as_(UserFactory(role=role)).post(links(draft), {"act": "make", "days": "7"})
    assert not PreviewLink.objects.exists()


def test_it_shows_the_text_as_it_stands(draft: Post, editor: User) -> None:
    path = shared(as_(editor), draft)
    publishing.save(draft.pk, replace(Content.of(draft), body="Newer words."), editor)
    assert "Newer words." in Client().get(path).content.decode()


def test_of_a_live_post_it_shows_the_changes_that_are_not_published(editor: User) -> None:
    post = a_post(title="Live", body="What readers see.")
    path = shared(as_(editor), post)
    assert Client().get(path).status_code == 302
    changes.save(post.pk, replace(Content.of(post), title="Livelier", body="What they will see."), editor)
    shown = Client().get(path).content.decode()
    assert "What they will see." in shown
    assert "Livelier" in shown
    assert "These changes are not published." in shown
    assert "What they will see." not in Client().get("/posts/live/").content.decode()


def test_fifty_at_a_time_are_enough(draft: Post, editor: User) -> None:
    for _ in range(50):
        preview.make_link(draft, editor)
    with pytest.raises(NotPossible, match="50 links to this post work already. Take some back first."):
        preview.make_link(draft, editor)
