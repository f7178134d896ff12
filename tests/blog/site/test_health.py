"""test_health: whether the process lives and can serve, each said plainly."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.storage import default_storage
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client


def test_living_asks_no_database(client: Client) -> None:
    response = client.get("/livez")
    assert (response.status_code, response.text) == (200, "ok\n")
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_ready(
    client: Client,
    media_root: Path,
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    client.get("/readyz")
    with django_assert_num_queries(1):
        response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"ready": True})
    assert list(media_root.iterdir()) == []


@pytest.mark.django_db
def test_missing_migrations_are_told(client: Client, media_root: Path) -> None:
    MigrationRecorder.Migration.objects.filter(app="blog").order_by("-id")[0].delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {
        "ready": False,
        "database": "1 migration is not applied: run manage.py migrate.",
    }


@pytest.mark.django_db
def test_a_database_that_is_away_is_told_without_its_secrets(client: Client, media_root: Path) -> None:
    with patch.object(
        MigrationRecorder.Migration.objects, "using", side_effect=OperationalError("password=x")
    ):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "database": "The database does not answer."}


@pytest.mark.django_db
def test_a_media_folder_that_takes_nothing_is_told(client: Client, media_root: Path) -> None:
    with patch.object(type(default_storage._wrapped), "_save", side_effect=PermissionError("/secret/path")):  # type: ignore[attr-defined]
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {
        "ready": False,
        "media": "The media folder can't be written to (PermissionError).",
    }


def test_robots_are_told_where_the_map_is(client: Client, settings: Any) -> None:
    text = client.get("/robots.txt").text
    assert "Sitemap: https://masthead.example/sitemap.xml" in text
    assert "Disallow: /admin/" in text
    assert "Disallow: /posts" not in text
