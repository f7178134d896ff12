"""postgres: a Postgres of our own on a Unix socket, thrown away or kept."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from deploy.local.programs import (
    MISSING,
    LocalError,
    give,
    postgres_programs,
    servant,
    start,
    stop,
    wait_until,
)

# What makes a throw-away server quick, and a kept one unsafe.
THROWN_AWAY = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


@dataclass(frozen=True)
class Cluster:
    """A running server; `folder` holds its data, its log and its socket."""

    folder: Path
    process: subprocess.Popen[bytes]

    def url(self, database: str) -> str:
        return f"postgres://postgres@{quote(str(self.folder), safe='')}/{database}"

    def create(self, database: str) -> str:
        """Make an empty database where there is none; its address."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
        return self.url(database)


def start_cluster(folder: Path, *, kept: bool = False) -> Cluster:
    """Start the server whose data lie in the folder, after making them where there are none."""
    programs = postgres_programs()
    if programs is None:
        raise LocalError(MISSING["postgres"])
    user = servant("postgres")
    give(folder, user)
    if not (folder / "data" / "PG_VERSION").exists():
        _initialise(programs, folder, user)
    log = folder / "log"
    with log.open("ab") as sink:
        process = start(
            [
                programs / "postgres",
                *("-D", folder / "data", "-k", folder, "-p", "5432"),
                *("-c", "listen_addresses=", "-c", "max_connections=100"),
                *(() if kept else THROWN_AWAY),
            ],
            log=sink,
            user=user,
            cwd=folder,
            environment={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
        )
    cluster = Cluster(folder, process)
    wait_until(lambda: _answers(cluster), process, log, what="Postgres")
    return cluster


def _initialise(programs: Path, folder: Path, user: str | None) -> None:
    with (folder / "log").open("ab") as sink:
        made = start(
            [
                programs / "initdb",
                *("-D", folder / "data", "-U", "postgres", "--auth=trust", "--no-sync", "--no-instructions"),
                *("--encoding=UTF8", "--locale=C.UTF-8"),
            ],
            log=sink,
            user=user,
            cwd=folder,
            environment={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
        )
        if made.wait(120):
            raise LocalError(f"initdb failed; it says why in {folder / 'log'}")


def _answers(cluster: Cluster) -> bool:
    try:
        psycopg.connect(cluster.url("postgres"), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def stop_cluster(cluster: Cluster) -> None:
    # SIGINT is Postgres' fast stop: it does not wait for clients to leave.
    stop(cluster.process, signal.SIGINT)


def throw_away_cluster() -> Cluster:
    """A server in a new temporary folder (a short one: a socket's path may have 107 characters)."""
    folder = Path(tempfile.mkdtemp(prefix="masthead-pg-", dir="/tmp" if os.access("/tmp", os.W_OK) else None))  # noqa: S108
    folder.chmod(0o755)
    return start_cluster(folder)


def throw_away(cluster: Cluster) -> None:
    stop_cluster(cluster)
    shutil.rmtree(cluster.folder, ignore_errors=True)
