"""ownfeed: what our own feeds say of a post beside its HTML: its text as it was written, its moment to the microsecond."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from importer.entry import BodyFormat, Enclosure, Entry
from importer.formats.scan import harm_in


def loaded(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def as_written(entry: Entry, said: object, markdown: str = "") -> Entry:
    """The entry as its author wrote it, where the feed says so; what cannot be read there is passed over.

    `markdown` is the text of an element beside it, where it stands there.
    """
    if not isinstance(said, Mapping) or said.get("version") != 1:
        return entry
    body = said.get("body", markdown)
    kind = said.get("format")
    if (
        isinstance(body, str)
        and (body or not entry.body)
        and (kind == "markdown" or (kind == "html" and not harm_in(body)))
    ):
        form: BodyFormat = "markdown" if kind == "markdown" else "html"
        others = tuple(one for one in entry.enclosures if not _is_played(one, body))
        entry = replace(entry, body=body, body_format=form, enclosures=others)
    summary = said.get("summary", "")
    title = said.get("title", "")
    return replace(
        entry,
        title=title if isinstance(title, str) and title else entry.title,
        summary=summary if isinstance(summary, str) else "",
        published=moment(said, entry),
    )


def _is_played(one: Enclosure, body: str) -> bool:
    """Whether a text as it was written plays the recording itself, by its address without the site's own."""
    try:
        path = urlsplit(one.url).path
    except ValueError:
        return False
    return len(path) > 1 and path in body


def moment(said: Mapping[str, Any], entry: Entry) -> datetime | None:
    """The moment to the microsecond, if it is the one that the feed tells to the second."""
    try:
        found = datetime.fromisoformat(str(said.get("date"))).astimezone(UTC)
    except (ValueError, OverflowError):
        return entry.published
    near = entry.published is not None and abs((found - entry.published).total_seconds()) < 1
    return found if near else entry.published
