"""conftest: the ground every test stands on: its settings, its database, its browser; nothing is left in the tree."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from deploy.local import postgres, programs

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SCRATCH = Path(tempfile.mkdtemp(prefix="masthead-tests-"))
DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "django_db_reset_sequences",
    "django_db_serialized_rollback",
    "live_server",
}
CHROMIUM_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# The settings are read once, at their first import: whatever they are to find must stand here before it. The address is
# not the test client's own (http://testserver), so that an address made from the request's Host is seen.
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "DEBUG": "0",
    "SECURE": "0",
    "SECRET_KEY": "a-key-for-tests-alone-" + "x" * 40,
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1,masthead.example",
    "SITE_URL": "https://masthead.example",
    "SITE_NAME": "Masthead",
    "DATABASE_URL": f"sqlite:///{SCRATCH / 'unused.sqlite3'}",
    "MEDIA_ROOT": str(SCRATCH / "media"),
    "STATIC_ROOT": str(SCRATCH / "static"),
    "TIME_ZONE": "UTC",
    "LANGUAGE_CODE": "en",
    "EMAIL_URL": "memory:",
    "CACHE_URL": "",
    "TRUSTED_PROXIES": "",
    "HSTS_PRELOAD": "0",
    "WEBSUB_HUB": "",
}
(SCRATCH / "media").mkdir()
(SCRATCH / "static").mkdir()

_clusters: list[postgres.Cluster] = []


def everything_required() -> bool:
    """In CI nothing may be skipped for want of a program."""
    return os.environ.get("REQUIRE_ALL") == "1" or os.environ.get("CI", "").lower() in ("1", "true")


def cluster() -> postgres.Cluster:
    """The one throw-away Postgres of this session, started when it is first wanted."""
    if not _clusters:
        _clusters.append(postgres.throw_away_cluster())
    return _clusters[0]


# -- the session -----------------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-database", action="store_true", help="only the tests that touch the database")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    # A run that is ended by its time limit puts its servers away like one that is ended by Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    wanted = os.environ.get("TEST_DATABASE", "sqlite")
    if wanted == "postgres":
        if programs.postgres_programs() is None:
            reason = f"NOT RUN on Postgres: {programs.MISSING['postgres']}"
            pytest.exit(reason, returncode=1 if everything_required() else 0)
        os.environ["DATABASE_URL"] = cluster().url("postgres")
    elif wanted != "sqlite":
        pytest.exit(f"TEST_DATABASE: “{wanted}” is neither sqlite nor postgres.", returncode=4)
    from django.conf import settings

    if wanted == "sqlite":
        # A file, as on a site: in memory all threads of the live server would share one connection and its transaction.
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(SCRATCH / "tests.sqlite3")
    # Signing in is what many tests do and few are about.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


def pytest_unconfigure() -> None:
    while _clusters:
        postgres.throw_away(_clusters.pop())
    shutil.rmtree(SCRATCH, ignore_errors=True)


def _touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(DATABASE_FIXTURES & fixtures) or item.get_closest_marker("django_db") is not None


def _belongs_elsewhere(item: pytest.Item, config: pytest.Config) -> bool:
    """Whether the other of `make test`'s two runs is this test's: on Postgres only what touches the database; on SQLite
    nothing whose own database must be Postgres (without Postgres it stays, to be reported as skipped), and nothing slow
    that has run there already."""
    database = _touches_database(item)
    if config.getoption("--only-database") and not database:
        return True
    on_sqlite = os.environ.get("TEST_DATABASE", "sqlite") == "sqlite"
    better_there = item.get_closest_marker("postgres") or item.get_closest_marker("slow")
    return bool(on_sqlite and database and better_there and programs.postgres_programs())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = [item for item in items if _belongs_elsewhere(item, config)]
    if left_out:
        items[:] = [item for item in items if not _belongs_elsewhere(item, config)]
        config.hook.pytest_deselected(items=left_out)


def _wanted_programs(item: pytest.Item) -> Iterator[str]:
    if item.get_closest_marker("postgres") and programs.postgres_programs() is None:
        yield programs.MISSING["postgres"]
    if item.get_closest_marker("nginx") and programs.nginx_program() is None:
        yield programs.MISSING["nginx"]
    if item.get_closest_marker("browser") and programs.chromium_program() is None:
        yield programs.MISSING["chromium"]
    if item.get_closest_marker("gettext") and not programs.gettext_programs():
        yield programs.MISSING["gettext"]


def pytest_runtest_setup(item: pytest.Item) -> None:
    for reason in _wanted_programs(item):
        if everything_required():
            pytest.fail(f"{reason} Nothing may be left out in this run.", pytrace=False)
        pytest.skip(reason)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    for reason in programs.MISSING.values():
        number = sum(1 for report in skipped if reason in str(report.longrepr))
        if number:
            terminalreporter.write_line(f"NOT RUN: {number} tests. {reason}", yellow=True)


# -- the ground --------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """No page, count or lookup of one test is met by the next."""
    from django.core.cache import caches

    yield
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture
def media_root(settings: Any, tmp_path: Path) -> Path:
    """A media folder of this test alone."""
    folder = tmp_path / "media"
    folder.mkdir()
    settings.MEDIA_ROOT = folder
    return folder


@pytest.fixture(scope="session")
def postgres_cluster() -> postgres.Cluster:
    """A running throw-away Postgres, whatever database the session's own tests use. Mark the test `postgres`."""
    return cluster()


# -- the browser -------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium() -> Generator[Browser]:
    """Chromium, once for the session. Mark the test `browser`."""
    from playwright.sync_api import sync_playwright

    program = programs.chromium_program()
    if program is None:
        pytest.skip(programs.MISSING["chromium"])
    # Playwright leaves its event loop running in this thread, where Django would then refuse every query.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(program), args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page_errors() -> list[str]:
    """What the page complained about: uncaught errors, refused scripts and styles, failed requests."""
    return []


@pytest.fixture
def page(chromium: Browser, page_errors: list[str]) -> Generator[Page]:
    """A fresh browser window, 1280 pixels wide; with `live_server` it reads the site. A stuck step fails in 10 seconds."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.on("pageerror", lambda error: page_errors.append(str(error)))
    page.on("console", lambda message: page_errors.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
