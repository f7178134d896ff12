"""databases: whether the database can take an import, and what its errors mean, in sentences."""

from __future__ import annotations

import time

from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from importer.errors import ImportProblem


class DatabaseUnusable(ImportProblem):
    """The database can't be reached or written: nothing more is imported, exit status 1."""


NO_MEMORY = (
    "There was not enough memory for it. Give the import more, or split the source, then import again."
)
DATABASE_ERRORS = (DatabaseError, InterfaceError)


def check() -> None:
    """Raise DatabaseUnusable if the database is away or behind the code."""
    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DATABASE_ERRORS as problem:
        raise DatabaseUnusable(sentence(problem)) from problem
    if behind:
        raise DatabaseUnusable(
            "The database has not been prepared for this version of the site. Run “manage.py migrate”, then import again."
        )


def quicken() -> None:
    """Let this connection pack long texts by lz4 where its server knows it: the server's own way takes several times as long."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config(name, 'lz4', false) FROM pg_settings "
                "WHERE name = 'default_toast_compression' AND 'lz4' = ANY(enumvals)"
            )


def ends_the_run(problem: Exception) -> bool:
    """Whether no later entry can fare better: the connection is lost, or nothing can be written."""
    if isinstance(problem, IntegrityError | DataError):
        return False
    return is_lost(problem) or has(problem, HOPELESS)


def is_lost(problem: Exception) -> bool:
    """Whether it was the connection that failed, not what was asked through it."""
    if isinstance(problem, InterfaceError):
        return True
    return isinstance(problem, OperationalError) and has(problem, LOST)


def has(problem: Exception, signs: tuple[str, ...]) -> bool:
    text = str(problem).lower()
    return any(sign in text for sign in signs)


def comes_back() -> bool:
    """Whether a lost database can be reached again within some seconds: a restart takes no longer."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        try:
            connection.close()
            connection.ensure_connection()
        except DATABASE_ERRORS:
            time.sleep(0.5)
        else:
            return True
    return False


def check_references() -> None:
    """Have references checked now that Postgres leaves for the end of the transaction, where they would cost all of it:
    somebody may have deleted an author since we looked. On SQLite nobody else writes meanwhile."""
    if connection.vendor == "postgresql":
        connection.check_constraints()


PATIENCE = 10.0  # seconds
HOPELESS = ("read-only", "readonly", "disk", "no space", "malformed", "no such table", "does not exist")
LOST = (
    *("terminat", "closed", "gone away", "eof", "ssl", "consuming input", "starting up", "shutting down"),
    *("refused", "could not connect", "connection failed", "reset by peer", "broken pipe"),
)
CAUSES = (
    (
        ("read-only", "readonly"),
        "The database is read-only: nothing can be written. Make it writable, then import again.",
    ),
    (
        ("no such table", "does not exist", "undefined table"),
        "The database lacks tables that this version of the site needs. Run “manage.py migrate”, then import again.",
    ),
    (
        ("locked",),
        "The database is kept busy by something else (it is locked). Wait until that is done, then import again.",
    ),
    (
        ("no space", "disk is full", "disk full", "disk space", "could not extend file"),
        "The disk of the database is full. Make room on it, then import again.",
    ),
    (
        ("unable to open",),
        "The database file cannot be opened. Check the path in DATABASE_URL and who may read it.",
    ),
    (
        ("password", "authentication", "role"),
        "The database refuses the sign-in. Check user and password in DATABASE_URL.",
    ),
    (("malformed", "not a database"), "The database file is damaged. Restore it from a backup."),
    (
        (
            "refused",
            "could not connect",
            "connection failed",
            "timeout",
            "timed out",
            "translate host",
            "resolve",
            "no such file",
        ),
        "The database cannot be reached. Check that it runs and that DATABASE_URL is right, then import again.",
    ),
    (
        ("terminat", "closed", "gone away", "server", "ssl", "eof"),
        "The connection to the database was lost. Run the same import again: what is in stays, the rest follows.",
    ),
)


def sentence(problem: Exception) -> str:
    """What a database error means for whoever imports; never the address of the database, which can hold a password."""
    if isinstance(problem, DatabaseUnusable):
        return str(problem)
    text = str(problem).lower()
    if 'database "' in text and "does not exist" in text:
        return "The database that DATABASE_URL names does not exist. Create it, run “manage.py migrate”, then import again."
    for signs, meaning in CAUSES:
        if any(sign in text for sign in signs):
            return meaning
    return f"The database failed ({type(problem).__name__}). Import again; if it fails again, look into the database's log."


def unforeseen(problem: Exception) -> str:
    """Why a source could not be imported, where that is no problem of the source itself."""
    if isinstance(problem, MemoryError):
        return NO_MEMORY
    return f"It could not be imported ({type(problem).__name__}); --traceback shows where that comes from."


def entry_sentence(problem: Exception) -> str:
    """Why the database did not take one entry."""
    if isinstance(problem, MemoryError):
        return NO_MEMORY
    if isinstance(problem, DataError):
        return "The database does not take what this entry holds; nothing of it was stored."
    if isinstance(problem, IntegrityError):
        return "This entry contradicts something that is stored here already; nothing of it was stored. Import again."
    return f"This entry could not be stored ({type(problem).__name__}); nothing of it was. Import again."
