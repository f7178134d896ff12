"""entrypoint: makes ready what the site needs (database, static files, first administrator), then becomes the server."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
# Any fixed number: containers that start together must agree on it.
MIGRATION_LOCK = 5_071_969_021
DEFAULT_WAIT_SECONDS = 60


class NotReady(Exception):
    """Why the site cannot start, as a sentence for the operator."""


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def wait_seconds() -> float:
    text = os.environ.get("DATABASE_WAIT", "").strip() or str(DEFAULT_WAIT_SECONDS)
    if not text.isdecimal():
        raise NotReady(f"DATABASE_WAIT: “{text}” is not a number of seconds, such as 60.")
    return float(text)


def wait_for_database(seconds: float, *, pause: float = 1.0) -> None:
    """Return when the database answers; NotReady, with its own reason, when it has not for so long."""
    from django.db import OperationalError, connection

    deadline = time.monotonic() + seconds
    told = False
    while True:
        try:
            connection.ensure_connection()
        except OperationalError as problem:
            reason = " ".join(str(problem).split())
            if time.monotonic() >= deadline:
                raise NotReady(
                    f"The database did not answer for {seconds:.0f} seconds: {reason}. "
                    "Check DATABASE_URL and that Postgres is running."
                ) from problem
            if not told:
                say(f"Waiting for the database: {reason}")
                told = True
            time.sleep(pause)
        else:
            return


@contextmanager
def migration_lock(seconds: float, *, pause: float = 0.5) -> Iterator[None]:
    """Hold a lock that every starting site asks for, so that two never migrate at once. SQLite has one machine, and none."""
    from django.db import connection

    if connection.vendor != "postgresql":
        yield
        return
    # A connection of its own: the lock must outlive whatever migrate does with the other one.
    keeper = connection.copy("migration_lock")
    try:
        deadline = time.monotonic() + seconds
        while not _try_lock(keeper):
            if time.monotonic() >= deadline:
                raise NotReady(
                    f"Another start of the site has been migrating the database for {seconds:.0f} seconds. "
                    "Wait for it to end, or stop it, and start this one again."
                )
            time.sleep(pause)
        yield
    finally:
        keeper.close()


def _try_lock(connection: object) -> bool:
    with connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [MIGRATION_LOCK])
        return bool(cursor.fetchone()[0])


def make_folders() -> None:
    from django.conf import settings

    for name in ("MEDIA_ROOT", "STATIC_ROOT"):
        folder = Path(getattr(settings, name))
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise NotReady(f"{name}: the folder {folder} cannot be made ({problem.strerror}).") from problem
        if not os.access(folder, os.W_OK):
            raise NotReady(
                f"{name}: the folder {folder} cannot be written by user number {os.geteuid()}; change its owner."
            )


def collect_static_files() -> None:
    """In a process of its own, because the settings decide at their start whether names are hashed."""
    manage = [sys.executable, str(ROOT / "manage.py"), "collectstatic", "--noinput", "--verbosity", "0"]
    done = subprocess.run(manage, check=False, capture_output=True, text=True)
    if done.returncode:
        raise NotReady("The static files could not be collected:\n" + (done.stderr or done.stdout).strip())


def prepare() -> None:
    """Everything a start needs, in order; safe to repeat and safe to run twice at once."""
    import django
    from django.core.management import call_command

    django.setup()
    seconds = wait_seconds()
    make_folders()
    wait_for_database(seconds)
    with migration_lock(max(seconds, 120)):
        call_command("migrate", interactive=False, verbosity=1)
    collect_static_files()
    call_command("first_administrator_link", if_needed=True)


def main(arguments: list[str]) -> NoReturn:
    from django.core.exceptions import ImproperlyConfigured

    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        prepare()
    except (NotReady, ImproperlyConfigured) as problem:
        sys.exit(str(problem))
    if not arguments:
        sys.exit(0)
    sys.stdout.flush()
    os.execvp(arguments[0], arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
