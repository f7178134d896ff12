"""test_buttons: every button on the form saves the text and then ends in its verb; what can't be done is said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from blog.models import Post
from tests.blog.desk.filling import ADD, SignIn, change, form_of, fresh, move
from tests.factories import UserFactory, a_post


def press(client: Client, post: Post, verb: str, **given: str) -> str:
    """Press a button of the form; what was said."""
    answer = client.post(change(post), form_of(client, change(post)) | {"_verb": verb} | given)
    assert answer.status_code == 302, answer.content.decode()
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def minute(moment_from_now: timedelta) -> str:
    return f"{timezone.now() + moment_from_now:%Y-%m-%dT%H:%M}"


def test_a_draft_goes_all_the_way_to_readers_and_back(sign_in: SignIn) -> None:
    writer, editor = sign_in("contributor", first_name="Vera"), sign_in("editor")
    writer.post(ADD, form_of(writer, ADD) | {"title": "The way", "body": "Text.", "_verb": "submit"})
    post = Post.everything.get()
    assert post.status == "review"
    assert press(editor, post, "return", note="More about the sea") == "“The way” was returned to its author."
    assert fresh(post).status == "draft"
    assert post.revisions.all()[0].reason == "returned: More about the sea"
    assert press(writer, post, "submit", body="The sea.") == "“The way” was sent for review."
    assert "“The way” is published." in press(editor, post, "publish")
    assert (fresh(post).is_public, fresh(post).body) == (True, "The sea.")
    assert press(editor, post, "withdraw") == "“The way” was withdrawn: readers do not see it any more."
    assert not fresh(post).is_public


def test_scheduling_names_the_zone_and_keeps_the_minute(sign_in: SignIn) -> None:
    post = a_post(status="draft", title="Later")
    editor = sign_in("editor")
    assert '<option value="UTC" selected>UTC</option>' in editor.get(change(post)).content.decode()
    said = press(editor, post, "schedule", publish_on=minute(timedelta(hours=3)))
    assert said.startswith("“Later” will be published on ")
    assert fresh(post).is_scheduled
    assert "will stay" not in press(editor, post, "publish")
    assert fresh(post).is_public


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "The text was saved. Say when: fill in “Publish on”, then press “Schedule” again."),
        (
            "2001-01-01T10:00",
            "The text was saved. The moment to publish at is past; choose a later one or publish now.",
        ),
    ],
)
def test_a_moment_that_makes_no_sense_is_said_and_the_text_is_saved(
    sign_in: SignIn, given: str, said: str
) -> None:
    post = a_post(status="draft")
    editor = sign_in("editor")
    assert press(editor, post, "schedule", publish_on=given, body="New text") == said
    assert (fresh(post).status, fresh(post).body) == ("draft", "New text")


def test_a_withdrawal_is_set_and_taken_back(sign_in: SignIn) -> None:
    post = a_post(title="Short")
    editor = sign_in("editor")
    assert "“Short” will be withdrawn on " in press(
        editor, post, "withdraw_later", withdraw_on=minute(timedelta(days=2))
    )
    assert fresh(post).withdraw_at is not None
    assert "“Short” stays published." in press(editor, post, "withdraw_later", withdraw_on="")
    assert fresh(post).withdraw_at is None


def test_an_empty_post_is_not_published(sign_in: SignIn) -> None:
    editor = sign_in("editor")
    editor.post(ADD, form_of(editor, ADD) | {"title": "Empty", "_verb": "publish"})
    page = editor.get(change(Post.everything.get())).content.decode()
    assert "A post needs a title and a text before it can be published." in page
    assert Post.everything.get().status == "draft"


def test_deleting_is_the_trash_and_restoring_brings_it_back(sign_in: SignIn) -> None:
    post = a_post()
    editor = sign_in("editor")
    editor.post(f"/admin/blog/post/{post.pk}/delete/", {"post": "yes"})
    assert fresh(post).trashed_at is not None
    page = editor.get(change(post)).content.decode()
    assert "Delete for good" in page
    assert 'name="body"' not in page
    editor.post(move(post, "restore"))
    assert fresh(post).trashed_at is None


def test_only_editors_delete_for_good_and_only_from_the_trash(sign_in: SignIn) -> None:
    user = UserFactory(role="author")
    post = a_post(user=user)
    writer, editor = sign_in(user), sign_in("editor")
    editor.post(move(post, "purge"))
    assert Post.everything.filter(pk=post.pk).exists()
    writer.post(move(post, "trash"))
    writer.post(move(post, "purge"))
    assert fresh(post).trashed_at is not None
    editor.post(move(post, "purge"))
    assert not Post.everything.filter(pk=post.pk).exists()


@pytest.mark.parametrize("verb", ["trash", "restore", "purge"])
def test_nothing_is_done_by_get(sign_in: SignIn, verb: str) -> None:
    post = a_post()
    assert sign_in("editor").get(move(post, verb)).status_code == 405
    assert fresh(post).trashed_at is None


def test_a_contributor_is_shown_no_button_that_is_not_theirs(sign_in: SignIn) -> None:
    user = UserFactory(role="contributor")
    post = a_post(user=user, status="draft")
    page = sign_in(user).get(change(post)).content.decode()
    assert 'value="submit"' in page
    assert 'value="publish"' not in page
    assert 'value="schedule"' not in page
    assert "byline_rows" not in page
