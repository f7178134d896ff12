"""versions: which version of the site is public now; it changes with every publication and at every due moment."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime

STARTED = timezone.now()  # an upgrade changes pages too
SETTLED = timedelta(
    seconds=2
)  # a moment that is told in whole seconds holds once no second change can fall into it
FRESH = 5  # seconds that what stands before us may serve a page without asking

# Written out, because the ORM takes longer to compose these look-ups than the database to answer them.
_VERSION = """
SELECT (SELECT generation FROM blog_sitestate WHERE id = 1),
 (SELECT published_at FROM blog_post WHERE status = 'published' AND published_at <= %s AND trashed_at IS NULL
  ORDER BY published_at DESC LIMIT 1),
 (SELECT withdraw_at FROM blog_post WHERE status = 'published' AND withdraw_at <= %s AND trashed_at IS NULL
  ORDER BY withdraw_at DESC LIMIT 1),
 (SELECT published_at FROM blog_post WHERE status = 'published' AND published_at > %s AND trashed_at IS NULL
  ORDER BY published_at LIMIT 1),
 (SELECT withdraw_at FROM blog_post WHERE status = 'published' AND withdraw_at > %s AND trashed_at IS NULL
  ORDER BY withdraw_at LIMIT 1),
 (SELECT appears_at FROM blog_post WHERE status = 'published' AND appears_at <= %s AND trashed_at IS NULL
  ORDER BY appears_at DESC LIMIT 1),
 (SELECT appears_at FROM blog_post WHERE status = 'published' AND appears_at > %s AND trashed_at IS NULL
  ORDER BY appears_at LIMIT 1),
 (SELECT changed_at FROM blog_sitestate WHERE id = 1)
"""


@dataclass(frozen=True, slots=True)
class Version:
    """What public pages show is a function of this: it changes with every publication and at every due moment."""

    name: str
    seconds_left: float | None  # to the next due moment
    changed: datetime | None = None  # since when nothing has, in whole seconds; None: too recently to tell

    @property
    def fresh(self) -> int:
        """Whole seconds that a page of this version may be served without asking."""
        return FRESH if self.seconds_left is None else max(0, min(FRESH, int(self.seconds_left)))


def version_now() -> Version:
    """One query."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_VERSION, [connection.ops.adapt_datetimefield_value(now)] * 6)
        generation, *moments = cursor.fetchone()
    published, withdrawn, next_published, next_withdrawn, appeared, next_appears, saved = map(
        _moment, moments
    )
    flipped = max((moment for moment in (published, withdrawn, appeared) if moment), default=None)
    due = min((moment for moment in (next_published, next_withdrawn, next_appears) if moment), default=None)
    last = max(moment for moment in (flipped, saved, STARTED) if moment)
    return Version(
        f"{generation or 0}.{flipped.timestamp() if flipped else 0:.6f}",
        (due - now).total_seconds() if due else None,
        last.replace(microsecond=0) if now - last >= SETTLED else None,
    )


def _moment(value: datetime | str | None) -> datetime | None:
    """SQLite gives moments as text, in UTC."""
    if isinstance(value, str):
        value = parse_datetime(value)
    return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


@cache
def release() -> str:
    """Changes with our own files and settings, so that no reader keeps a page of the version before an upgrade."""
    digest = hashlib.blake2b(digest_size=8)
    for name in ("SITE_NAME", "SITE_URL", "TIME_ZONE", "LANGUAGE_CODE", "WEBSUB_HUB"):
        digest.update(f"{name}={getattr(settings, name)}\0".encode())
    base = Path(settings.BASE_DIR)
    for folder in ("accounts", "blog", "static", "templates"):
        for path in sorted((base / folder).rglob("*")):
            if path.suffix in (".py", ".html", ".css", ".js", ".svg"):
                digest.update(path.read_bytes())
    for words in settings.LOCALE_PATHS:
        for path in sorted(Path(words).rglob("*.mo")):
            digest.update(path.read_bytes())
    names = Path(settings.STATIC_ROOT) / "staticfiles.json"
    digest.update(names.read_bytes() if names.is_file() else b"")
    return digest.hexdigest()
