"""environment: nonsense is refused with a sentence that names the variable; what is right is taken as it says."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOOD = {"SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": "blog.example.org", "SITE_URL": "https://blog.example.org"}


def manage(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """manage.py in a clean environment: only what the test gives."""
    given = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "PYTHONWARNINGS": "error", **environment}
    return subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=given, capture_output=True, text=True, timeout=60
    )


def setting(name: str, **environment: str) -> str:
    code = f"from django.conf import settings; print(settings.{name})"
    done = manage("shell", "--no-imports", "-c", code, **(GOOD | environment))
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SITE_URL", "blog.example.org", "SITE_URL: “blog.example.org” is not the address of a site"),
        ("SITE_URL", "https://blog.example.org/blog/", "(no path)"),
        ("SITE_URL", "https://me:secret@blog.example.org", "SITE_URL: "),
        (
            "TIME_ZONE",
            "Mars/Olympus",
            "TIME_ZONE: “Mars/Olympus” is not a time zone, such as UTC or Europe/Berlin.",
        ),
        ("LANGUAGE_CODE", "english please", "LANGUAGE_CODE: “english please” is not a language code"),
        ("DEBUG", "perhaps", "DEBUG: “perhaps” is neither yes nor no; write 1 or 0."),
        ("SECURE", "perhaps", "SECURE: “perhaps” is neither yes nor no"),
        ("TRUSTED_PROXIES", "nginx", "TRUSTED_PROXIES: “nginx” is not an IP address or network"),
        (
            "ALLOWED_HOSTS",
            "https://blog.example.org",
            "ALLOWED_HOSTS: “https://blog.example.org” is not a host name",
        ),
        ("DATABASE_URL", "mysql://me:secret@host/db", "DATABASE_URL: is not a database address"),
        ("DATABASE_URL", "nonsense", "DATABASE_URL: is not a database address"),
        ("EMAIL_URL", "pigeon://coo", "EMAIL_URL: is not a mail address scheme"),
        (
            "SITE_ADMINS",
            "anna@example.org, boris",
            "SITE_ADMINS: “boris” is not an e-mail address, such as anna@example.org; part several by commas.",
        ),
        (
            "SECURITY_CONTACT",
            "security@example.org",
            "SECURITY_CONTACT: “security@example.org” is no contact; write mailto:",
        ),
        ("CACHE_URL", "shoebox://x", "CACHE_URL: is not a cache address"),
        ("MEDIA_ROOT", str(ROOT / "manage.py"), "is a file; name a folder."),
        ("SECRET_KEY", "short", "SECRET_KEY: is shorter than 32 characters"),
    ],
)
def test_nonsense_is_refused(name: str, value: str, sentence: str) -> None:
    done = manage("check", **(GOOD | {name: value}))
    assert done.returncode == 1
    assert sentence in done.stderr
    assert name in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret@" not in done.stderr.removeprefix("SITE_URL: “https://me:secret@")


def test_a_missing_key_is_answered_with_the_two_lines_to_paste() -> None:
    done = manage("check")
    assert done.returncode == 1
    lines = done.stderr.strip().splitlines()
    assert lines[0].startswith("SECRET_KEY: is missing, and DEBUG is 0.")
    assert lines[1].startswith("SECRET_KEY='")
    assert len(lines[1]) > 50
    assert lines[2] == "ALLOWED_HOSTS=127.0.0.1,localhost"


def test_missing_hosts_are_answered_with_the_two_lines_to_paste() -> None:
    done = manage("check", SECRET_KEY="k" * 50)
    assert done.returncode == 1
    assert "ALLOWED_HOSTS: is missing" in done.stderr
    assert "ALLOWED_HOSTS=blog.example.org\nSITE_URL=https://blog.example.org" in done.stderr


def test_https_means_secure() -> None:
    assert setting("SECURE_SSL_REDIRECT") == "True"
    assert setting("SECURE_SSL_REDIRECT", SECURE="0") == "False"
    assert setting("SESSION_COOKIE_SECURE", SITE_URL="http://blog.example.org") == "False"
    assert setting("SECURE_HSTS_PRELOAD") == "False"


def test_http_is_led_to_the_sites_own_name() -> None:
    assert setting("SECURE_SSL_HOST", SITE_URL="https://blog.example.org:8443") == "blog.example.org:8443"
    assert setting("SECURE_SSL_HOST", SECURE="0") == "None"
    assert setting("SECURE_SSL_HOST", SITE_URL="http://blog.example.org", SECURE="1") == "None"


def test_postgres_runs_without_jit_and_the_web_alone_with_limits() -> None:
    url = "postgres://me:secret@db:5432/masthead"
    assert setting("DATABASES['default']['OPTIONS']['options']", DATABASE_URL=url) == "-c jit=off"
    serving = setting(
        "DATABASES['default']['OPTIONS']['options']", DATABASE_URL=url, MASTHEAD_SERVES_THE_WEB="1"
    )
    assert "statement_timeout=5000" in serving


def test_a_dollar_in_a_secret_is_a_dollar() -> None:
    assert setting("SECRET_KEY", SECRET_KEY="$HOME" + "k" * 50) == "$HOME" + "k" * 50


def test_check_deploy_is_clean() -> None:
    done = manage(
        "check", "--deploy", "--fail-level", "WARNING", **(GOOD | {"SECRET_KEY": secrets.token_urlsafe(50)})
    )
    assert done.returncode == 0, done.stderr
