"""test_gunicorn: the server's settings follow the environment, and refuse nonsense by its name."""

from __future__ import annotations

import runpy
import subprocess
import sys
from typing import Any

import pytest

from deploy.local.programs import ROOT

NAMES = ("GUNICORN_BIND", "WEB_CONCURRENCY", "WEB_THREADS", "TRUSTED_PROXIES", "ACCESS_LOG")


@pytest.fixture(autouse=True)
def _nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def read() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "deploy" / "gunicorn.conf.py"))


def test_it_listens_on_loopback_and_trusts_nobody_until_told() -> None:
    found = read()
    assert (found["bind"], found["forwarded_allow_ips"], found["accesslog"]) == ("127.0.0.1:8000", "", None)
    assert (found["worker_class"], found["control_socket_disable"]) == ("gthread", True)


def test_it_does_as_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"GUNICORN_BIND": "0.0.0.0:9", "WEB_CONCURRENCY": "3", "WEB_THREADS": "2", "ACCESS_LOG": "1"}
    for name, value in (given | {"TRUSTED_PROXIES": "10.0.0.1, 10.1.0.0/16"}).items():
        monkeypatch.setenv(name, value)
    found = read()
    assert [found[name] for name in ("bind", "workers", "threads", "accesslog")] == ["0.0.0.0:9", 3, 2, "-"]
    assert found["forwarded_allow_ips"] == "10.0.0.1,10.1.0.0/16"


@pytest.mark.parametrize(
    ("name", "value", "most"),
    [("WEB_CONCURRENCY", "many", 64), ("WEB_CONCURRENCY", "0", 64), ("WEB_THREADS", "9", 8)],
)
def test_nonsense_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, most: int
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as refused:
        read()
    assert refused.value.code == f"{name}: “{value}” is not a whole number from 1 to {most}."


def test_gunicorn_itself_accepts_every_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    from gunicorn.config import Config  # type: ignore[import-untyped]

    config, found = Config(), read()
    known = set(config.settings)
    given = {name: value for name, value in found.items() if name in known}
    for name, value in given.items():
        config.set(name, value)
    assert {"wsgi_app", "chdir", "bind", "preload_app", "keepalive", "max_requests_jitter"} <= set(given)
    # Anything else public would be a setting misspelt, which gunicorn passes over in silence.
    modules = {
        name
        for name, value in found.items()
        if type(value).__name__ in ("module", "type", "_Feature", "function")
    }
    assert {name for name in found if not name.startswith("_")} - known - modules == set()


def test_no_worker_has_more_threads_than_its_pool_has_connections() -> None:
    program = (
        "import os; os.environ.update(MASTHEAD_SERVES_THE_WEB='1', DATABASE_URL='postgres://u:p@h/n', DEBUG='1');"
        "from config import settings; print(settings.DATABASES['default']['OPTIONS']['pool']['max_size'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert int(done.stdout) >= 8
