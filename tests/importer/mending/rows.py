"""rows: the mend list as an editor at the desk sees and presses it."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from blog.models import Post
from importer.mending.looking import wants
from importer.mending.scope import Scope
from importer.mending.wants import Want
from tests.factories import UserFactory


def listed(kind: str = "", scope: Scope | None = None) -> list[Want]:
    found = wants(scope or Scope())
    return [want for want in found if not kind or want.kind == kind]


def only(kind: str) -> Want:
    (want,) = listed(kind)
    return want


def an_editor(client: Client, role: str = "editor") -> Client:
    client.force_login(UserFactory(role=role), backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(**query: object) -> str:
    return reverse("admin:importer_run_mend", query=query or None)


def press(client: Client, act: str, want: Want | None = None, **given: Any) -> str:
    """Press one button; the page that comes back."""
    about = {"kind": want.kind, "subject": want.subject} if want is not None else {}
    answer = client.post(address(), {"act": act} | about | given, secure=True, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def undo(client: Client) -> str:
    return press(client, "undo")


def told(post: Post) -> str:
    """Why its last revision was made."""
    return post.revisions.latest("number").reason
