"""environment: reads the environment and .env; nonsense is refused with a sentence that names the variable."""

from __future__ import annotations

import ipaddress
import re
import zoneinfo
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import dj_database_url
import dj_email_url
import django_cache_url
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from environs import Env, EnvError

T = TypeVar("T")
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

env = Env()


def load(base: Path) -> None:
    """Take what `.env` beside manage.py says, without overruling the real environment."""
    dotenv = base / ".env"
    if dotenv.is_file():
        env.read_env(str(dotenv), override=False)


def refuse(name: str, what: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name}: {what}")


def _read(name: str, parse: Callable[[str], T], default: T, *, expected: str) -> T:
    text = env.str(name, "").strip()
    if not text:
        return default
    try:
        return parse(text)
    except (ValueError, KeyError, TypeError) as problem:
        raise refuse(name, f"“{text}” is not {expected}.") from problem


def flag(name: str, *, default: bool) -> bool:
    try:
        return bool(env.bool(name, default)) if env.str(name, "").strip() else default
    except EnvError as problem:
        raise refuse(name, f"“{env.str(name)}” is neither yes nor no; write 1 or 0.") from problem


def words(name: str) -> list[str]:
    return [word for word in re.split(r"[,\s]+", env.str(name, "")) if word]


def text(name: str, default: str = "") -> str:
    return env.str(name, "").strip() or default


def folder(name: str, default: Path) -> Path:
    path = Path(text(name) or default).expanduser()
    if path.exists() and not path.is_dir():
        raise refuse(name, f"“{path}” is a file; name a folder.")
    return path.absolute()


def site_url(name: str, default: str) -> str:
    def parse(value: str) -> str:
        parts = urlsplit(value)
        if (
            parts.scheme not in ("http", "https")
            or not parts.hostname
            or parts.username
            or parts.query
            or parts.fragment
        ):
            raise ValueError(value)
        if parts.path.strip("/"):
            raise ValueError(value)
        _ = parts.port
        return f"{parts.scheme}://{parts.netloc}"

    return _read(
        name, parse, default, expected="the address of a site, such as https://blog.example.org (no path)"
    )


def time_zone(name: str, default: str) -> str:
    def parse(value: str) -> str:
        return zoneinfo.ZoneInfo(value).key

    return _read(name, parse, default, expected="a time zone, such as UTC or Europe/Berlin")


def language_code(name: str, default: str) -> str:
    def parse(value: str) -> str:
        if not re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", value.lower()):
            raise ValueError(value)
        return value.lower()

    return _read(name, parse, default, expected="a language code, such as en or ru")


def networks(name: str) -> tuple[Network, ...]:
    found: list[Network] = []
    for word in words(name):
        try:
            found.append(ipaddress.ip_network(word, strict=False))
        except ValueError as problem:
            raise refuse(name, f"“{word}” is not an IP address or network, such as 10.0.0.0/8.") from problem
    return tuple(found)


def database(name: str, default: str) -> dict[str, Any]:
    def parse(value: str) -> dict[str, Any]:
        parsed = dict(dj_database_url.parse(value))
        if parsed.get("ENGINE") not in ("django.db.backends.sqlite3", "django.db.backends.postgresql"):
            raise ValueError(value)
        return parsed

    fallback: dict[str, Any] = dict(dj_database_url.parse(default))
    try:
        return _read(name, parse, fallback, expected="")
    except ImproperlyConfigured as problem:
        # The address can hold a password: it is not repeated.
        raise refuse(
            name,
            "is not a database address; write postgres://user:password@host:5432/name or sqlite:///file.sqlite3.",
        ) from problem


def email(name: str) -> dict[str, Any]:
    address = text(name, "console:")
    if address.partition(":")[0] not in dj_email_url.SCHEMES:  # the parser takes any scheme and says nothing
        raise refuse(
            name, "is not a mail address scheme; write smtp://user:password@host:587/?tls=True or console:."
        )
    return dict(dj_email_url.parse(address))


def addresses(name: str) -> list[str]:
    """E-mail addresses."""
    found = words(name)
    for word in found:
        try:
            validate_email(word)
        except ValidationError as problem:
            raise refuse(
                name,
                f"“{word}” is not an e-mail address, such as anna@example.org; part several by commas.",
            ) from problem
    return found


def contact(name: str) -> str:
    """An address that people can open: of mail, or of a page; empty where none is given."""
    value = text(name)
    if value and not re.fullmatch(r"(?:mailto:[^\s@]+@[^\s@]+|https://\S+)", value):
        raise refuse(
            name,
            f"“{value}” is no contact; write mailto:security@example.org or an address that begins with https://.",
        )
    return value


def web_address(name: str) -> str:
    """An address of the web, of any path; empty where none is given."""

    def parse(value: str) -> str:
        parts = urlsplit(value)
        if (
            parts.scheme not in ("http", "https")
            or not parts.hostname
            or parts.fragment
            or re.search(r"[\s<>\"]", value)
        ):
            raise ValueError(value)
        _ = parts.port
        return value

    return _read(name, parse, "", expected="an address of the web, such as https://hub.example.org/")


def cache(name: str) -> dict[str, Any] | None:
    """The shared cache's settings, or None where pages are kept in each process."""
    if not text(name):
        return None
    try:
        return dict(django_cache_url.parse(text(name)))
    except Exception as problem:  # the parser raises plain Exception for an unknown scheme
        raise refuse(
            name, "is not a cache address; write redis://host:6379/0 or leave it empty."
        ) from problem


def secret_key(name: str, *, debug: bool) -> str:
    given = text(name)
    if not given and not debug:
        from django.core.management.utils import get_random_secret_key

        raise refuse(
            name,
            "is missing, and DEBUG is 0. Put these two lines into .env (the key was made just now):\n"
            f"SECRET_KEY='{get_random_secret_key().replace(chr(39), '-')}'\n"
            "ALLOWED_HOSTS=127.0.0.1,localhost",
        )
    if given and len(given) < 32 and not debug:
        raise refuse(name, "is shorter than 32 characters, which can be guessed; make a longer one.")
    return given or "development-only-" + "x" * 50


def allowed_hosts(name: str, *, debug: bool) -> list[str]:
    hosts = words(name)
    for host in hosts:
        if "/" in host or ":" in host.strip("[]").rpartition("]")[2]:
            raise refuse(
                name,
                f"“{host}” is not a host name; write names alone, such as blog.example.org, without scheme or port.",
            )
    if not hosts and not debug:
        raise refuse(
            name,
            "is missing, and DEBUG is 0: the site must know its own names. Put these two lines into .env:\n"
            "ALLOWED_HOSTS=blog.example.org\n"
            "SITE_URL=https://blog.example.org",
        )
    return hosts or ["127.0.0.1", "localhost", "[::1]"]
