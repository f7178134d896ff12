"""test_log_of_the_rest: roles, lockouts and imports are in the log too; what changes nothing is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from blog.models import Deed
from importer.models import Run
from tests.factories import a_user
from tests.importer.documents import command, item, rss, written

pytestmark = pytest.mark.django_db


def told(verb: str) -> list[tuple[str, str, str]]:
    return [(deed.user_name, deed.title, deed.note) for deed in Deed.objects.filter(verb=verb).order_by("pk")]


def test_a_change_of_roles_says_who_gave_what_to_whom() -> None:
    boss = a_user(role="administrator", first_name="Anna")
    user = a_user(role="contributor", first_name="Vera")
    client = Client()
    client.force_login(boss, backend="django.contrib.auth.backends.ModelBackend")
    editor = Group.objects.get(name="editor")
    given = {"username": user.username, "first_name": "Vera", "is_active": "on", "groups": [editor.pk]}
    page = f"/admin/accounts/user/{user.pk}/change/"
    client.post(page, given)
    client.post(page, given)  # nothing more
    client.post(page, {name: value for name, value in given.items() if name != "is_active"})
    assert told("roles") == [
        ("Anna", "Vera", "contributor → editor"),
        ("Anna", "Vera", "editor → editor, closed"),
    ]


def test_a_lockout_is_told_once_and_only_of_users_there_are() -> None:
    user = a_user(role="author", first_name="Vera")
    for name in (user.username, "a password typed for a name"):
        for _ in range(12):
            Client().post("/admin/login/", {"username": name, "password": "wrong"})
    assert told("lockout") == [("Vera", "Vera", "")]
    assert User.objects.count() == 1


def test_an_import_and_its_undoing_are_a_line_each(tmp_path: Path) -> None:
    path = written(tmp_path, rss(item(1), item(2)))
    assert command(path).status == 0
    command(path)  # nothing new
    assert [note for _, _, note in told("import")] == ["2 new"]
    call_command("undo_import", str(Run.objects.earliest("pk").pk))
    assert [note for _, _, note in told("undo_import")] == ["2 posts removed, 1 author removed"]
