"""test_claiming: an invited user becomes an author and has the archive; every invitation that does not hold says why."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.authors import own_author
from accounts.models import Author, User
from blog import claiming, permissions, publishing
from blog.content import Content
from blog.errors import NotAllowed, NotPossible
from blog.models import Deed, Invitation
from tests.factories import a_post, a_user, an_author

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return a_user(role="editor", first_name="Anna", last_name="Petrova")


@pytest.fixture
def guest() -> Author:
    return an_author(name="Boris Smith", bio="Writes about roads.")


@pytest.fixture
def invited() -> User:
    return a_user(role="author", first_name="Boris", last_name="Smith", email="boris@example.org")


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def token_of(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[1]


def test_the_archive_is_theirs_from_then_on(editor: User, guest: Author, invited: User) -> None:
    post = a_post(title="Old roads", authors=[guest])
    assert not permissions.may_edit(invited, post)
    address = claiming.invite(guest, editor)
    path = address.removeprefix("https://masthead.example")
    client = as_(invited)
    shown = client.get(path).content.decode()
    assert "invited to be the author <strong>Boris Smith</strong>" in shown
    assert "1 post stands under this name." in shown
    assert Author.objects.get(pk=guest.pk).user is None  # looking uses nothing up
    said = client.post(path, follow=True).content.decode()
    assert "You are “Boris Smith” from now on. Its posts are yours." in said
    user = User.objects.get(pk=invited.pk)
    assert user.author == guest
    assert permissions.may_edit(user, post)
    publishing.save(post.pk, replace(Content.of(post), body="Newer roads."), user)
    assert [deed.verb for deed in Deed.objects.filter(what="author").order_by("pk")] == ["invite", "claim"]


def test_an_empty_author_of_their_own_makes_room(editor: User, guest: Author, invited: User) -> None:
    made = own_author(invited)  # as an administrator's form makes it with the account
    assert made is not None
    claiming.claim(token_of(claiming.invite(guest, editor)), invited)
    assert not Author.objects.filter(pk=made.pk).exists()
    assert Author.objects.get(user=invited) == guest


def test_an_author_with_posts_of_their_own_does_not(editor: User, guest: Author, invited: User) -> None:
    own = own_author(invited)
    a_post(authors=[own])
    with pytest.raises(NotPossible, match="Your account is the author “Boris Smith” already. Ask an editor"):
        claiming.claim(token_of(claiming.invite(guest, editor)), invited)
    assert Author.objects.get(user=invited) == own


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"revoked_at": timezone.now()}, "This invitation was taken back. Ask whoever sent it."),
        ({"used_at": timezone.now()}, "This invitation was used already: each works once."),
        (
            {"expires_at": timezone.now() - timedelta(seconds=1)},
            "This invitation has expired. Ask whoever sent it for a new one.",
        ),
        ({"email": "else@example.org"}, "This invitation is for the account with the address"),
        ({"token_sha256": "0" * 64}, "There is no such invitation."),
    ],
)
def test_one_that_does_not_hold_says_why(
    editor: User, guest: Author, invited: User, change: dict[str, Any], said: str
) -> None:
    path = claiming.invite(guest, editor).removeprefix("https://masthead.example")
    Invitation.objects.update(**change)
    client = as_(invited)
    for answer in (client.get(path), client.post(path)):
        assert answer.status_code == 409
        assert said in answer.content.decode()
    assert Author.objects.get(pk=guest.pk).user is None


def test_it_works_once(editor: User, guest: Author, invited: User) -> None:
    first = token_of(claiming.invite(guest, editor))
    second = token_of(claiming.invite(guest, editor))
    claiming.claim(first, invited)
    other = a_user(role="author")
    with pytest.raises(NotPossible, match="was used already"):
        claiming.claim(first, other)
    with pytest.raises(NotPossible, match="“Boris Smith” was claimed by somebody meanwhile. Ask an editor."):
        claiming.claim(second, other)


def test_by_mail_it_is_for_that_address_alone(
    editor: User, guest: Author, invited: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        address = claiming.invite(guest, editor, email="Boris@example.org")
    (sent,) = mail.outbox
    assert sent.to == ["Boris@example.org"]
    assert sent.body.startswith("Anna Petrova invites you to sign in as the author “Boris Smith”")
    assert address in sent.body
    with pytest.raises(NotPossible, match="Sign in with that one"):
        claiming.claim(token_of(address), a_user(role="author"))
    assert claiming.claim(token_of(address), invited) == guest


def test_whoever_is_not_signed_in_is_led_to_the_door_and_back(editor: User, guest: Author) -> None:
    path = claiming.invite(guest, editor).removeprefix("https://masthead.example")
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer["Location"] == f"/admin/login/?next={path}"


def test_invitations_are_made_listed_and_taken_back_at_the_desk(editor: User, guest: Author) -> None:
    page = f"/admin/accounts/author/{guest.pk}/invitations/"
    client = as_(editor)
    made = client.post(page, {"act": "invite", "email": ""}, follow=True).content.decode()
    token = re.search(r'value="https://masthead\.example/admin/claim/([^/"]+)/"', made)
    assert token
    assert token[1] not in client.get(page).content.decode()
    assert "Made by Anna Petrova" in client.get(page).content.decode()
    assert (
        "Enter a valid email address" in client.post(page, {"act": "invite", "email": "x"}).content.decode()
    )
    invitation = Invitation.objects.get()
    client.post(page, {"act": "revoke", "invitation": invitation.pk})
    assert "Taken back" in client.get(page).content.decode()
    again = client.post(page, {"act": "revoke", "invitation": invitation.pk}, follow=True).content.decode()
    assert "This invitation does not work any more" in again


def test_only_editors_invite_and_only_to_authors_without_a_login(
    editor: User, guest: Author, invited: User
) -> None:
    with pytest.raises(NotAllowed, match="You may not invite somebody to be “Boris Smith”. Ask an editor."):
        claiming.invite(guest, invited)
    guest.user = invited
    guest.save()
    with pytest.raises(NotPossible, match="“Boris Smith” has a login already. Take that one off first."):
        claiming.invite(guest, editor)


def test_the_token_is_kept_nowhere(editor: User, guest: Author) -> None:
    token = token_of(claiming.invite(guest, editor))
    kept = Invitation.objects.values().get()
    assert token not in str(kept)
    assert len(token) >= 43
