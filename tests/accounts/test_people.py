"""test_people: administrators give roles; a role opens the desk and names an author; no hash of a password is shown."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import Author, User
from tests.factories import UserFactory, a_post

pytestmark = pytest.mark.django_db
ADD = "/admin/accounts/user/add/"


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(UserFactory(role="administrator"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def given(role: str | None, **more: str) -> dict[str, object]:
    data: dict[str, object] = {
        "username": "vera",
        "password1": "a long pass phrase",
        "password2": "a long pass phrase",
        "first_name": "Vera",
        "last_name": "Pavlova",
        **more,
    }
    return data | ({"groups": [str(Group.objects.get(name=role).pk)]} if role else {})


def test_a_role_opens_the_desk_and_names_an_author(administrator: Client) -> None:
    administrator.post(ADD, given("contributor"))
    user = User.objects.get(username="vera")
    assert (user.is_staff, user.is_superuser) == (True, False)
    assert Author.objects.get(user=user).name == "Vera Pavlova"


def test_without_a_role_there_is_no_entry_and_no_author(administrator: Client) -> None:
    administrator.post(ADD, given(None, is_staff="on", is_superuser="on"))
    user = User.objects.get(username="vera")
    assert (user.is_staff, user.is_superuser) == (False, False)
    assert not Author.objects.exists()


def test_taking_the_role_away_closes_the_desk(administrator: Client) -> None:
    user = UserFactory(role="editor", username="vera")
    administrator.post(f"/admin/accounts/user/{user.pk}/change/", {"username": "vera", "is_active": "on"})
    assert not User.objects.get(pk=user.pk).is_staff


def test_a_name_in_other_letters_is_taken(administrator: Client) -> None:
    UserFactory(username="VERA")
    page = administrator.post(ADD, given("author")).content.decode()
    assert "A user with that name exists already." in page


def test_no_page_shows_a_hash(administrator: Client) -> None:
    user = UserFactory(role="editor")
    for address in (
        "/admin/accounts/user/",
        f"/admin/accounts/user/{user.pk}/change/",
        f"/admin/accounts/user/{user.pk}/password/",
    ):
        page = administrator.get(address).content.decode()
        assert user.password not in page
        assert user.password.rpartition("$")[2][:8] not in page
        assert "algorithm" not in page


def test_nobody_deletes_themselves(administrator: Client) -> None:
    me = User.objects.get()
    assert administrator.post(f"/admin/accounts/user/{me.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=me.pk).exists()


def test_a_writer_who_leaves_leaves_their_posts_and_their_author(administrator: Client) -> None:
    user = UserFactory(role="author", author=True)
    post = a_post(user=user, authors=[user.author])
    administrator.post(f"/admin/accounts/user/{user.pk}/delete/", {"post": "yes"})
    assert not User.objects.filter(pk=user.pk).exists()
    assert [byline.author.user for byline in post.bylines.all()] == [None]
