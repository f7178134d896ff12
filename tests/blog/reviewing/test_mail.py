"""test_mail: those concerned get one plain sentence, the note and the desk's address; after the commit, and never as a reason to fail."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from blog import mailing, publishing
from blog.models import Post
from tests.factories import UserFactory, a_post, a_user, an_author, the_site_stands

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> User:
    return a_user(role="contributor", first_name="Vera", email="vera@example.org")


@pytest.fixture
def editor() -> User:
    return a_user(role="editor", first_name="Anna", email="anna@example.org")


@pytest.fixture
def draft(writer: User) -> Post:
    return a_post(title="The way", status="draft", user=writer)


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_a_submission_goes_to_the_editors(draft: Post, writer: User, editor: User, committed: Any) -> None:
    UserFactory(role="author", email="author@example.org")
    with committed():
        publishing.submit(draft.pk, writer, "Please look.\nVera")
    (sent,) = mail.outbox
    assert sent.to == ["anna@example.org"]
    assert sent.subject == "Masthead: Vera sent “The way” for review."
    assert sent.body == (
        "Vera sent “The way” for review.\n\nPlease look.\nVera\n\n"
        f"https://masthead.example/admin/blog/post/{draft.pk}/change/\n"
    )


def test_what_becomes_of_it_goes_to_its_writers(
    draft: Post, writer: User, editor: User, committed: Any
) -> None:
    publishing.submit(draft.pk, writer)
    with committed():
        publishing.return_to_author(draft.pk, editor, "More of the sea.")
    publishing.submit(draft.pk, writer)
    with committed():
        publishing.approve(draft.pk, editor)
    with committed():
        publishing.publish(draft.pk, editor)
    assert [one.to for one in mail.outbox] == [["vera@example.org"]] * 3
    assert [one.body.splitlines()[0] for one in mail.outbox] == [
        "Anna returned “The way” to you.",
        "Anna approved “The way”.",
        "Anna published “The way”.",
    ]
    assert "More of the sea." in mail.outbox[0].body


def test_the_authors_in_its_bylines_are_its_writers_too(editor: User, committed: Any) -> None:
    claimed = a_user(role="author", email="boris@example.org", author=an_author(name="Boris Smith"))
    post = a_post(status="review", authors=[claimed.author])
    with committed():
        publishing.approve(post.pk, editor)
    assert [one.to for one in mail.outbox] == [["boris@example.org"]]


def test_nobody_is_told_what_they_did_themselves(editor: User, committed: Any) -> None:
    post = a_post(status="draft", user=editor)
    with committed():
        publishing.submit(post.pk, editor)
    with committed():
        publishing.publish(post.pk, editor)
    assert mail.outbox == []


@pytest.mark.parametrize(
    "changed", [{"mail_submitted": False}, {"email": ""}, {"is_active": False}, {"is_staff": False}]
)
def test_whoever_cannot_or_does_not_want_it_gets_none(
    draft: Post, writer: User, editor: User, committed: Any, changed: dict[str, Any]
) -> None:
    User.objects.filter(pk=editor.pk).update(**changed)
    with committed():
        publishing.submit(draft.pk, writer)
    assert mail.outbox == []


def test_what_is_rolled_back_is_told_to_nobody(
    draft: Post, writer: User, editor: User, committed: Any
) -> None:
    with committed() as callbacks, pytest.raises(RuntimeError), publishing.one_transaction():
        publishing.submit(draft.pk, writer)
        raise RuntimeError
    assert callbacks == []
    assert mail.outbox == []


def test_a_title_writes_no_header(writer: User, editor: User, committed: Any) -> None:
    post = a_post(title="One\r\nBcc: all@example.org", status="draft", user=writer)
    with committed():
        publishing.submit(post.pk, writer)
    (sent,) = mail.outbox
    assert "\n" not in sent.subject
    assert sent.recipients() == ["anna@example.org"]


def test_mail_that_fails_fails_nothing_and_is_said(
    draft: Post, writer: User, editor: User, committed: Any, monkeypatch: Any, caplog: Any
) -> None:
    tried: list[int] = []

    def refuse(*args: Any, **kwargs: Any) -> int:
        tried.append(1)
        raise OSError("no route to host")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    with mailing.unsent_mail() as unsent, committed():
        publishing.submit(draft.pk, writer)
    assert Post.everything.get(pk=draft.pk).status == "review"
    assert unsent == [
        "It is done, but the mail about it could not be sent. Ask an administrator to check the mail settings."
    ]
    assert "could not be sent (OSError). Check EMAIL_URL." in caplog.text
    with committed():
        publishing.return_to_author(draft.pk, editor)
    assert len(tried) == 1  # a server that failed is left alone for a minute


def test_each_says_which_mail_to_get(client: Client, editor: User, writer: User) -> None:
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/admin/mail/").content.decode()
    assert "It goes to anna@example.org." in page
    assert page.count('type="checkbox"') == 4
    client.post("/admin/mail/", {"kept": "1", "mail_own": "on"})
    editor.refresh_from_db()
    assert (editor.mail_submitted, editor.mail_own, editor.mail_comments) == (False, True, False)

    client.force_login(writer, backend="django.contrib.auth.backends.ModelBackend")
    assert "sent for review" not in client.get("/admin/mail/").content.decode()
    client.post("/admin/mail/", {"kept": "1", "is_superuser": "on", "mail_comments": "on"})
    writer.refresh_from_db()
    assert (writer.mail_submitted, writer.mail_own, writer.mail_comments) == (True, False, True)
    assert not writer.is_superuser


@pytest.mark.django_db(transaction=True)
def test_of_several_that_could_not_be_told_it_is_said_once(client: Client, monkeypatch: Any) -> None:
    the_site_stands()
    writer = a_user(role="contributor")
    posts = [a_post(title=f"Post {number}", status="review", user=writer) for number in range(3)]

    def refuse(*args: Any, **kwargs: Any) -> int:
        raise OSError("no route to host")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    client.force_login(a_user(role="editor"), backend="django.contrib.auth.backends.ModelBackend")
    chosen = {"action": "publish", "_selected_action": [post.pk for post in posts]}
    page = client.post("/admin/blog/post/", chosen, follow=True).content.decode()
    assert page.count("the mail about it could not be sent") == 1
    assert Post.objects.published().count() == 3
