"""test_papers: humans.txt and security.txt."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.factories import a_post

pytestmark = pytest.mark.django_db


def test_people_are_named_who_stand_on_public_posts(client: Client) -> None:
    a_post(authors=["Anna"])
    a_post(authors=["Hidden"], status="draft")
    text = client.get("/humans.txt").content.decode()
    assert "\tAuthor: Anna\n" in text
    assert "Hidden" not in text


def test_a_contact_is_named_where_there_is_one(client: Client, settings: Any) -> None:
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    text = client.get("/.well-known/security.txt").content.decode()
    assert text.startswith("Contact: mailto:security@example.org\nExpires: 20")
