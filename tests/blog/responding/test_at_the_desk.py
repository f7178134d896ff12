"""test_at_the_desk: the list, the page of one comment, several at once, the number on the front page, a reader's own comments."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command

from accounts.models import User
from blog import responses
from blog.models import Deed, Post, Response
from tests.blog.responding.conftest import Say
from tests.factories import a_post, a_user

pytestmark = pytest.mark.django_db
LIST = "/admin/blog/response/"


@pytest.fixture
def editor() -> User:
    return a_user(role="editor")


def test_those_that_wait_are_listed_first(say: Say, editor: User, at_the_desk: Any) -> None:
    say("Waiting one"), say("Shown one", status="approved"), say("Bad one", status="spam")
    desk = at_the_desk(editor)
    assert "Waiting one" in (first := desk.get(LIST).text)
    assert "Shown one" not in first
    assert "Bad one" in desk.get(f"{LIST}?status=spam").text
    assert "Shown one" in desk.get(f"{LIST}?status=all&q=shown").text
    assert desk.get(f"{LIST}?status=nonsense&post=nonsense").status_code == 200


def test_writers_see_those_under_their_own_posts_alone(
    say: Say, post: Post, writer: User, at_the_desk: Any
) -> None:
    theirs = say("Under Vera’s")
    other = a_post(title="Other")
    elsewhere = responses.respond(other.pk, "Anna", "", "Under another’s")
    desk = at_the_desk(writer)
    assert "Under Vera’s" in (shown := desk.get(LIST).text)
    assert "Under another’s" not in shown
    assert desk.get(f"{LIST}{theirs.pk}/change/").status_code == 200
    answer = desk.post(f"{LIST}{elsewhere.pk}/change/", {"act": "approved"})
    assert answer.status_code == 302
    elsewhere.refresh_from_db()
    assert elsewhere.status == "waiting"
    assert desk.get(f"{LIST}?post={other.pk}").text.count("Other") == 0


def test_several_are_judged_at_once(say: Say, editor: User, at_the_desk: Any) -> None:
    made = [say(f"Comment {number}").pk for number in range(3)]
    answer = at_the_desk(editor).post(LIST, {"action": "approve", "_selected_action": made[:2]}, follow=True)
    assert "2 comments are shown." in answer.text
    assert list(Response.objects.filter(status="approved").values_list("pk", flat=True)) == made[:2]


def test_an_author_is_not_offered_to_delete(say: Say, writer: User, at_the_desk: Any) -> None:
    made = say()
    desk = at_the_desk(writer)
    assert "Delete for good" not in desk.get(LIST).text
    desk.post(LIST, {"action": "delete_for_good", "_selected_action": [made.pk]})
    assert desk.post(f"{LIST}{made.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Response.objects.filter(pk=made.pk).exists()
    assert desk.get(f"{LIST}reader/").status_code == 403


def test_deleting_leaves_no_word_of_it(say: Say, editor: User, at_the_desk: Any) -> None:
    made = [say("Secretly", name="Boris").pk, say("Other", name="Boris").pk]
    desk = at_the_desk(editor)
    desk.post(f"{LIST}{made[0]}/delete/", {"post": "yes"})
    desk.post(LIST, {"action": "delete_for_good", "_selected_action": made[1:]})
    assert not Response.objects.exists()
    told = [f"{entry.object_repr}{entry.change_message}" for entry in LogEntry.objects.all()]
    told += [f"{deed.title}{deed.note}" for deed in Deed.objects.all()]
    assert not [one for one in told if "Boris" in one or "Secretly" in one]
    assert Deed.objects.filter(verb="delete_comment").count() == 2


def test_the_page_judges_and_answers(say: Say, writer: User, at_the_desk: Any) -> None:
    made, desk = say("<b>Which</b> roads?"), at_the_desk(writer)
    shown = desk.get(f"{LIST}{made.pk}/change/").text
    assert "&lt;b&gt;Which" in shown
    answer = desk.post(f"{LIST}{made.pk}/change/", {"act": "answer", "text": ""})
    assert answer.status_code == 409
    assert "Write something first: the comment was empty." in answer.text
    desk.post(f"{LIST}{made.pk}/change/", {"act": "answer", "text": "All."})
    assert Response.objects.get(text="All.").by_writers
    desk.post(f"{LIST}{made.pk}/change/", {"act": "spam"})
    made.refresh_from_db()
    assert made.status == "spam"
    assert desk.post(f"{LIST}{made.pk}/change/", {"act": "nonsense"}).status_code == 409


def test_the_front_page_counts_them(say: Say, writer: User, at_the_desk: Any) -> None:
    say("One"), say("Two"), say("Three", status="approved")
    assert "2 comments wait for approval" in at_the_desk(writer).get("/admin/").text
    assert "wait for approval" not in at_the_desk(a_user(role="author")).get("/admin/").text


def test_a_reader_gets_what_is_kept_and_has_it_deleted(say: Say, editor: User, at_the_desk: Any) -> None:
    own = say("Mine", email="boris@example.org", status="approved")
    say("An answer", name="Anna", email="anna@example.org", to=own.pk)
    say("Also mine", email="boris@example.org")
    say("Anna’s own", name="Anna", email="anna@example.org")
    desk, path = at_the_desk(editor), f"{LIST}reader/"
    assert "2 comments were sent under it." in desk.post(path, {"email": " BORIS@example.org "}).text
    file = desk.post(path, {"email": "boris@example.org", "act": "export"})
    assert "attachment" in file["Content-Disposition"]
    assert [row["text"] for row in json.loads(file.content)] == ["Mine", "Also mine"]
    assert "Write the whole e-mail address" in desk.post(path, {"email": "boris", "act": "delete"}).text
    desk.post(path, {"email": "boris@example.org", "act": "delete"})
    assert list(Response.objects.values_list("text", flat=True)) == ["Anna’s own"]
    line = Deed.objects.get(verb="forget_reader")
    assert (line.title, line.note) == ("2", "")
    assert desk.post(path, {"email": ""}).status_code == 200


def test_the_command_does_the_same(say: Say, capsys: Any) -> None:
    say("Mine", email="boris@example.org", status="approved")
    call_command("reader_comments", "Boris@example.org")
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["text"], row["status"], row["post"]) == ("Mine", "approved", "The way")
    call_command("reader_comments", "boris@example.org", delete=True)
    assert capsys.readouterr().out == "1 comment deleted for good.\n"
    with pytest.raises(SystemExit):
        call_command("reader_comments", "boris")
    assert "Write the whole e-mail address" in capsys.readouterr().err
    assert not Response.objects.exists()
