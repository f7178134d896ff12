"""test_log: every verb writes one line of who did what; lines are only added, and outlive the post and the user."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from blog import deeds, publishing, tagmerging
from blog.content import Content
from blog.errors import NotAllowed
from blog.models import Deed, Post
from blog.models.deed import NeverChanged
from tests.factories import TagFactory, UserFactory, a_post, a_user, the_site_stands

pytestmark = pytest.mark.django_db
LOG = "/admin/blog/deed/"


def lines(post: Post | None = None) -> list[tuple[str, str, str, int | None]]:
    found = (
        Deed.objects.order_by("pk") if post is None else Deed.objects.filter(post_id=post.pk).order_by("pk")
    )
    return [(deed.verb, deed.was, deed.became, deed.revision) for deed in found]


def as_editor(client: Client) -> Client:
    client.force_login(UserFactory(role="editor"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_post_from_beginning_to_end() -> None:
    the_site_stands()
    user = a_user(role="editor", first_name="Anna", last_name="Petrova")
    post = publishing.create(Content("The way", body="Text."), user)
    publishing.save(post.pk, replace(Content.of(post), body="More text."), user)
    publishing.submit(post.pk, user, "Please look.")
    publishing.return_to_author(post.pk, user, "More about the sea. " * 30)
    publishing.submit(post.pk, user)
    publishing.approve(post.pk, user)
    publishing.schedule(post.pk, user, timezone.now() + timedelta(days=1))
    publishing.withdraw(post.pk, user)
    publishing.revert(post.pk, 1, user)
    publishing.trash(post.pk, user)
    publishing.restore(post.pk, user)
    assert lines(post) == [
        ("create", "", "draft", 1),
        ("save", "draft", "draft", 2),
        ("submit", "draft", "review", 3),
        ("return", "review", "draft", 4),
        ("submit", "draft", "review", 5),
        ("approve", "review", "review", 6),
        ("schedule", "review", "published", 7),
        ("withdraw", "published", "withdrawn", 8),
        ("save", "withdrawn", "withdrawn", 9),
        ("trash", "withdrawn", "withdrawn", 10),
        ("restore", "withdrawn", "withdrawn", 11),
    ]
    told = list(Deed.objects.order_by("pk"))
    assert {deed.user_name for deed in told} == {"Anna Petrova"}
    assert told[2].note == "Please look."
    assert told[3].note == "More about the sea. " * 30  # whole, where the revision's reason is cut
    assert told[8].note == "restored from revision 1"


def test_a_verb_that_is_refused_leaves_no_line() -> None:
    post = a_post(status="draft")
    with pytest.raises(NotAllowed):
        publishing.publish(post.pk, a_user(role="contributor"))
    assert lines() == []


def test_a_save_that_changes_nothing_leaves_no_line() -> None:
    post = a_post(status="draft")
    publishing.save(post.pk, Content.of(post), None)
    assert lines() == []


def test_it_outlives_the_post_and_the_user(client: Client) -> None:
    user = a_user(role="editor", first_name="Vera", last_name="Smith")
    post = a_post(title="Gone for good")
    publishing.trash(post.pk, user)
    publishing.purge(post.pk, user)
    User.objects.filter(pk=user.pk).delete()
    assert [(deed.verb, deed.title, deed.user_name) for deed in Deed.objects.all()] == [
        ("purge", "Gone for good", "Vera Smith"),
        ("trash", "Gone for good", "Vera Smith"),
    ]
    page = as_editor(client).get(LOG).content.decode()
    assert "Vera Smith" in page
    assert "deleted for good" in page
    assert f"/admin/blog/post/{post.pk}/change/" not in page


def test_nothing_in_it_is_changed_or_taken_out() -> None:
    deed = deeds.record("trash", None, post=a_post())
    deed.title = "Another"
    for change in (
        deed.save,
        deed.delete,
        Deed.objects.all().delete,
        lambda: Deed.objects.update(title="Another"),
        lambda: Deed.objects.bulk_update([deed], ["title"]),
    ):
        with pytest.raises(NeverChanged, match="only added to"):
            change()
    assert Deed.objects.get().title != "Another"


def test_a_verb_that_the_log_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="add it to blog.deeds.VERBS"):
        deeds.record("dance", None)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", {"One", "Two"}),
        ("?verb=trash", {"Two"}),
        ("?verb=nonsense", {"One", "Two"}),
        ("?days=7", {"One", "Two"}),
        ("?who={user}", {"One"}),
        ("?who=x", set()),
        ("?post={post}", {"Two"}),
        ("?post=-1", set()),
        ("?q=One", {"One"}),
    ],
)
def test_it_is_filtered_by_who_what_which_post_and_since(client: Client, asked: str, found: set[str]) -> None:
    user = a_user(role="editor", first_name="Vera")
    publishing.save(a_post(title="Old", status="draft").pk, Content("One"), user)
    second = a_post(title="Two")
    publishing.trash(second.pk, None)
    answer = as_editor(client).get(LOG + asked.format(user=user.pk, post=second.pk), follow=True)
    assert {deed.title for deed in answer.context["cl"].result_list} == found


def test_no_other_column_is_asked_through_the_address(client: Client) -> None:
    assert as_editor(client).get(f"{LOG}?user__password=x").status_code == 400


def test_what_is_older_than_asked_for_is_left_out(client: Client, monkeypatch: Any) -> None:
    Deed.objects.create(verb="trash", title="Long ago", at=timezone.now() - timedelta(days=8))
    assert "Long ago" not in as_editor(client).get(f"{LOG}?days=7").content.decode()
    assert "Long ago" in client.get(f"{LOG}?days=30").content.decode()


def test_it_costs_the_same_for_many_lines(client: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        publishing.trash(a_post(title=f"Post {number}").pk, None)
    as_editor(client).get(LOG)
    with django_assert_max_num_queries(9):
        assert client.get(LOG).content.decode().count("Moved to the trash") >= 30


def test_the_history_of_a_post_shows_its_lines_to_whoever_sees_the_post(client: Client) -> None:
    writer = a_user(role="contributor")
    post = a_post(status="draft", user=writer, title="Mine")
    publishing.submit(post.pk, writer, "It is <b>done</b>.")
    client.force_login(writer, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/admin/blog/post/{post.pk}/revisions/").content.decode()
    assert "sent for review" in page
    assert "It is &lt;b&gt;done&lt;/b&gt;." in page
    assert "/admin/blog/deed/" not in page
    assert (
        f"/admin/blog/deed/?post={post.pk}"
        in as_editor(client).get(f"/admin/blog/post/{post.pk}/revisions/").content.decode()
    )


def test_merging_tags_and_parting_them_is_told() -> None:
    the_site_stands()
    user = a_user(role="editor")
    alias = tagmerging.merge_tags(TagFactory(name="Journeys"), TagFactory(name="Travel"), user)
    tagmerging.part_tags(alias, user)
    assert [(deed.verb, deed.what, deed.note) for deed in Deed.objects.order_by("pk")] == [
        ("merge_tags", "tag", "“Journeys” into “Travel”"),
        ("part_tags", "tag", "“Journeys” out of “Travel”"),
    ]
