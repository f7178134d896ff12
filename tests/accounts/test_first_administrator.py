"""test_first_administrator: a new site's link makes one administrator, once, and tells nobody else its secret."""

from __future__ import annotations

import threading
import time
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core import signing
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from accounts import first_administrator
from accounts.models import User

GOOD = {
    "username": "anna",
    "email": "anna@masthead.example",
    "password1": "a long sentence 7",
    "password2": "a long sentence 7",
}

pytestmark = pytest.mark.django_db


def link() -> str:
    out = StringIO()
    call_command("first_administrator_link", stdout=out)
    found = next(line.strip() for line in out.getvalue().splitlines() if "/welcome/" in line)
    assert found.startswith("https://masthead.example/welcome/")
    return found.removeprefix("https://masthead.example")


def test_the_link_makes_an_administrator_and_signs_them_in(client: Client) -> None:
    path = link()
    page = client.get(path)
    assert page.status_code == 200
    assert "Make my account" in page.text

    answer = client.post(path, GOOD)

    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    user = User.objects.get()
    assert (user.username, user.email, user.is_superuser, user.is_staff) == (
        "anna",
        "anna@masthead.example",
        True,
        True,
    )
    assert [group.name for group in user.groups.all()] == ["administrator"]
    assert client.get("/admin/").status_code == 200


def test_every_link_is_dead_after_one_was_used(client: Client) -> None:
    first, second = link(), link()
    client.post(first, GOOD)
    for path in (first, second):
        for answer in (Client().get(path), Client().post(path, GOOD | {"username": "boris"})):
            assert answer.status_code == 404
            assert "This link is spent" in answer.text
    assert User.objects.count() == 1


def test_looking_uses_nothing_up(client: Client) -> None:
    path = link()
    for _ in range(3):
        assert client.get(path).status_code == client.head(path).status_code == 200
    assert client.post(path, GOOD).status_code == 302


def test_a_link_of_yesterday_is_dead(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    path = link()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 24 * 3600 - 60)
    assert client.get(path).status_code == 200
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 24 * 3600 + 60)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "change",
    [lambda t: t[:-1] + ("A" if t[-1] != "A" else "B"), lambda t: "x" + t, lambda t: "x", lambda t: t + "x"],
)
def test_an_invented_link_is_dead(client: Client, change: object) -> None:
    token = link().split("/")[2]
    assert callable(change)
    answer = client.post(f"/welcome/{change(token)}/", GOOD)
    assert answer.status_code == 404
    assert not User.objects.exists()


def test_a_key_made_for_something_else_opens_nothing(client: Client) -> None:
    token = signing.TimestampSigner(salt="something else", sep=".").sign("x" * 43)
    assert client.get(f"/welcome/{token}/").status_code == 404


def test_a_weak_or_mistyped_password_is_refused(client: Client) -> None:
    path = link()
    for bad in ({"password1": "12345678", "password2": "12345678"}, {"password2": "another sentence 8"}):
        answer = client.post(path, GOOD | bad)
        assert answer.status_code == 200
        assert "errorlist" in answer.text
    assert not User.objects.exists()


def test_a_form_of_another_site_is_refused() -> None:
    assert Client(enforce_csrf_checks=True).post(link(), GOOD).status_code == 403
    assert not User.objects.exists()


def test_the_page_is_kept_by_nobody_and_its_address_told_to_nobody(client: Client) -> None:
    page = client.get(link())
    assert "no-store" in page["Cache-Control"]
    assert "private" in page["Cache-Control"]
    # “no-referrer” would also take the Origin away that the form's own protection needs.
    assert page["Referrer-Policy"] == "same-origin"
    assert page["X-Robots-Tag"] == "noindex"


def test_where_an_administrator_is_the_command_refuses_or_is_silent() -> None:
    User.objects.create_superuser("anna")
    with pytest.raises(CommandError, match="has an administrator already"):
        call_command("first_administrator_link")
    out = StringIO()
    call_command("first_administrator_link", if_needed=True, stdout=out)
    assert out.getvalue() == ""


@pytest.mark.parametrize(
    ("superuser", "role", "active", "exists"),
    [
        (True, None, True, True),
        (False, "administrator", True, True),
        (True, None, False, False),
        (False, "editor", True, False),
    ],
)
def test_who_counts_as_an_administrator(
    superuser: bool, role: str | None, active: bool, exists: bool
) -> None:
    user = User.objects.create_user("anna", is_superuser=superuser, is_active=active)
    if role:
        user.groups.add(Group.objects.get(name=role))
    assert first_administrator.administrator_exists() is exists


@pytest.mark.postgres  # SQLite in memory has one connection, and no two uses at once
@pytest.mark.django_db(transaction=True)
def test_two_uses_at_once_make_one_administrator() -> None:
    start, made = threading.Barrier(4), []

    def use(number: int) -> None:
        start.wait()
        try:
            made.append(
                first_administrator.make_first_administrator(username=f"u{number}", email="", password="x")
            )
        except first_administrator.AdministratorExists:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=use, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == User.objects.count() == 1
