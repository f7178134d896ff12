"""standing: draft, review, published, scheduled, withdrawn, trashed: each step by its verb, asked for permission."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from blog import publishing
from blog.content import Content
from blog.errors import NotAllowed, NotPossible
from blog.models import Page, Post, Revision
from tests.factories import a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return publishing.create(Content(title="Title", body="Body."), None)


def public() -> list[str]:
    return list(Post.objects.published().values_list("title", flat=True))


def test_published_means_public(post: Post) -> None:
    assert public() == []
    publishing.publish(post.pk, None)
    assert public() == ["Title"]


def test_a_scheduled_post_is_public_from_its_minute(post: Post) -> None:
    moment = timezone.now() + timedelta(hours=3)
    publishing.schedule(post.pk, None, moment)
    for seconds, expected in ((-1, []), (0, ["Title"]), (1, ["Title"])):
        at = moment + timedelta(seconds=seconds)
        assert [p.title for p in Post.objects.published(at)] == expected
    assert public() == []


def test_a_moment_past_is_refused(post: Post) -> None:
    with pytest.raises(
        NotPossible, match="The moment to publish at is past; choose a later one or publish now."
    ):
        publishing.schedule(post.pk, None, timezone.now() - timedelta(minutes=1))


def test_an_empty_post_is_not_published() -> None:
    post = publishing.create(Content(title="Title"), None)
    with pytest.raises(NotPossible, match="A post needs a title and a text before it can be published."):
        publishing.publish(post.pk, None)


def test_withdrawn_and_published_again_keeps_its_date(post: Post) -> None:
    first = publishing.publish(post.pk, None).published_at
    publishing.withdraw(post.pk, None)
    assert public() == []
    assert publishing.publish(post.pk, None).published_at == first
    assert public() == ["Title"]


def test_a_scheduled_withdrawal_needs_no_worker(post: Post) -> None:
    publishing.publish(post.pk, None)
    leaves = timezone.now() + timedelta(days=1)
    publishing.schedule_withdrawal(post.pk, None, leaves)
    assert [p.title for p in Post.objects.published(leaves - timedelta(seconds=1))] == ["Title"]
    assert list(Post.objects.published(leaves)) == []
    with pytest.raises(NotPossible, match="must come after the post is published"):
        publishing.schedule_withdrawal(post.pk, None, timezone.now() - timedelta(days=1))


def test_review_and_return(post: Post) -> None:
    editor = a_user(role="editor")
    assert publishing.submit(post.pk, None).status == "review"
    with pytest.raises(NotPossible, match="only drafts are sent for review"):
        publishing.submit(post.pk, None)
    assert publishing.return_to_author(post.pk, editor, "Needs a source.").status == "draft"
    assert Revision.objects.filter(post=post).first().reason == "returned: Needs a source."  # type: ignore[union-attr]


def test_the_trash_takes_it_off_every_list_and_gives_it_back(post: Post) -> None:
    publishing.publish(post.pk, None)
    publishing.trash(post.pk, None)
    assert public() == []
    with pytest.raises(NotPossible, match="in the trash; restore it first"):
        publishing.withdraw(post.pk, None)
    publishing.restore(post.pk, None)
    assert public() == ["Title"]
    with pytest.raises(NotPossible, match="not in the trash; move it there first"):
        publishing.purge(post.pk, None)


def test_the_trash_is_emptied_after_thirty_days(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    publishing.trash(post.pk, None)
    assert publishing.purge_expired_trash() == 0
    later = timezone.now() + timedelta(days=31)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert publishing.purge_expired_trash() == 1
    assert not Post.everything.exists()


def test_a_page_is_in_no_list_of_posts() -> None:
    page = publishing.create(Content(title="About", body="Us."), None, kind="page")
    publishing.publish(page.pk, None)
    assert public() == []
    assert list(Page.objects.published().values_list("title", flat=True)) == ["About"]


Verb = Callable[[int, Any], object]
VERBS: dict[str, Verb] = {
    "submit": publishing.submit,
    "return": publishing.return_to_author,
    "publish": publishing.publish,
    "withdraw": publishing.withdraw,
    "trash": publishing.trash,
    "purge": publishing.purge,
}
# Which verbs a role may use on its own draft, and on somebody else's.
TABLE = {
    "contributor": ({"submit", "trash"}, set()),
    "author": ({"submit", "publish", "withdraw", "trash"}, set()),
    "editor": (set(VERBS), set(VERBS)),
    "administrator": (set(VERBS), set(VERBS)),
    None: (set(), set()),
}


@pytest.mark.parametrize("role", TABLE)
@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("own", [True, False])
def test_who_may_do_what(role: str | None, verb: str, own: bool) -> None:
    user = a_user(role=role)
    post = publishing.create(Content(title="Title", body="Body."), None)
    Post.everything.filter(pk=post.pk).update(created_by=user if own else None)
    allowed = verb in TABLE[role][0 if own else 1]
    try:
        VERBS[verb](post.pk, user)
    except NotAllowed as refused:
        assert not allowed
        assert str(refused).startswith("You may not")
    except NotPossible:
        assert allowed
    else:
        assert allowed
