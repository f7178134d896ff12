"""test_door: a form that comes after the session ended, or whose check fails, loses no word and shows them to nobody else."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from blog.models import Post, UnsavedText
from tests.blog.desk.filling import ADD, SignIn, change, form_of, fresh
from tests.factories import PASSWORD, a_post, a_user

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return html.unescape(found[1])


def come_in(client: Client, page: str, username: str, password: str = PASSWORD) -> Any:
    given = {"username": username, "password": password}
    return client.post(LOGIN, given | {name: hidden(page, name) for name in ("carried", "next")}, follow=True)


def test_a_form_sent_after_the_session_ended_comes_back_after_signing_in(sign_in: SignIn) -> None:
    user, post = a_user(role="editor"), a_post(body="Text.")
    client = sign_in(user)
    mine = form_of(client, change(post)) | {
        "body": "Text, “quoted” & <b>more</b>.\r\n\r\nEnd.",
        "noindex": "on",
    }
    client.logout()
    door = client.post(change(post), mine)
    page = door.content.decode()
    assert door.status_code == 403
    assert "You were signed out. Sign in again with the same account: your text comes along." in page
    assert not UnsavedText.objects.exists()
    answer = come_in(client, page, user.username)
    form = answer.context["adminform"].form
    assert form["body"].value() == "Text, “quoted” & <b>more</b>.\r\n\r\nEnd."
    assert form["noindex"].value() is True
    assert client.post(change(post), mine | {"opened": form["opened"].value()}).status_code == 302
    assert fresh(post).body == "Text, “quoted” & <b>more</b>.\n\nEnd."
    assert not UnsavedText.objects.exists()


def test_a_wrong_password_in_between_drops_nothing(sign_in: SignIn) -> None:
    user = a_user(role="author", author=True)
    client = sign_in(user)
    mine = form_of(client, ADD) | {"title": "New one", "body": "Its text."}
    client.logout()
    page = client.post(ADD, mine).content.decode()
    again = come_in(client, page, user.username, "wrong").content.decode()
    answer = come_in(client, again, user.username)
    form = answer.context["adminform"].form
    assert (form["title"].value(), form["body"].value()) == ("New one", "Its text.")
    assert not Post.everything.exists()


def test_nobody_else_gets_the_text(sign_in: SignIn) -> None:
    anna, boris, post = a_user(role="editor"), a_user(role="editor"), a_post()
    client = sign_in(anna)
    mine = form_of(client, change(post)) | {"body": "Anna's secret."}
    client.logout()
    page = client.post(change(post), mine).content.decode()
    answer = come_in(client, page, boris.username)
    assert "Anna&#x27;s secret." not in answer.content.decode()
    assert "The text that was being saved belongs to another account." in answer.content.decode()
    assert "You have unsaved text" not in client.get(change(post)).content.decode()
    assert "You have unsaved text" in sign_in(anna).get(change(post)).content.decode()


@pytest.mark.parametrize("what", ["carried", "opened"])
def test_what_we_did_not_write_is_not_carried(sign_in: SignIn, what: str) -> None:
    user, post = a_user(role="editor"), a_post()
    client = sign_in(user)
    mine = form_of(client, change(post)) | {"body": "Forged."}
    client.logout()
    if what == "opened":
        answer = client.post(change(post), mine | {"opened": mine["opened"][:-1]})
        assert (answer.status_code, answer["Location"][: len(LOGIN)]) == (302, LOGIN)
        return
    carried = hidden(client.post(change(post), mine).content.decode(), "carried")
    client.post(LOGIN, {"username": user.username, "password": PASSWORD, "carried": carried[:-1]})
    assert not UnsavedText.objects.exists()


def test_a_form_of_somebody_else_s_sign_in_is_not_saved_as_mine(sign_in: SignIn) -> None:
    anna, boris, post = a_user(role="editor"), a_user(role="editor"), a_post(body="Text.")
    client = sign_in(anna)
    mine = form_of(client, change(post)) | {"body": "Anna's."}
    client.force_login(boris, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(change(post), mine)
    assert answer.status_code == 403
    assert "Sign in again with the same account" in answer.content.decode()
    assert fresh(post).body == "Text."


def test_a_form_whose_check_failed_is_shown_and_sent_again() -> None:
    user, post = a_user(role="editor"), a_post(body="Text.")
    client = Client(enforce_csrf_checks=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    mine = form_of(client, change(post)) | {"body": "Text & more.", "_continue": "1"}
    answer = client.post(change(post), mine | {"csrfmiddlewaretoken": "x" * 64})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Text &amp; more." in page
    again = {
        name: html.unescape(value)
        for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page)
    }
    assert again["_continue"] == "1"
    assert client.post(change(post), again).status_code == 302
    assert fresh(post).body == "Text & more."


def test_a_form_that_was_never_ours_is_told_so_and_shown_nothing() -> None:
    user, post = a_user(role="editor"), a_post(body="Text.")
    client = Client(enforce_csrf_checks=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(change(post), {"title": "Forged", "body": "Forged text", "base": "1"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Nothing was changed. Open the page again and repeat what you did." in page
    assert "Forged" not in page


def test_a_sign_in_page_whose_check_failed_still_carries(sign_in: SignIn) -> None:
    user, post = a_user(role="editor"), a_post(body="Text.")
    mine = form_of(sign_in(user), change(post)) | {"body": "Carried."}
    page = Client().post(change(post), mine).content.decode()
    strict = Client(enforce_csrf_checks=True)
    refused = strict.post(
        LOGIN, {"username": user.username, "password": PASSWORD, "carried": hidden(page, "carried")}
    )
    assert refused.status_code == 403
    assert hidden(refused.content.decode(), "carried") == hidden(page, "carried")


def test_a_form_sent_twice_is_neither_a_conflict_nor_a_second_post(sign_in: SignIn) -> None:
    client = sign_in("author")
    new = form_of(client, ADD) | {"title": "Once", "body": "One."}
    assert client.post(ADD, new).status_code == 302
    assert client.post(ADD, new | {"body": "One. Two."}).status_code == 302
    post = Post.everything.get()
    assert post.body == "One. Two."
    first = form_of(client, change(post))
    assert client.post(change(post), first | {"body": "Three."}).status_code == 302
    assert client.post(change(post), first | {"body": "Three, and the answer was lost."}).status_code == 302
    assert fresh(post).body == "Three, and the answer was lost."
