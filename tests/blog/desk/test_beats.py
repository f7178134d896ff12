"""test_beats: what an open form asks: its text is kept and is nobody's revision, others are named, the asking is cheap."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Author, User
from blog import publishing
from blog.content import Content
from blog.models import Post, Presence, Revision, UnsavedText
from tests.blog.desk.filling import ADD, SignIn, change, form_of, fresh
from tests.factories import a_post, a_user


def keep(client: Client, post: Post | None, text: str | None = None, **more: Any) -> Any:
    """What the form's script asks; `opened` and `base` as the page gave them."""
    address = change(post) if post else ADD
    shown = form_of(client, address)
    data = {"tab": "one", "opened": shown["opened"], "base": shown["base"]} | more
    if text is not None:
        data["state"] = json.dumps([["title", "T"], ["body", text]])
    return client.post(address.replace("change/", "keep/") if post else ADD + "keep/", data)


def test_text_is_kept_and_no_revision_made(sign_in: SignIn) -> None:
    post, anna = a_post(body="Text."), sign_in("editor")
    answer = keep(anna, post, "Text and more.")
    assert answer.status_code == 200
    assert answer.json()["said"].startswith("Kept at ")
    assert ["body", "Text and more."] in UnsavedText.objects.get().state
    assert Revision.objects.filter(post=post).count() == 1
    assert fresh(post).body == "Text."


def test_one_form_keeps_one_text_and_two_forms_two(sign_in: SignIn) -> None:
    post, anna = a_post(), sign_in("editor")
    first, second = form_of(anna, change(post)), form_of(anna, change(post))
    keep(anna, post, "one", opened=first["opened"])
    keep(anna, post, "two", opened=first["opened"])
    keep(anna, post, "three", opened=second["opened"])
    assert sorted(dict(row.state)["body"] for row in UnsavedText.objects.all()) == ["three", "two"]
    keep(anna, post, opened=second["opened"], state="")
    assert [dict(row.state)["body"] for row in UnsavedText.objects.all()] == ["two"]


def test_saving_forgets_what_its_form_kept_and_no_more(sign_in: SignIn) -> None:
    post, anna = a_post(body="Text."), sign_in("editor")
    first, second = form_of(anna, change(post)), form_of(anna, change(post))
    keep(anna, post, "other tab", opened=second["opened"])
    keep(anna, post, "mine", opened=first["opened"])
    assert anna.post(change(post), first | {"body": "mine"}).status_code == 302
    assert [dict(row.state)["body"] for row in UnsavedText.objects.all()] == ["other tab"]


def test_what_says_what_the_post_says_is_not_offered(sign_in: SignIn) -> None:
    post, anna = a_post(body="Text."), sign_in("editor")
    shown = form_of(anna, change(post))
    state = json.dumps(
        [[n, v] for n, v in (shown | {"body": "New text."}).items() if n not in ("opened", "base")]
    )
    keep(anna, post, opened=shown["opened"], state=state)
    assert "You have unsaved text" in anna.get(change(post)).content.decode()
    publishing.save(post.pk, _with(post, "New text."), None)
    assert "You have unsaved text" not in anna.get(change(post)).content.decode()
    assert not UnsavedText.objects.exists()


def _with(post: Post, body: str) -> Content:
    return replace(Content.of(fresh(post)), body=body)


@pytest.mark.parametrize(
    "state",
    ["nothing", "{}", "[1]", '[["a"]]', '[["a", 1]]', json.dumps([["a" * 81, "x"]]), "[" * 5000],
)
def test_what_is_no_form_is_refused(sign_in: SignIn, state: str) -> None:
    answer = keep(sign_in("editor"), a_post(), state=state)
    assert (answer.status_code, answer.json()["why"]) == (400, "form")
    assert answer.json()["said"] == "This form could not be read. Open the post again."


def test_too_much_is_refused_with_a_sentence(sign_in: SignIn) -> None:
    answer = keep(sign_in("editor"), a_post(), "я" * 1_100_000)
    assert answer.status_code == 413
    assert answer.json()["said"] == "This text is over 2 MB: too long to be kept unsaved. Save it instead."


def test_half_characters_and_nul_are_kept_as_well_as_can_be(sign_in: SignIn) -> None:
    post = a_post()
    assert keep(sign_in("editor"), post, "a\0b\ud800c").status_code == 200
    assert dict(UnsavedText.objects.get().state)["body"] == "ab?c"


def test_who_is_signed_out_is_told_so_and_nothing_is_kept(sign_in: SignIn) -> None:
    post, anna = a_post(), sign_in("editor")
    shown = form_of(anna, change(post))
    anna.logout()
    answer = anna.post(change(post).replace("change/", "keep/"), shown | {"state": "[]"})
    assert (answer.status_code, answer.json()["why"]) == (403, "signed_out")
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert not UnsavedText.objects.exists()


def test_a_form_shown_to_somebody_else_keeps_nothing(sign_in: SignIn) -> None:
    post, anna, boris = a_post(), sign_in("editor"), sign_in("editor")
    answer = keep(boris, post, "Anna's", opened=form_of(anna, change(post))["opened"])
    assert (answer.status_code, answer.json()["why"]) == (409, "another_user")
    assert not UnsavedText.objects.exists()


