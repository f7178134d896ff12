"""test_two_at_once: two saves of one post in the same moment: both changes stand, and each has its revision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Barrier, Thread

import pytest
from django.db import connection

from blog import keeping, presence, publishing
from blog.content import Content
from blog.models import Post, Presence, Revision, UnsavedText
from tests.factories import a_post, a_user

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PARAGRAPHS = [f"Paragraph {number}." for number in range(6)]


def at_once(*calls: Callable[[], object]) -> list[BaseException]:
    """All of them in the same moment, each on a connection of its own; what they raised."""
    gate = Barrier(len(calls))
    raised: list[BaseException] = []

    def run(call: Callable[[], object]) -> None:
        gate.wait()
        try:
            call()
        except BaseException as problem:  # it is told to the test
            raised.append(problem)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_each_changed_another_paragraph_and_all_are_kept() -> None:
    post = a_post(body="\n\n".join(PARAGRAPHS))
    began = Content.of(post)

    def saving(number: int) -> Callable[[], object]:
        mine = replace(began, body=began.body.replace(f"Paragraph {number}.", f"Mine, number {number}."))
        return lambda: publishing.save(post.pk, mine, None, base=1)

    assert at_once(*(saving(number) for number in range(6))) == []
    assert Post.everything.get(pk=post.pk).body == "\n\n".join(f"Mine, number {n}." for n in range(6))
    assert sorted(Revision.objects.filter(post=post).values_list("number", flat=True)) == [
        1,
        2,
        3,
        4,
        5,
        6,
        7,
    ]


def test_one_form_heard_twice_at_once_keeps_one_text() -> None:
    post, user = a_post(), a_user(role="editor")

    def heard() -> None:
        keeping.keep(user.pk, "key", [("body", "text")], kind="post", post_id=post.pk, base=1)
        presence.arrive(user, post.pk, "tab")

    assert at_once(*[heard] * 6) == []
    assert UnsavedText.objects.count() == 1
    assert Presence.objects.count() == 1
