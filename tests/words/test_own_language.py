"""test_own_language: each user chooses the language of the desk; without a choice the browser's counts, then the site's."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import translation

from accounts.models import User
from blog import publishing
from blog.errors import NotAllowed
from tests.factories import a_post, a_user

pytestmark = pytest.mark.django_db
RUSSIAN = {"Accept-Language": "ru-RU,ru;q=0.9,en;q=0.5"}


@pytest.fixture
def user() -> User:
    return a_user(role="editor")


@pytest.fixture
def client(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def spoken(client: Client, **given: Any) -> str:
    page = client.get("/admin/", **given).content.decode()
    return page.split('<html lang="')[1].split('"')[0]


def test_the_browser_is_asked_where_nobody_chose(client: Client) -> None:
    assert spoken(client) == "en"
    assert spoken(client, headers=RUSSIAN) == "ru"
    assert spoken(client, headers={"Accept-Language": "de"}) == "en"


def test_the_site_has_the_last_word(client: Client, settings: Any) -> None:
    settings.LANGUAGE_CODE = "ru"
    assert spoken(client) == "ru"
    assert spoken(client, headers={"Accept-Language": "en"}) == "en"


def test_the_choice_counts_more_than_the_browser(client: Client, user: User) -> None:
    client.post("/admin/mail/", {"kept": "1", "language": "en", "mail_own": "on"})
    user.refresh_from_db()
    assert (user.language, user.mail_own, user.mail_comments) == ("en", True, False)
    assert spoken(client, headers=RUSSIAN) == "en"
    said = client.post("/admin/mail/", {"kept": "1", "language": "ru"}, follow=True).content.decode()
    assert "Ваши настройки сохранены." in said


def test_no_other_language_is_taken(client: Client, user: User) -> None:
    said = client.post("/admin/mail/", {"kept": "1", "language": "xx"}).content.decode()
    assert "Select a valid choice" in said
    client.post("/admin/language/", {"language": "xx"})
    user.refresh_from_db()
    assert user.language == ""


def test_the_head_of_the_desk_has_a_switch(client: Client, user: User) -> None:
    page = client.get("/admin/blog/post/").content.decode()
    assert '<button name="language" value="ru" lang="ru">Русский</button>' in page
    answer = client.post("/admin/language/", {"language": "ru", "next": "/admin/blog/post/"})
    assert answer["Location"] == "/admin/blog/post/"
    assert "Черновик" in client.get("/admin/blog/post/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/admin/", "/posts/one/", ""])
def test_the_switch_leads_back_to_the_desk_alone(client: Client, elsewhere: str) -> None:
    answer = client.post("/admin/language/", {"language": "ru", "next": elsewhere})
    assert answer["Location"] == "/admin/"


def test_the_door_speaks_as_the_browser_asks() -> None:
    assert "Войти" in Client().get("/admin/login/", headers=RUSSIAN).content.decode()


def test_refusals_are_in_the_users_language(user: User) -> None:
    writer = a_user(role="contributor", language="ru")
    theirs = a_post(title="Чужое", status="draft", user=user)
    with translation.override("ru"), pytest.raises(NotAllowed) as refused:
        publishing.publish(theirs.pk, writer)
    assert str(refused.value) == "Вы не можете опубликовать «Чужое». Обратитесь к редактору."


def test_a_mail_is_in_its_readers_language(django_capture_on_commit_callbacks: Any) -> None:
    writer = a_user(role="contributor", first_name="Вера", email="vera@example.org", language="ru")
    editor = a_user(role="editor", first_name="Anna", email="anna@example.org", language="en")
    draft = a_post(title="Путь", status="draft", user=writer)
    with django_capture_on_commit_callbacks(execute=True):
        publishing.submit(draft.pk, writer)
    publishing_mail = mail.outbox[-1]
    assert publishing_mail.to == [editor.email]
    assert "Вера sent “Путь” for review." in publishing_mail.subject
    with django_capture_on_commit_callbacks(execute=True):
        publishing.return_to_author(draft.pk, editor, "")
    assert "Anna возвращает вам пост «Путь»." in mail.outbox[-1].subject
