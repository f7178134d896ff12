"""conftest: every case of the battery has a media folder of its own, in which no file may be left over."""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path

import psycopg
import pytest

from deploy.local.postgres import Cluster
from tests.importer.processes import manage

NUMBERS = count(1)
pytest.register_assert_rewrite("tests.battery.trial")


@pytest.fixture(autouse=True)
def _own_media(media_root: Path) -> None:
    """Named here so that each test has it."""


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty site's SQLite file, made once and copied by every test that needs a database of its own."""
    path = tmp_path_factory.mktemp("migrated") / "site.sqlite3"
    ended = manage(f"sqlite:///{path}", "migrate", "--verbosity", "0")
    assert ended.returncode == 0, ended
    return path


@pytest.fixture
def database(migrated_file: Path, tmp_path: Path) -> str:
    """The address of a migrated SQLite database for programs."""
    shutil.copy(migrated_file, tmp_path / "site.sqlite3")
    return f"sqlite:///{tmp_path / 'site.sqlite3'}"


@pytest.fixture(scope="session")
def postgres_template(postgres_cluster: Cluster) -> str:
    """The name of a migrated Postgres database that others are copied from."""
    name = "battery_template"
    ended = manage(postgres_cluster.create(name), "migrate", "--verbosity", "0")
    assert ended.returncode == 0, ended
    return name


@pytest.fixture
def postgres(postgres_cluster: Cluster, postgres_template: str) -> str:
    """The address of a migrated Postgres database for programs. Mark the test `postgres`."""
    name = f"battery_{next(NUMBERS)}"
    with psycopg.connect(postgres_cluster.url("postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{postgres_template}"'.encode())
    return postgres_cluster.url(name)
