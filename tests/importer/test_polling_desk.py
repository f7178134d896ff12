"""test_polling_desk: editors see how a source is doing, and decide whether and when it is asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from importer.models import Source
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    return Source.objects.create(
        key_kind="url",
        key_value="blog.example/feed",
        key_sha256="0" * 64,
        location="https://blog.example/feed",
        title="Harbour notes",
        fetched=True,
        poll=True,
        next_poll=timezone.now() + timedelta(hours=5),
    )


def press(client: Client, role: str, source: Source, action: str) -> Source:
    client.force_login(UserFactory(role=role), backend="django.contrib.auth.backends.ModelBackend")
    posted = {"action": action, "_selected_action": source.pk, "page": source.pk, "index": 0}
    client.post(reverse("admin:importer_source_changelist"), posted, secure=True)
    source.refresh_from_db()
    return source


def page(client: Client, source: Source, role: str = "editor") -> str:
    client.force_login(UserFactory(role=role), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("admin:importer_source_change", args=[source.pk]), secure=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_poll_now_makes_it_due(client: Client, source: Source) -> None:
    found = press(client, "editor", source, "poll_now").next_poll
    assert found is not None
    assert found <= timezone.now()


def test_pause_and_resume(client: Client, source: Source) -> None:
    assert not press(client, "editor", source, "pause").poll
    assert 'name="action" value="resume">' in page(client, source)
    Source.objects.update(gone=timezone.now())
    again = press(client, "editor", source, "resume")
    assert (again.poll, again.gone) == (True, None)


def test_the_button_leads_back_to_the_page(client: Client, source: Source) -> None:
    client.force_login(UserFactory(role="editor"), backend="django.contrib.auth.backends.ModelBackend")
    posted = {"action": "pause", "_selected_action": source.pk, "page": source.pk, "index": 0}
    answer = client.post(reverse("admin:importer_source_changelist"), posted, secure=True, follow=True)
    assert answer.redirect_chain == [(reverse("admin:importer_source_change", args=[source.pk]), 302)]
    assert "1 source will not be asked until somebody resumes." in answer.content.decode()


@pytest.mark.parametrize("role", ["contributor", "author"])
def test_nobody_else_decides_that(client: Client, source: Source, role: str) -> None:
    assert press(client, role, source, "pause").poll


def test_a_source_without_an_address_is_not_asked(client: Client, source: Source) -> None:
    Source.objects.update(fetched=False, poll=False)
    assert not press(client, "editor", source, "resume").poll
    text = page(client, source)
    assert "has no address to be asked at" in text
    assert "None of these can be asked: a source needs a web address" in text
    assert 'value="resume"' not in text


def test_the_page_shows_how_it_is_doing(client: Client, source: Source) -> None:
    Source.objects.update(failures=2, last_error="It has <broken> down.", time_zone="Europe/Moscow")
    text = page(client, source)
    assert "failed 2 times in a row: It has &lt;broken&gt; down." in text
    assert "next " in text
    assert "Europe/Moscow" in text


def test_the_front_page_lists_those_in_trouble(client: Client, source: Source) -> None:
    def front(role: str) -> bool:
        client.force_login(UserFactory(role=role), backend="django.contrib.auth.backends.ModelBackend")
        return "Sources in trouble" in client.get(reverse("admin:index"), secure=True).content.decode()

    assert not front("editor")
    Source.objects.update(broken=True, last_error="It has broken down.")
    assert front("editor")
    assert not front("author")
