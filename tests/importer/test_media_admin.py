"""test_media_admin: editors see which pictures are missing and why, and have them tried again; they change nothing by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from importer.media.fetching import Ways
from importer.models import MediaItem
from tests.factories import UserFactory
from tests.importer.documents import item, rss, written
from tests.importer.mediawebs import brought

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_root")]
LIST = "admin:importer_mediaitem_changelist"


@pytest.fixture
def failed(tmp_path: Path) -> MediaItem:
    body = '<p>Words</p><img src="http://127.0.0.1:9/a.png" alt="">'
    brought(written(tmp_path, rss(item(1, body))), Ways())
    return MediaItem.objects.get(status="failed")


def test_an_editor_sees_what_failed_and_why(client: Client, failed: MediaItem) -> None:
    client.force_login(UserFactory(role="editor"))
    page = client.get(reverse(LIST), {"status__exact": "failed"}, secure=True).content.decode()
    assert "http://127.0.0.1:9/a.png" in page
    assert "Post 1" in page
    one = client.get(reverse("admin:importer_mediaitem_change", args=[failed.pk]), secure=True)
    assert one.status_code == 200
    assert "127.0.0.1" in one.content.decode()


def test_an_editor_has_it_tried_again(client: Client, failed: MediaItem) -> None:
    client.force_login(UserFactory(role="editor"))
    asked = {"action": "try_again", "_selected_action": [failed.pk]}
    response = client.post(reverse(LIST), asked, secure=True, follow=True)
    assert "1 is tried again when" in response.content.decode()
    failed.refresh_from_db()
    assert (failed.status, failed.tries, failed.due) == ("pending", 0, None)


def test_nobody_else_sees_or_asks(client: Client, failed: MediaItem) -> None:
    client.force_login(UserFactory(role="author"))
    asked = {"action": "try_again", "_selected_action": [failed.pk]}
    assert client.get(reverse(LIST), secure=True).status_code == 403
    assert client.post(reverse(LIST), asked, secure=True).status_code == 403
    failed.refresh_from_db()
    assert failed.status == "failed"
