"""processes: the command as a program of its own, on a database of its own."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 120  # seconds


def environment(url: str) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": url, "PYTHONDONTWRITEBYTECODE": "1"}


def manage(url: str, *words: str) -> subprocess.CompletedProcess[str]:
    """manage.py in a process, on this database, to its end."""
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment(url),
        text=True,
        capture_output=True,
        timeout=LONGEST,
        check=False,
    )


class Process:
    """A manage.py that runs beside the test."""

    def __init__(self, url: str, words: Sequence[str]) -> None:
        self.words = words
        self._process = subprocess.Popen(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=environment(url),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def runs(self) -> bool:
        return self._process.poll() is None

    def send(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def wait(self) -> subprocess.CompletedProcess[str]:
        out, err = self._process.communicate(timeout=LONGEST)
        return subprocess.CompletedProcess(self.words, self._process.returncode, out, err)


def start(url: str, *words: str) -> Process:
    return Process(url, words)


def rows_in(url: str, query: str) -> list[tuple[Any, ...]]:
    """What a query finds, asked past Django."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=20)) as connection:
            return connection.execute(query).fetchall()
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(query.encode()).fetchall()
