"""test_extension_refused: where the site's role may make no extension, migrating says so and search does without."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from deploy.local.postgres import Cluster

ROOT = Path(__file__).resolve().parents[3]
ASKING = """
import django; django.setup()
from blog.search import search
from tests.factories import a_post
a_post(title="Of lighthouses")
print([len(search(question).results) for question in ("lighthouse", "lighthuoses", "lihgthuoses")])
"""

pytestmark = [pytest.mark.postgres, pytest.mark.slow]


def test_search_works_without_trigrams(postgres_cluster: Cluster) -> None:
    with psycopg.connect(postgres_cluster.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE ROLE plain LOGIN")
    url = postgres_cluster.create("refused")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("GRANT ALL ON SCHEMA public TO plain")
    environment = {**os.environ, "DATABASE_URL": url.replace("//postgres@", "//plain@")}

    def python(*words: str) -> str:
        return subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        ).stdout

    told = python("manage.py", "migrate")
    assert "The Postgres extension pg_trgm could not be made: permission denied" in told
    assert "CREATE INDEX blog_searchword_trigrams" in told
    assert python("-c", ASKING).strip() == "[1, 1, 0]"