def test_another_s_draft_is_not_for_a_contributor(sign_in: SignIn) -> None:
    post, user = a_post(status="draft"), a_user(role="contributor")
    client = sign_in(user)
    sealed = form_of(client, ADD)["opened"]
    data = {"tab": "one", "opened": sealed, "base": "1"}
    address = change(post).replace("change/", "keep/")
    for more in ({}, {"state": json.dumps([["title", "x"]])}):
        answer = client.post(address, data | more)
        assert (answer.status_code, answer.json()["why"]) == (403, "not_allowed")
    assert not UnsavedText.objects.exists()
    assert not Presence.objects.exists()


def test_others_are_named_and_oneself_in_another_tab(sign_in: SignIn) -> None:
    post = a_post()
    anna, boris = a_user(role="editor", first_name="Anna", last_name="Petrova"), a_user(role="editor")
    keep(sign_in(anna), post)
    keep(sign_in(boris), post, tab="two")
    people = keep(sign_in(boris), post, tab="three").json()["people"]
    assert people == [
        {
            "initials": boris.username[0].upper(),
            "name": "You, in another tab",
            "said": "You have this open in another tab",
        },
        {"initials": "AP", "name": "Anna Petrova", "said": "Anna Petrova has this open too"},
    ]
    Presence.objects.filter(user=anna).update(seen_at=timezone.now() - timedelta(seconds=46))
    keep(sign_in(boris), post, tab="two", leaving="1")
    assert keep(sign_in(boris), post, tab="three").json()["people"] == []


def test_a_newer_revision_is_told(sign_in: SignIn) -> None:
    post, user = a_post(body="Text."), a_user(role="editor", first_name="Anna", last_name="P")
    boris = sign_in("editor")
    shown = form_of(boris, change(post))
    assert keep(boris, post, base=shown["base"]).json()["newer"] is None
    publishing.save(post.pk, _with(post, "Anna's."), user)
    newer = keep(boris, post, base=shown["base"]).json()["newer"]
    assert newer["said"].startswith("Anna P saved revision 2 at ")
    page = boris.get(newer["look"]).content.decode()
    assert "<ins>Anna" in page
    assert keep(boris, post, base="2").json()["newer"] is None


@pytest.mark.parametrize("newer", [False, True])
def test_a_beat_costs_at_most_five_queries(sign_in: SignIn, newer: bool) -> None:
    post, user = a_post(), a_user(role="author")
    publishing.save(post.pk, _with(post, "Once more."), None)
    Post.everything.filter(pk=post.pk).update(created_by=user)
    client = sign_in(user)
    shown = form_of(client, change(post))
    data = {"tab": "one", "opened": shown["opened"], "base": "1" if newer else shown["base"]}
    address = change(post).replace("change/", "keep/")
    client.post(address, data)
    for _ in range(3):
        keep(sign_in("editor"), post, tab="another")
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(address, data)
    assert answer.status_code == 200
    assert (answer.json()["newer"] is not None) is newer
    assert len(asked) <= 5


def test_whether_they_may_is_asked_again_after_a_while(sign_in: SignIn) -> None:
    post, user = a_post(), a_user(role="editor")
    client = sign_in(user)
    shown = form_of(client, change(post))
    data = {"tab": "one", "opened": shown["opened"], "base": shown["base"]}
    address = change(post).replace("change/", "keep/")
    assert client.post(address, data).status_code == 200
    user.groups.set([Group.objects.get(name="contributor")])
    Presence.objects.update(checked_at=timezone.now() - timedelta(minutes=6))
    assert client.post(address, data).json()["why"] == "not_allowed"


def test_no_more_than_five_texts_of_one_post_are_kept(sign_in: SignIn) -> None:
    post, anna = a_post(), sign_in("editor")
    for number in range(7):
        keep(anna, post, f"text {number}")
    assert [dict(row.state)["body"] for row in UnsavedText.objects.all()] == [
        f"text {n}" for n in (6, 5, 4, 3, 2)
    ]
    assert User.objects.count() == 1


def test_authors_who_are_still_to_be_added_come_back_too(sign_in: SignIn) -> None:
    post, anna = a_post(body="Text.", authors=["Known Author"]), sign_in("editor")
    shown = form_of(anna, change(post)) | {"byline_rows-0-author": "Somebody New", "body": "Text. Mine."}
    shown["byline_rows-guests"] = "on"
    state = json.dumps([[name, value] for name, value in shown.items() if name not in ("opened", "base")])
    keep(anna, post, opened=shown["opened"], state=state)
    publishing.save(post.pk, replace(Content.of(fresh(post)), summary="Theirs."), None)
    (row,) = UnsavedText.objects.all()
    beside = anna.get(f"{change(post).replace('change/', '')}unsaved/{row.key}/")
    assert "<ins> Mine.</ins>" in beside.content.decode()
    form = anna.get(f"{change(post)}?unsaved={row.key}").context["adminform"].form
    assert form["byline_rows"].value()[0][0] == "Somebody New"
    assert (form["body"].value(), form["summary"].value()) == ("Text. Mine.", "Theirs.")
    assert not Author.objects.filter(name="Somebody New").exists()
