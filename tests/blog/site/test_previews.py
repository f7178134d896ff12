"""test_previews: an unpublished post is read by its link, until the link ends; nobody keeps it."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from blog import preview, publishing
from blog.models import PreviewLink
from tests.factories import UserFactory, a_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def path() -> str:
    draft = a_post(title="Not yet", body="Secret text.", status="draft", tags=["t"])
    return urlsplit(preview.make_link(draft, UserFactory(role="editor"))).path


def test_the_link_shows_the_post_as_it_will_be(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert "Secret text." in response.text
    assert "This post is not published." in response.text
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "application/ld+json" not in response.text


def test_one_changed_letter_ends_it(client: Client, path: str) -> None:
    token = path.split("/")[2]
    for wrong in (token[:-1], token + "A", ("B" if token[0] == "A" else "A") + token[1:], "%00"):
        response = client.get(f"/preview/{wrong}/")
        assert response.status_code == 404
        assert "Not yet" not in response.text


def test_it_ends_in_time_and_when_taken_back_and_with_the_trash(client: Client, path: str) -> None:
    link = PreviewLink.objects.get()
    PreviewLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(path).status_code == 404
    PreviewLink.objects.update(expires_at=timezone.now() + timedelta(days=1), revoked_at=timezone.now())
    assert client.get(path).status_code == 404
    PreviewLink.objects.update(revoked_at=None)
    publishing.trash(link.post_id, None)
    assert client.get(path).status_code == 404


def test_a_published_post_is_led_to(client: Client, path: str) -> None:
    publishing.publish(PreviewLink.objects.get().post_id, None)
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (302, "/posts/not-yet/")
    assert response["Cache-Control"] == "private, no-store"
