"""test_comments: who sees a post comments on it by paragraph; threads follow the text; what is too much is said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from blog import comments, publishing
from blog.content import Content
from blog.errors import NotAllowed, NotPossible
from blog.models import Comment, Post, Thread
from tests.factories import a_post, a_user

pytestmark = pytest.mark.django_db
BODY = "The first, about the sea.\n\nThe second, about hills and roads.\n\nThe third, about rain in spring."


@pytest.fixture
def writer() -> User:
    return a_user(role="contributor", first_name="Vera")


@pytest.fixture
def editor() -> User:
    return a_user(role="editor", first_name="Anna")


@pytest.fixture
def post(writer: User) -> Post:
    return a_post(title="The way", status="draft", user=writer, body=BODY)


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(post: Post) -> str:
    return f"/admin/blog/post/{post.pk}/comments/"


def write(post: Post, body: str, user: User) -> Post:
    return publishing.save(post.pk, replace(Content.of(post), body=body), user)


def where(post: Post) -> list[int | None]:
    placed = comments.threads_of(Post.everything.get(pk=post.pk))
    return [one.paragraph.number if one.paragraph else None for one in placed]


def test_a_thread_with_answers_is_settled_and_opened_again(post: Post, writer: User, editor: User) -> None:
    said = comments.comment(post.pk, editor, 1, "Which roads?")
    thread = said.thread
    assert thread.quote == "The second, about hills and roads."
    comments.answer(thread.pk, writer, "The old ones.")
    comments.resolve(thread.pk, writer)
    assert comments.open_count(post) == 0
    comments.reopen(thread.pk, editor)
    assert comments.open_count(post) == 1
    comments.resolve(thread.pk, writer)
    comments.answer(thread.pk, editor, "Still not clear.")  # an answer opens it too
    assert comments.open_count(post) == 1
    assert [one.text for one in thread.comments.all()] == [
        "Which roads?",
        "The old ones.",
        "Still not clear.",
    ]


def test_it_follows_the_text_and_stays_with_its_quote_when_that_is_gone(post: Post, editor: User) -> None:
    comments.comment(post.pk, editor, 1, "Which roads?")
    write(post, "A new beginning.\n\n" + BODY, editor)
    assert where(post) == [2]
    write(post, BODY.replace("hills and roads", "hills and long roads"), editor)
    write(post, BODY.replace("hills and roads", "long roads over green hills"), editor)
    write(post, BODY.replace("The second, about hills and roads", "Long roads lead over green hills"), editor)
    assert where(post) == [1]  # step by step nothing of the first words is left
    write(post, "Something else entirely stands here now.", editor)
    assert where(post) == [None]
    shown = as_(editor).get(page_of(post)).content.decode()
    assert "This paragraph is not in the text any more." in shown
    assert "The second, about hills and roads." in shown


def test_who_does_not_see_the_post_does_not_comment(post: Post) -> None:
    other = a_user(role="author")
    thread = comments.comment(post.pk, a_user(role="editor"), 0, "Yes.").thread
    for act in (
        lambda: comments.comment(post.pk, other, 0, "Mine"),
        lambda: comments.answer(thread.pk, other, "Mine"),
        lambda: comments.resolve(thread.pk, other),
        lambda: comments.reopen(thread.pk, other),
    ):
        with pytest.raises(NotAllowed, match="You may not comment on this post. Ask an editor."):
            act()
    assert (
        as_(other).post(page_of(post), {"act": "comment", "paragraph": "0", "text": "x"}).status_code == 302
    )
    assert Comment.objects.count() == 1


def test_a_thread_of_another_post_is_not_reached_through_ones_own(post: Post, writer: User) -> None:
    other = a_post(status="draft", body=BODY)
    thread = comments.comment(other.pk, a_user(role="editor"), 0, "Private").thread
    for act in ("answer", "resolve", "reopen"):
        as_(writer).post(page_of(post), {"act": act, "thread": thread.pk, "text": "x"})
    thread.refresh_from_db()
    assert (thread.resolved_at, thread.comments.count()) == (None, 1)


@pytest.mark.parametrize(
    ("number", "text", "said"),
    [
        (0, "  \n ", "Write something first: the comment was empty."),
        (0, "x" * 4001, "A comment has at most 4000 characters; this one has 4001. Shorten it."),
        (7, "Text", "Choose the paragraph that you mean. The text may have changed since: look again."),
        (-1, "Text", "Choose the paragraph that you mean."),
    ],
)
def test_what_makes_no_sense_is_said(post: Post, writer: User, number: int, text: str, said: str) -> None:
    with pytest.raises(NotPossible, match=said):
        comments.comment(post.pk, writer, number, text)
    assert not Thread.objects.exists()


def test_thirty_in_ten_minutes_are_enough(post: Post, writer: User) -> None:
    thread = comments.comment(post.pk, writer, 0, "One").thread
    for number in range(29):
        comments.answer(thread.pk, writer, f"And {number}")
    with pytest.raises(NotPossible, match="Wait ten minutes, then go on."):
        comments.answer(thread.pk, writer, "Too much")


def test_a_post_in_the_trash_takes_none(post: Post, writer: User) -> None:
    publishing.trash(post.pk, None)
    with pytest.raises(NotPossible, match="“The way” is in the trash; restore it first."):
        comments.comment(post.pk, writer, 0, "Too late")


def test_words_are_only_words(post: Post, writer: User, editor: User) -> None:
    comments.comment(post.pk, editor, 0, "<script>alert(1)</script>\n**bold** javascript:alert(1)")
    for headers in ({}, {"X-Desk-Part": "1"}):
        shown = as_(writer).get(page_of(post), headers=headers).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>**bold** javascript:alert(1)" in shown
        assert "<script>alert(1)" not in shown


def test_the_page_of_the_post_says_how_many_are_open(post: Post, writer: User, editor: User) -> None:
    comments.comment(post.pk, editor, 0, "Which sea?")
    shown = as_(writer).get(f"/admin/blog/post/{post.pk}/change/").content.decode()
    assert "1 open comment." in shown
    assert "Which sea?" not in shown  # it is asked for when it is opened


def test_the_page_does_it_all_without_a_script(post: Post, writer: User) -> None:
    client = as_(writer)
    said = client.post(
        page_of(post), {"act": "comment", "paragraph": "2", "text": "Which spring?"}, follow=True
    )
    assert "Your comment stands." in said.content.decode()
    thread = Thread.objects.get()
    assert thread.number == 2
    client.post(page_of(post), {"act": "answer", "thread": thread.pk, "text": "This one."})
    client.post(page_of(post), {"act": "resolve", "thread": thread.pk})
    shown = client.get(page_of(post)).content.decode()
    assert "1 settled" in shown
    assert "Settled by Vera" in shown
    client.post(page_of(post), {"act": "reopen", "thread": thread.pk})
    assert comments.open_count(post) == 1
    nothing = client.post(page_of(post), {"act": "dance"}, follow=True).content.decode()
    assert "Press one of the buttons." in nothing


def test_a_script_gets_the_part_alone_and_is_told_what_was_refused(post: Post, writer: User) -> None:
    client = as_(writer)
    headers = {"X-Desk-Part": "1"}
    done = client.post(page_of(post), {"act": "comment", "paragraph": "0", "text": "Well"}, headers=headers)
    assert done.status_code == 200
    assert "<html" not in done.content.decode()
    assert "Well" in done.content.decode()
    refused = client.post(page_of(post), {"act": "comment", "paragraph": "0", "text": ""}, headers=headers)
    assert refused.status_code == 409
    assert "Write something first: the comment was empty." in refused.content.decode()


def test_the_others_in_the_thread_and_the_writers_get_a_mail(
    post: Post, writer: User, editor: User, django_capture_on_commit_callbacks: Any
) -> None:
    second = a_user(role="editor", first_name="Boris", mail_comments=False)
    with django_capture_on_commit_callbacks(execute=True):
        thread = comments.comment(post.pk, editor, 0, "Which sea?").thread
    comments.answer(thread.pk, second, "Mine too.")
    with django_capture_on_commit_callbacks(execute=True):
        comments.answer(thread.pk, writer, "The cold one.")
    assert [one.to for one in mail.outbox] == [[writer.email], [editor.email]]
    assert mail.outbox[0].body == (
        "Anna commented on “The way”.\n\nWhich sea?\n\n"
        f"https://masthead.example/admin/blog/post/{post.pk}/comments/\n"
    )


def test_whoever_lost_sight_of_the_post_gets_no_mail(
    post: Post, editor: User, django_capture_on_commit_callbacks: Any
) -> None:
    thread = comments.comment(post.pk, editor, 0, "Which sea?").thread
    editor.groups.clear()
    other = a_user(role="editor", first_name="Boris")
    with django_capture_on_commit_callbacks(execute=True):
        comments.answer(thread.pk, other, "None of your business.")
    assert editor.email not in [address for one in mail.outbox for address in one.to]


def test_many_threads_cost_no_more_queries(
    post: Post, editor: User, django_assert_max_num_queries: Any
) -> None:
    thread = comments.comment(post.pk, editor, 0, "One").thread
    for number in range(20):
        row = Thread.objects.create(post=post, number=1, passage=thread.passage, quote=f"Quote {number}")
        Comment.objects.create(thread=row, user=editor, name="Anna", text="Text")
    client = as_(editor)
    client.get(page_of(post))
    with django_assert_max_num_queries(10):
        client.get(page_of(post))


def test_purging_the_post_takes_its_comments(post: Post, editor: User) -> None:
    comments.comment(post.pk, editor, 0, "One")
    publishing.trash(post.pk, None)
    publishing.purge(post.pk, None)
    assert not Comment.objects.exists()
