"""test_environment_is_told: every variable that is read stands in .env.example and in the operators' table."""

from __future__ import annotations

import re

from deploy.local.programs import ROOT

# Told to programs by the house itself, never by an operator.
INNER = {"MASTHEAD_SERVES_THE_WEB", "DJANGO_SETTINGS_MODULE"}
CONTRACT = [
    "DATABASE_URL",
    "SECRET_KEY",
    "DEBUG",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "SITE_NAME",
    "MEDIA_ROOT",
    "STATIC_ROOT",
    "TIME_ZONE",
    "LANGUAGE_CODE",
    "EMAIL_URL",
    "CACHE_URL",
    "TRUSTED_PROXIES",
    "SECURE",
    "HSTS_PRELOAD",
]


def read_by_the_code() -> set[str]:
    settings = (ROOT / "config" / "settings.py").read_text()
    deployed = "".join(
        (ROOT / "deploy" / name).read_text()
        for name in ("gunicorn.conf.py", "entrypoint.py", "healthcheck.py")
    )
    compose = (ROOT / "docker-compose.yml").read_text()
    return {
        *re.findall(r'given\.\w+\(\s*"([A-Z_]+)"', settings),
        *re.findall(r'environ(?:\.get)?[\[(]"([A-Z_]+)"', settings + deployed),
        *re.findall(r'_number\("([A-Z_]+)"', deployed),
        *re.findall(r"\$\{([A-Z_]+)", compose),
    } - INNER


def test_the_settings_read_the_whole_contract() -> None:
    assert set(CONTRACT) <= read_by_the_code()


def test_the_example_names_what_is_read_and_nothing_else() -> None:
    named = re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert sorted(named) == sorted(read_by_the_code())


def test_the_operators_table_names_what_is_read_and_nothing_else() -> None:
    table = (ROOT / "docs" / "operators.md").read_text().partition("## Environment")[2].partition("\n## ")[0]
    assert sorted(re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE)) == sorted(read_by_the_code())
