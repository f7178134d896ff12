"""test_changes_at_the_desk: a live post's form keeps changes for later, publishes, schedules and throws them away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from blog import changes
from blog.models import Changes, Post
from tests.blog.desk.filling import SignIn, change, form_of, fresh, move
from tests.factories import UserFactory, a_post


def send(client: Client, post: Post, **given: str) -> str:
    data = form_of(client, change(post)) | given
    return client.post(change(post), data, follow=True).content.decode()


def keep(client: Client, post: Post, **given: str) -> str:
    return send(client, post, _later="1", **given)


def in_an_hour() -> str:
    return f"{timezone.now() + timedelta(hours=1):%Y-%m-%dT%H:%M}"


def test_kept_for_later_readers_see_nothing_and_the_form_shows_them(sign_in: SignIn) -> None:
    post = a_post(title="Live", body="Live text.")
    editor = sign_in("editor")
    page = keep(editor, post, body="New text.", tag_names="fresh", why="to be clearer")
    assert "The changes are kept. Readers go on seeing the published text." in page
    assert "Unpublished changes since" in page
    assert "New text." in page
    assert "Publish changes" in page
    assert fresh(post).body == "Live text."
    assert "New text." not in Client().get("/posts/live/").content.decode()
    form = form_of(editor, change(post))
    assert (form["body"], form["tag_names"]) == ("New text.", "fresh")


def test_updating_now_publishes_what_waits_with_what_was_just_written(sign_in: SignIn) -> None:
    post = a_post(title="Live", body="Live text.")
    editor = sign_in("editor")
    keep(editor, post, body="New text.")
    send(editor, post, _continue="1", title="New title")
    assert (fresh(post).title, fresh(post).body) == ("New title", "New text.")
    assert not Changes.objects.exists()


def test_they_are_scheduled_from_the_form_that_wrote_them(sign_in: SignIn) -> None:
    post = a_post(body="Live text.")
    editor = sign_in("editor")
    page = send(editor, post, _verb="schedule_changes", body="New text.", changes_on=in_an_hour())
    assert "will be published on" in page
    assert "Readers will see them" in page
    assert fresh(post).body == "Live text."
    assert fresh(post).replaced_at is not None
    page = editor.post(move(post, "unschedule"), follow=True).content.decode()
    assert "not scheduled any more" in page
    assert Changes.objects.get(post=post).at is None


def test_without_a_moment_they_are_kept_and_the_moment_is_asked_for(sign_in: SignIn) -> None:
    post = a_post(body="Live text.")
    page = send(sign_in("editor"), post, _verb="schedule_changes", body="New text.")
    assert "Say when: fill in “Publish the changes on”" in page
    assert changes.of(post.pk) is not None


def test_thrown_away_by_post_alone(sign_in: SignIn) -> None:
    post = a_post(body="Live text.")
    editor = sign_in("editor")
    keep(editor, post, body="New text.")
    assert editor.get(move(post, "discard")).status_code == 405
    page = editor.post(move(post, "discard"), follow=True).content.decode()
    assert "were thrown away" in page
    assert "Unpublished changes since" not in page
    assert form_of(editor, change(post))["body"] == "Live text."


def test_withdrawing_publishes_none_of_them_on_the_way(sign_in: SignIn) -> None:
    post = a_post(body="Live text.")
    editor = sign_in("editor")
    keep(editor, post, body="New text.")
    send(editor, post, _verb="withdraw", body="Newer text.")
    assert (fresh(post).status, fresh(post).body) == ("withdrawn", "Live text.")
    assert form_of(editor, change(post))["body"] == "Newer text."


def test_a_contributor_works_on_a_live_post_and_an_editor_publishes_it(sign_in: SignIn) -> None:
    user = UserFactory(role="contributor", author=True)
    post = a_post(body="Live text.", user=user, authors=[user.author])
    writer = sign_in(user)
    page = writer.get(change(post)).content.decode()
    assert "Save changes for later" in page
    assert "Update now" not in page
    assert 'value="schedule_changes"' not in page
    for pressed in ("_continue", "_save", "_later"):
        send(writer, post, body=f"New text by {pressed}.", **{pressed: "1"})
        assert fresh(post).body == "Live text."
    send(sign_in("editor"), post, _continue="1")
    assert fresh(post).body == "New text by _later."


def test_two_people_meet_on_the_same_changes(sign_in: SignIn) -> None:
    post = a_post(title="Live", body="Live text.")
    one, other = sign_in("editor"), sign_in("editor")
    keep(one, post, body="First version of it.")
    late = form_of(other, change(post))
    keep(one, post, body="Second version of it.")
    page = other.post(change(post), late | {"_later": "1", "body": "Third version of it."}).content.decode()
    assert "Two texts" in page
    assert "Second" in page
    assert "Third version of it." in page
    form = form_of(other, change(post))
    keep(other, post, **form | {"body": "All of it."})
    assert form_of(one, change(post))["body"] == "All of it."


def test_they_are_compared_with_what_readers_see(sign_in: SignIn) -> None:
    post = a_post(title="Live", body="A slow text.", tags=["old"])
    editor = sign_in("editor")
    page = keep(editor, post, body="A quick text.", tag_names="new")
    address = f"/admin/blog/post/{post.pk}/compare/?old=1&amp;new=2"
    assert address in page
    page = editor.get(address.replace("&amp;", "&")).content.decode()
    assert "<del>slow</del>" in page
    assert "<ins>quick</ins>" in page
    assert "Added: new." in page
    assert "Taken off: old." in page


def test_what_is_in_the_form_is_compared_without_being_saved(sign_in: SignIn) -> None:
    post = a_post(title="Live", body="A slow text.")
    editor = sign_in("editor")
    data = form_of(editor, change(post)) | {"body": "A quick text.", "title": ""}
    page = editor.post(f"/admin/blog/post/{post.pk}/compare/", data).content.decode()
    assert "<del>slow</del>" in page
    assert "can&#x27;t be saved" in page or "can't be saved" in page
    assert fresh(post).body == "A slow text."
    assert post.revisions.count() == 1


def test_a_revision_is_brought_back_into_the_changes(sign_in: SignIn) -> None:
    post = a_post(body="First text.")
    editor = sign_in("editor")
    send(editor, post, _continue="1", body="Second text.")
    editor.post(f"/admin/blog/post/{post.pk}/revisions/1/", {"_later": "1"})
    assert fresh(post).body == "Second text."
    assert form_of(editor, change(post))["body"] == "First text."


def test_a_correction_is_an_editors(sign_in: SignIn) -> None:
    user = UserFactory(role="author", author=True)
    post = a_post(title="Live", body="Newa.", user=user, authors=[user.author])
    assert 'name="correction"' not in sign_in(user).get(change(post)).content.decode()
    editor = sign_in("editor")
    assert 'name="correction"' in editor.get(change(post)).content.decode()
    send(editor, post, _continue="1", body="Neva.", correction="It is the Neva.")
    assert "It is the Neva." in Client().get("/posts/live/").content.decode()


def test_the_list_marks_and_finds_them(sign_in: SignIn) -> None:
    post = a_post(title="With changes")
    a_post(title="Without any")
    editor = sign_in("editor")
    keep(editor, post, body="New text.")
    page = editor.get("/admin/blog/post/?changes=1").content.decode()
    assert "With changes" in page
    assert "unpublished changes" in page
    assert "Without any" not in page


def test_after_their_moment_the_form_goes_on_from_them(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = a_post(title="Live", body="Live text.")
    editor = sign_in("editor")
    opened = form_of(editor, change(post))
    send(editor, post, _verb="schedule_changes", body="New text.", changes_on=in_an_hour())
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    page = editor.get(change(post)).content.decode()
    assert "These changes are public since" in page
    assert "Throw away" not in page
    send(editor, post, _continue="1", title="New title")
    assert (fresh(post).title, fresh(post).body) == ("New title", "New text.")
    assert Post.rows.count() == 1
    reasons = list(post.revisions.values_list("reason", flat=True)[:2])
    assert reasons == ["saved", "changes published as scheduled"]
    editor.post(change(post), opened | {"_continue": "1", "summary": "Late."}, follow=True)
    assert (fresh(post).body, fresh(post).summary) == ("New text.", "Late.")
