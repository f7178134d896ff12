"""test_create_user: the command makes a login with one role and prints its password once."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Author, User

pytestmark = pytest.mark.django_db


def create(*arguments: str) -> tuple[str, str]:
    """What the command said, and the password in it."""
    out = StringIO()
    call_command("create_user", *arguments, stdout=out)
    found = re.search(r"password  (\S+)", out.getvalue())
    assert found
    return out.getvalue(), found[1]


def test_the_printed_password_opens_the_desk(client: Client) -> None:
    said, password = create("demo", "--role", "editor")
    assert "demo can sign in as editor: https://masthead.example/admin/" in said
    answer = client.post("/admin/login/?next=/admin/", {"username": "demo", "password": password})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    ("role", "superuser"),
    [("contributor", False), ("author", False), ("editor", False), ("administrator", True)],
)
def test_the_role_is_the_one_asked_for(role: str, superuser: bool) -> None:
    create("demo", "--role", role)
    user = User.objects.get()
    assert [group.name for group in user.groups.all()] == [role]
    assert (user.is_staff, user.is_superuser) == (True, superuser)


def test_an_unknown_role_is_refused_with_the_known_ones() -> None:
    with pytest.raises(CommandError, match=r"contributor.*author.*editor.*administrator"):
        call_command("create_user", "demo", "--role", "king")


def test_who_exists_is_left_alone_unless_a_new_password_is_asked_for() -> None:
    _, old = create("demo", "--role", "editor")
    with pytest.raises(CommandError, match=r"“demo” exists already\. Add --new-password"):
        create("Demo", "--role", "author")
    assert User.objects.get().check_password(old)

    _, new = create("Demo", "--role", "author", "--new-password")
    user = User.objects.get()
    assert user.check_password(new)
    assert not user.check_password(old)
    assert [group.name for group in user.groups.all()] == ["author"]


def test_an_impossible_name_is_refused_in_words() -> None:
    with pytest.raises(CommandError, match="Enter a valid username"):
        create("two words", "--role", "editor")
    assert not User.objects.exists()


def test_the_name_readers_see_is_made_once() -> None:
    for _ in range(2):
        create("demo", "--role", "editor", "--author", "Demo Editor", "--new-password")
    assert [(a.name, a.user and a.user.username) for a in Author.objects.all()] == [("Demo Editor", "demo")]
