"""test_signing_in: guessing is stopped, nobody learns who exists, and a session belongs to one sign-in."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import get_hasher
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"


def attempt(name: str, password: str, client: Client | None = None, /, **meta: Any) -> HttpResponse:
    answer: Any = (client or Client()).post(LOGIN, {"username": name, "password": password}, **meta)
    return answer  # type: ignore[no-any-return]


def fail(times: int, name: str = "anna", **meta: Any) -> HttpResponse:
    for _ in range(times):
        answer = attempt(name, "wrong", **meta)
    return answer


def test_the_eleventh_bad_try_is_locked_out_and_the_right_password_too() -> None:
    UserFactory(username="anna", role="editor")
    assert fail(9).status_code == 200
    fail(1)
    answer = fail(1)
    assert answer.status_code == 429
    assert "Signing in failed 10 times from here. Wait 15 minutes, then try again" in answer.content.decode()
    assert attempt("anna", PASSWORD).status_code == 429


def test_the_count_stands_in_the_database_for_every_worker() -> None:
    fail(3)
    assert AccessAttempt.objects.get(username="anna").failures_since_start == 3


@pytest.mark.parametrize(
    "header", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_CLIENT_IP"]
)
def test_no_header_of_theirs_makes_them_somebody_else(header: str) -> None:
    UserFactory(username="anna", role="editor")
    for number in range(10):
        attempt("anna", "wrong", **{header: f"198.51.100.{number}"})
    assert attempt("anna", PASSWORD, **{header: "198.51.100.99"}).status_code == 429


@pytest.mark.parametrize("name", ["ANNA", " anna ", "Anna", "ａｎｎａ"])
def test_another_way_of_writing_the_name_is_the_same_name(name: str) -> None:
    UserFactory(username="anna", role="editor")
    fail(10)
    assert attempt(name, PASSWORD).status_code == 429


def test_a_good_user_elsewhere_and_another_user_here_come_in() -> None:
    UserFactory(username="anna", role="editor")
    UserFactory(username="boris", role="editor")
    fail(11)
    assert attempt("anna", PASSWORD, REMOTE_ADDR="198.51.100.7").status_code == 302
    assert attempt("boris", PASSWORD).status_code == 302


def test_the_lock_opens_again() -> None:
    UserFactory(username="anna", role="editor")
    fail(11)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert attempt("anna", PASSWORD).status_code == 302


@pytest.fixture
def strangers() -> dict[str, str]:
    """Names with passwords that do not let in, each for a reason of its own."""
    UserFactory(username="known", role="editor")
    UserFactory(username="sleeps", role="editor", is_active=False)
    UserFactory(username="reads")
    keyless = UserFactory(username="keyless", role="editor")
    keyless.set_unusable_password()
    keyless.save()
    return {
        "known": "wrong",
        "unknown": "wrong",
        "sleeps": PASSWORD,
        "reads": PASSWORD,
        "keyless": "wrong",
    }


def test_nobody_learns_which_part_was_wrong(strangers: dict[str, str]) -> None:
    def said(name: str, password: str) -> str:
        page = attempt(name, password).content.decode().replace(name, "NAME")
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)

    assert len({said(name, password) for name, password in strangers.items()}) == 1


def test_nobody_learns_it_from_how_long_the_answer_takes(
    strangers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What takes long is hashing, made slow on purpose, and the database: each is asked as often, whoever it is."""
    hasher = type(get_hasher())
    honest, hashed = hasher.encode, Counter[str]()

    def cost(name: str, password: str) -> tuple[int, int]:
        def encode(self: Any, *given: Any, **more: Any) -> str:
            hashed[name] += 1
            return str(honest(self, *given, **more))

        monkeypatch.setattr(hasher, "encode", encode)
        with CaptureQueriesContext(connection) as asked:
            attempt(name, password)
        return hashed[name], len(asked)

    attempt("somebody", "wrong")  # what is loaded once counts for nobody
    del strangers["reads"]  # whose password was right: no stranger
    costs = {name: cost(name, password) for name, password in strangers.items()}
    assert len(set(costs.values())) == 1, costs
    assert costs["unknown"][0] == 1


def test_the_session_is_a_new_one_after_signing_in_and_gone_after_signing_out() -> None:
    UserFactory(username="anna", role="editor")
    client = Client()
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = str(session.session_key)
    attempt("anna", PASSWORD, client)
    inside = client.cookies["sessionid"].value
    assert inside != session.session_key
    assert client.get("/admin/logout/").status_code == 405
    assert client.get("/admin/").status_code == 200
    client.post("/admin/logout/")
    client.cookies["sessionid"] = inside
    assert client.get("/admin/").status_code == 302


def test_a_changed_password_ends_every_other_session() -> None:
    user: User = UserFactory(username="anna", role="editor")
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        attempt("anna", PASSWORD, client)
    new = "another long pass phrase"
    data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert here.post("/admin/password_change/", data).status_code == 302
    assert User.objects.get(pk=user.pk).check_password(new)
    assert here.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/\\evil.example",
        "http:evil.example",
        "https://evil.example/",
        "%2f%2fevil.example",
        "/\t/evil.example",
        "\n//evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
    ],
)
def test_signing_in_leads_nowhere_else(target: str) -> None:
    UserFactory(username="anna", role="editor")
    data = {"username": "anna", "password": PASSWORD, "next": target}
    address = Client().post(LOGIN, data)["Location"]
    assert "\\" not in address
    assert urljoin("http://testserver/admin/login/", address).startswith("http://testserver/admin/")


def test_cookies_are_out_of_a_script_s_reach() -> None:
    UserFactory(username="anna", role="editor")
    client = Client()
    attempt("anna", PASSWORD, client)
    cookie = client.cookies["sessionid"]
    assert (bool(cookie["httponly"]), cookie["samesite"]) == (True, "Lax")


def test_signing_in_without_a_token_is_refused() -> None:
    UserFactory(username="anna", role="editor")
    assert attempt("anna", PASSWORD, Client(enforce_csrf_checks=True)).status_code == 403
