"""test_comments_from_outside: whoever holds a link that lets them comments under a name of their own; nothing else comes in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import User
from blog import comments, preview
from blog.models import Comment, Post, PreviewLink, Thread
from tests.factories import a_post, a_user

pytestmark = pytest.mark.django_db
GIVEN = {"paragraph": "1", "name": "Boris Smith", "text": "Which roads?"}


@pytest.fixture
def writer() -> User:
    return a_user(role="contributor", first_name="Vera")


@pytest.fixture
def post(writer: User) -> Post:
    body = "The first, about the sea.\n\nThe second, about hills and roads."
    return a_post(title="The way", status="draft", user=writer, body=body)


@pytest.fixture
def path(post: Post, writer: User) -> str:
    return urlsplit(preview.make_link(post, writer, may_comment=True)).path


def send(path: str, **given: str) -> Any:
    return Client().post(path, GIVEN | given)


def test_it_lands_in_a_thread_marked_as_from_outside(post: Post, writer: User, path: str) -> None:
    answer = send(path)
    assert (answer.status_code, answer["Location"]) == (302, f"{path}?said=1#comments")
    thread = Thread.objects.get()
    said = thread.comments.get()
    assert (thread.number, said.name, said.text, said.from_outside, said.user) == (
        1,
        "Boris Smith",
        "Which roads?",
        True,
        None,
    )
    client = Client()
    client.force_login(writer, backend="django.contrib.auth.backends.ModelBackend")
    shown = client.get(f"/admin/blog/post/{post.pk}/comments/").content.decode()
    assert "Boris Smith" in shown
    assert "from outside" in shown
    assert "Thank you: your comment has arrived." in Client().get(f"{path}?said=1").content.decode()


def test_it_joins_the_open_thread_of_that_paragraph(post: Post, writer: User, path: str) -> None:
    standing = comments.comment(post.pk, writer, 1, "Is this clear?").thread
    send(path)
    assert [one.name for one in standing.comments.all()] == ["Vera", "Boris Smith"]
    comments.resolve(standing.pk, writer)
    send(path)
    assert Thread.objects.count() == 2


def test_a_reader_sees_what_came_through_this_link_alone(post: Post, writer: User, path: str) -> None:
    comments.comment(post.pk, writer, 1, "Between us: weak.")
    send(path)
    other = urlsplit(preview.make_link(post, writer, may_comment=True)).path
    assert "Which roads?" in Client().get(path).content.decode()
    assert "Between us" not in Client().get(path).content.decode()
    assert "Which roads?" not in Client().get(other).content.decode()


def test_words_are_only_words(path: str) -> None:
    send(path, name="<b>Boris</b>", text="<script>alert(1)</script>")
    shown = Client().get(path).content.decode()
    assert "&lt;b&gt;Boris&lt;/b&gt;" in shown
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert" not in shown


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": ""}, "Write something first: the comment was empty."),
        ({"name": "  "}, "Write your name, so that it is known who says it."),
        ({"text": "x" * 4001}, "A comment has at most 4000 characters; this one has 4001. Shorten it."),
        ({"paragraph": "9"}, "Choose the paragraph that you mean."),
        ({"paragraph": "-1"}, "Choose the paragraph that you mean."),
    ],
)
def test_what_makes_no_sense_is_said_and_the_words_are_kept(
    path: str, given: dict[str, str], said: str
) -> None:
    answer = send(path, **given)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert said in shown
    assert (GIVEN | given)["text"].strip() in shown
    assert not Comment.objects.exists()


def test_a_program_that_fills_in_everything_says_nothing(path: str) -> None:
    assert send(path, website="https://spam.example/").status_code == 302
    assert not Comment.objects.exists()


def test_ten_in_ten_minutes_are_enough_for_a_link(path: str) -> None:
    for number in range(10):
        assert send(path, text=f"Comment {number}").status_code == 302
    answer = send(path, text="One more")
    assert "That is a lot of comments in a short time." in answer.content.decode()
    Comment.objects.update(at=timezone.now() - timedelta(minutes=11))
    assert send(path, text="Later").status_code == 302


def test_a_link_for_reading_takes_none(post: Post, writer: User) -> None:
    path = urlsplit(preview.make_link(post, writer)).path
    assert '<form method="post"' not in Client().get(path).content.decode()
    assert "This link is for reading only." in send(path).content.decode() or not Comment.objects.exists()
    assert not Comment.objects.exists()


def test_a_link_that_ended_takes_none(path: str) -> None:
    PreviewLink.objects.update(revoked_at=timezone.now())
    assert send(path).status_code == 404
    assert not Comment.objects.exists()


def test_a_form_of_another_site_is_refused(path: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path, GIVEN).status_code == 403
    strict.get(path)
    token = strict.cookies["csrftoken"].value
    assert strict.post(path, GIVEN | {"csrfmiddlewaretoken": token}).status_code == 302


def test_the_writer_is_told(
    post: Post, writer: User, path: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send(path, name="Boris\r\nBcc: all@example.org")
    (sent,) = mail.outbox
    assert sent.recipients() == [writer.email]
    assert sent.body.startswith("Boris Bcc: all@example.org (from outside) commented on “The way”.")
