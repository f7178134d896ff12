"""documents: feeds and dumps written for tests, and imports of them."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import pytest
from django.core import serializers
from django.core.management import call_command

from importer.entry import Entry
from importer.models import Run
from importer.options import Options
from importer.pipeline import run_import
from importer.report import Report, SourceReport
from tests.factories import the_site_stands

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
NOON = datetime(2024, 5, 31, 12, tzinfo=UTC)
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared seed documents are not here")

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
)


def item(number: int, body: str = "", **fields: str) -> str:
    """One item; `fields` overrule or add elements by name, "" leaves one out, `__` stands for a colon."""
    given = {
        "title": f"Post {number}",
        "link": f"https://blog.example/{number}",
        "guid": f"https://blog.example/{number}",
        "dc__creator": "Ada Example",
        "pubDate": f"Mon, 01 Jan 2024 10:{number % 60:02d}:00 GMT",
        "content__encoded": body or f"<p>The text of post number {number}, long enough to be one.</p>",
    } | fields
    inside = "".join(
        f"<{name.replace('__', ':')}>{escape(value)}</{name.replace('__', ':')}>"
        for name, value in given.items()
        if value
    )
    return f"<item>{inside}</item>"


def rss(*items: str, title: str = "A blog", link: str = "https://blog.example/", more: str = "") -> str:
    return f"{HEAD}<title>{title}</title><link>{link}</link><language>en-us</language>{more}{''.join(items)}</channel></rss>"


def written(folder: Path, text: str | bytes, name: str = "feed.xml") -> str:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def imported(*locations: str, **options: Any) -> Report:
    """An import without the command around it."""
    the_site_stands()
    moments: dict[str, Any] = {}
    if "now" in options:
        now = options.pop("now")
        moments["clock"] = lambda: now
    return run_import(locations, Options(**options), shows_errors=True, **moments)


def only(report: Report) -> SourceReport:
    (source,) = report.sources
    assert not source.error, source.error
    return source


def verdicts(report: Report) -> list[str]:
    return [one.verdict for one in only(report).items]


def last_run() -> Run:
    return Run.objects.latest("pk")


class Ended:
    """What a run of the command came to."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


def command(*words: str) -> Ended:
    the_site_stands()
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_feed", *words, stdout=out, stderr=err)
        status = 0
    except SystemExit as end:
        status = int(end.code or 0)
    return Ended(status, out.getvalue(), err.getvalue())


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every row that an import may write, but for what is recorded of runs and of a source's health."""
    from accounts.models import Author, AuthorAlias
    from blog.models import Byline, Post, Revision, SearchDocument, SiteState, Tag, TaggedPost
    from importer.models import AmbiguousAlias, EntryAlias, ImportedEntry, SourceDocument, SourceName

    tables: Sequence[Any] = (
        *(Author, AuthorAlias, Byline, Post, Revision, SearchDocument, SiteState, Tag, TaggedPost),
        *(AmbiguousAlias, EntryAlias, ImportedEntry, SourceDocument, SourceName),
    )
    return {
        table.__name__: json.loads(serializers.serialize("json", table._base_manager.order_by("pk")))
        for table in tables
    }


def an_entry(**fields: Any) -> Entry:
    return replace(
        Entry(position=1, title="A title", body="<p>A text of some words, as texts are.</p>"), **fields
    )
