"""test_judging: nothing shows before whoever writes the post or an editor approves it; what they decide is seen at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from blog import publishing, responses
from blog.errors import NotAllowed, NotPossible
from blog.models import Deed, Post, Response
from tests.blog.responding.conftest import Say
from tests.factories import a_post, a_user

pytestmark = pytest.mark.django_db


def page() -> str:
    return Client().get("/posts/the-way/").text


@pytest.mark.parametrize("status", ["waiting", "rejected", "spam"])
def test_only_what_is_approved_is_shown(say: Say, status: str) -> None:
    say("Which roads?", status="" if status == "waiting" else status)
    assert "Which roads?" not in page()
    for address in (
        "/feed.rss",
        "/feed.json",
        "/posts/the-way.json",
        "/posts/the-way.md",
        "/search/?q=roads",
    ):
        assert "Which roads?" not in Client().get(address).text


def test_an_approval_is_seen_at_once_and_so_is_its_end(say: Say, writer: User) -> None:
    assert "Which roads?" not in page()
    made = say()
    before = Client().get("/posts/the-way/")["ETag"]
    responses.judge(made.pk, writer, "approved")
    assert "Which roads?" in page()
    assert Client().get("/posts/the-way/")["ETag"] != before
    responses.judge(made.pk, writer, "spam")
    assert "Which roads?" not in page()


def test_what_waits_makes_no_page_old(post: Post, say: Say) -> None:
    before = Client().get("/posts/the-way/")["ETag"]
    say()
    assert Client().get("/posts/the-way/")["ETag"] == before


def test_what_is_approved_stands_in_no_feed(say: Say) -> None:
    say("Which unheard roads?", status="approved")
    assert "unheard" in page()
    for address in ("/feed.rss", "/feed.atom", "/feed.json", "/posts/the-way.json", "/posts/the-way.md"):
        assert "unheard" not in Client().get(address).text


def test_who_may_decide(say: Say, writer: User) -> None:
    made = say()
    for stranger in (a_user(role="author"), a_user(role="contributor"), a_user()):
        with pytest.raises(
            NotAllowed, match="You may not decide about comments on this post. Ask an editor."
        ):
            responses.judge(made.pk, stranger, "approved")
        with pytest.raises(NotAllowed):
            responses.answer(made.pk, stranger, "Mine.")
    for one in (writer, a_user(role="editor")):
        assert responses.judge(made.pk, one, "approved").status == "approved"
    with pytest.raises(NotPossible, match="Press one of the buttons."):
        responses.judge(made.pk, writer, "emptied")


def test_the_log_says_who_decided_and_not_what_was_said(say: Say, writer: User) -> None:
    responses.judge(say("A secret word").pk, writer, "approved")
    line = Deed.objects.get(verb="approve_comment")
    assert (line.user, line.title) == (writer, "The way")
    assert "secret" not in f"{line.note}{line.title}"


def test_answers_of_readers_stand_one_level_deep(say: Say) -> None:
    first = say("Which roads?", status="approved")
    reply = say("The long ones.", name="Anna", to=first.pk, status="approved")
    assert reply.parent == first
    with pytest.raises(NotPossible, match="not there any more"):
        say("Deeper", to=reply.pk)
    shown = page()
    assert shown.index("Which roads?") < shown.index("The long ones.")
    assert f"?to={first.pk}" in shown
    assert f"?to={reply.pk}" not in shown


def test_what_is_answered_must_be_shown_under_the_same_post(say: Say) -> None:
    waiting = say("Waiting")
    a_post(title="Other")
    for number in (waiting.pk, 10**15):
        with pytest.raises(NotPossible, match="not there any more"):
            say("Mine", to=number)
    shown = say("Shown", status="approved")
    other = Post.objects.get(slug="other")
    with pytest.raises(NotPossible, match="not there any more"):
        responses.respond(other.pk, "Boris", "", "Mine", to=shown.pk)
    form = Client().get(f"/posts/other/respond/?to={shown.pk}").text
    assert "You answer" not in form
    assert "You answer" in Client().get(f"/posts/the-way/respond/?to={shown.pk}").text


def test_an_answer_whose_comment_is_taken_away_goes_with_it(say: Say, writer: User) -> None:
    first = say("Which roads?", status="approved")
    say("The long ones.", to=first.pk, status="approved")
    responses.judge(first.pk, writer, "rejected")
    assert "The long ones." not in page()


def test_those_who_write_answer_at_once_and_are_marked(say: Say, writer: User) -> None:
    first = say("Which roads?", name="Vera Writes")
    made = responses.answer(first.pk, writer, "All of them. https://example.org/")
    assert (made.name, made.status, made.by_writers) == ("Vera Writes", "approved", True)
    shown = page()
    assert shown.count("writes here") == 1
    assert '<a href="https://example.org/"' in shown
    with pytest.raises(NotPossible, match="can be answered"):
        responses.answer(made.pk, writer, "Deeper")


def test_comments_stay_when_scheduled_changes_take_the_posts_place(say: Say, post: Post) -> None:
    say("Which roads?", status="approved")
    assert "Which roads?" in page()
    Post.rows.filter(pk=post.pk).update(replaced_at=timezone.now() - timedelta(minutes=1))
    copy = Post.rows.get(pk=post.pk)
    copy.pk, copy.successor_of_id, copy.replaced_at = None, post.pk, None
    copy.appears_at, copy.title = timezone.now() - timedelta(minutes=1), "The way, mended"
    copy.save()
    from blog.writing import one_transaction, pages_changed

    with one_transaction():
        pages_changed()
    shown = page()
    assert "The way, mended" in shown
    assert "Which roads?" in shown
    assert Client().post("/posts/the-way/respond/", {"name": "Anna", "text": "New"}).status_code == 303
    assert Response.objects.get(text="New").post_id == post.pk


def test_machines_read_it_too(say: Say) -> None:
    import mf2py

    first = say("Which roads?", status="approved")
    say("The long ones.", name="Anna", to=first.pk, status="approved")
    shown = page()
    assert '"commentCount": 2' in shown
    entry = mf2py.parse(doc=shown, url="https://masthead.example/posts/the-way/")["items"][0]
    (comment,) = entry["properties"]["comment"]
    assert comment["type"] == ["h-cite"]
    assert comment["properties"]["author"][0]["properties"]["name"] == ["Boris"]
    assert comment["properties"]["url"] == [f"https://masthead.example/posts/the-way/#comment-{first.pk}"]
    assert comment["properties"]["content"][0]["value"].strip() == "Which roads?"
    (reply,) = comment["properties"]["comment"]
    assert reply["properties"]["author"][0]["properties"]["name"] == ["Anna"]
    assert "author" not in entry["properties"]


def test_a_post_without_comments_asks_no_more_than_before(
    post: Post, say: Say, django_assert_max_num_queries: Any
) -> None:
    from django.core.cache import caches

    for budget, status in ((5, "rejected"), (6, "approved")):
        say(f"Number {budget}", status=status)
        caches["pages"].clear()
        with django_assert_max_num_queries(budget):
            assert Client().get("/posts/the-way/").status_code == 200


def test_what_was_refused_goes_after_thirty_days(say: Say, capsys: Any) -> None:
    from django.core.management import call_command

    say("Spam", status="spam"), say("Young", status="rejected"), say("Stays", status="approved")
    old = timezone.now() - timedelta(days=31)
    Response.objects.exclude(text="Young").update(judged_at=old)
    call_command("purge_trash")
    assert "1 refused comment deleted for good." in capsys.readouterr().out
    assert sorted(Response.objects.values_list("text", flat=True)) == ["Stays", "Young"]


def test_a_purged_post_takes_its_comments_along(say: Say, post: Post) -> None:
    say(status="approved")
    publishing.trash(post.pk, None)
    publishing.purge(post.pk, None)
    assert not Response.objects.exists()
