"""environment: what the make targets tell the settings; the key is made once and kept in an ignored file."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from deploy.local.programs import ROOT

# Everything that the make targets keep; tests name another place, so that nobody's demo is touched.
KEPT = Path(os.environ.get("MASTHEAD_LOCAL") or ROOT / ".local")


def secret_key(folder: Path = KEPT) -> str:
    """The key of this work tree, made at the first asking and readable by its owner alone."""
    path = folder / "secret-key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as sink:
            sink.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


def local_environment(folder: Path, *, port: int, database_url: str = "") -> dict[str, str]:
    """The whole environment of a site on loopback whose data lie in the folder; an operator's .env has no say in it."""
    (folder / "static").mkdir(parents=True, exist_ok=True)
    site_url = f"http://127.0.0.1:{port}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONUNBUFFERED": "1",
        "DEBUG": "0",
        "SECURE": "0",
        "SECRET_KEY": secret_key(),
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "SITE_URL": site_url,
        "DATABASE_URL": database_url or f"sqlite:///{folder / 'masthead.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
        "TRUSTED_PROXIES": "",
        "CACHE_URL": "",
        "EMAIL_URL": "console:",
        "GUNICORN_BIND": f"127.0.0.1:{port}",
    }
