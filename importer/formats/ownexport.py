"""ownexport: a folder or zip that `export_site` wrote, read back without a loss; hand-edited front matter is read as YAML."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

from importer.dates import read_date
from importer.documents.bundles import MOST_A_TEXT, MOST_TEXT, Members
from importer.entry import About, Document, Entry, Own, Parsed, Person, Rejected, Tables
from importer.errors import EntryRejected, SourceUnusable
from importer.formats import frontmatter
from importer.formats.base import Format, Reading

NAME = "masthead"  # what the report calls it
SITE = "site.yml"
MARKER = re.compile(rb"masthead:[ \t]*1[ \t]*\r?\n")
POST = re.compile(r"(?P<kind>post|page)s/(?P<slug>[\w-]+)\.md")
OPENING, CLOSING = "---\n", "\n---\n"
STATUSES = frozenset({"draft", "review", "published", "withdrawn"})
PARTS = frozenset({"author", "translator", "editor"})
LINE = re.compile(r"([a-z_]+): (.*)")
MOST_ROWS = 200_000
Row = Mapping[str, Any]


class OwnExportFormat:
    name = "markdown"

    def recognises(self, document: Document) -> bool:
        members = document.raw.members
        return members is not None and is_ours(members)

    def read(self, document: Document, reading: Reading) -> Parsed:
        """Posts and pages in the order in which they were made. Raises SourceUnusable."""
        members = document.raw.members
        if members is None or not is_ours(members):
            raise SourceUnusable("This is no export of this program: its site.yml is missing.")
        names = [name for name in members.names if POST.fullmatch(name)]
        if sum(members.size(name) for name in names) > MOST_TEXT:
            raise SourceUnusable(f"These files hold more than {MOST_TEXT // 1_000_000} MB of text.")
        site = row_of(text_in(members, SITE))
        found = sorted((one(name, members, site, reading) for name in names), key=made)
        entries = tuple(placed(entry, place) for place, entry in enumerate(found, start=1))
        if not entries:
            raise SourceUnusable("This export holds no posts.")
        about = About(title=text(site, "title"), site_url=text(site, "url"), language=text(site, "language"))
        return Parsed(NAME, about, entries, shape="an export of this program", tables=tables(members, site))


OWN_EXPORT: Format = OwnExportFormat()


def is_ours(members: Members) -> bool:
    try:
        return SITE in members.names and MARKER.match(members.read(SITE)) is not None
    except EntryRejected:
        return False


def text_in(members: Members, name: str) -> str:
    """A file's text with its line breaks as they are; "" where there is none. Raises EntryRejected."""
    if name not in members.names:
        return ""
    if members.size(name) > MOST_A_TEXT:
        raise EntryRejected(f"{name} is larger than {MOST_A_TEXT // 1_000_000} MB.")
    try:
        return members.read(name).decode("utf-8")
    except UnicodeDecodeError:
        raise EntryRejected(f"{name} is not UTF-8, as an export is.") from None


# -- rows ----------------------------------------------------------------------------------------


def row_of(lines: str) -> Row:
    """Fields as the export wrote them, a line each in JSON; else, edited by hand, as YAML."""
    found: dict[str, Any] = {}
    for line in lines.split("\n"):
        if not line.strip():
            continue
        field = LINE.fullmatch(line)
        try:
            if field is None:
                return frontmatter.split(f"---\n{lines}\n---\n").matter
            found[field[1]] = json.loads(field[2])
        except (ValueError, RecursionError):
            return frontmatter.split(f"---\n{lines}\n---\n").matter
    return found


def rows_of(listing: str) -> tuple[Row, ...]:
    """The rows of one of the export's lists."""
    parts = re.split(r"^- ", listing, flags=re.MULTILINE)[1:]
    return tuple(row_of(re.sub(r"^  ", "", part, flags=re.MULTILINE)) for part in parts[:MOST_ROWS])


def text(row: Row, name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""


def flag(row: Row, name: str, usual: bool) -> bool:
    value = row.get(name)
    return usual if value is None else str(value).lower() in ("true", "yes", "1")


def number(row: Row, name: str) -> int | None:
    value = str(row.get(name, ""))
    return int(value) if value.isdecimal() and len(value) < 10 else None


def several(row: Row, name: str) -> list[Any]:
    value = row.get(name)
    return value if isinstance(value, list) else []


# -- posts ---------------------------------------------------------------------------------------


def one(name: str, members: Members, site: Row, reading: Reading) -> Entry | Rejected:
    try:
        return entry_of(name, text_in(members, name), site, reading)
    except EntryRejected as problem:
        return Rejected(0, name, str(problem))


def entry_of(name: str, whole: str, site: Row, reading: Reading) -> Entry:
    """A post. The first line break after the front matter's end and the last of the file are the file's own."""
    end = whole.find(CLOSING, len(OPENING) - 1)
    if not whole.startswith(OPENING) or end < 0:
        raise EntryRejected(f"{name} has no front matter, so nothing says whose post it is.")
    row, body = row_of(whole[len(OPENING) : end]), whole[end + len(CLOSING) :].removesuffix("\n")
    found = POST.fullmatch(name)
    kind, slug = (found["kind"], found["slug"]) if found else ("post", "")
    status, uid = text(row, "status"), text(row, "uid")
    if not uid or status not in STATUSES or not text(row, "title"):
        raise EntryRejected(f"{name} lacks its title, its uid or its status.")
    moments = {
        field: moment(row, field, name, reading) for field in ("date", "updated", "created", "withdraw_at")
    }
    if status == "published" and moments["date"] is None:
        raise EntryRejected(f"{name} is published, but its date is missing.")
    created, withdraw_at = moments["created"], moments["withdraw_at"]
    return Entry(
        position=0,
        title=text(row, "title"),
        body=body,
        body_format="html" if text(row, "format") == "html" else "markdown",
        kind="page" if kind == "page" else "post",
        guid=uid,
        link=f"{text(site, 'url').rstrip('/')}/{kind}s/{slug}/" if text(site, "url") else "",
        canonical=text(row, "canonical"),
        slug=slug,
        summary=text(row, "summary"),
        authors=tuple(Person(str(author)) for author in several(row, "authors")),
        tags=tuple(str(tag) for tag in several(row, "tags")),
        published=moments["date"],
        updated=moments["updated"],
        status=cast(Any, status) if status != "withdrawn" else "draft",
        language=text(row, "language"),
        cover=text(row, "cover_url"),
        cover_alt=text(row, "cover_alt"),
        seo_title=text(row, "seo_title"),
        seo_description=text(row, "seo_description"),
        own=Own(
            uid=uid,
            status=status,
            dated=flag(row, "dated", True),
            created=created.isoformat() if created else "",
            withdraw_at=withdraw_at.isoformat() if withdraw_at else "",
            translation_group=text(row, "translation_group"),
            bylines=bylines(row),
            series=text(row, "series_slug"),
            series_position=number(row, "series_position"),
            cover=text(row, "cover").removeprefix("media/"),
            origin=text(row, "origin"),
            noindex=flag(row, "noindex", False),
            responding=said if (said := text(row, "comments")) in ("open", "closed") else "",
        ),
    )


def bylines(row: Row) -> tuple[tuple[str, str], ...]:
    found = [
        (text(one, "author"), text(one, "part"))
        for one in several(row, "bylines")
        if isinstance(one, Mapping)
    ]
    return tuple((author, part) for author, part in found if author and part in PARTS)


def moment(row: Row, field: str, name: str, reading: Reading) -> datetime | None:
    """A moment as it was written, to the microsecond. Raises EntryRejected for one that is none."""
    said = text(row, field)
    if not said:
        return None
    try:
        found = datetime.fromisoformat(said)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        found_, why = read_date(said, now=reading.now, zone=reading.default_zone)
        if found_ is None:
            raise EntryRejected(f"{name}: {field} “{said[:40]}” is no date. {why}") from None
        return found_


def made(entry: Entry | Rejected) -> tuple[str, str]:
    """What posts are sorted by: the order in which they were made, then their ids."""
    if isinstance(entry, Rejected) or entry.own is None:
        return "", entry.title
    return entry.own.created, entry.own.uid


def placed(entry: Entry | Rejected, position: int) -> Entry | Rejected:
    return replace(entry, position=position)


# -- the rest ------------------------------------------------------------------------------------


def tables(members: Members, site: Row) -> Tables:
    """What stands beside the posts; a list that cannot be read holds nothing."""

    def listed(name: str) -> tuple[Row, ...]:
        try:
            return rows_of(text_in(members, f"{name}.yml"))
        except EntryRejected:
            return ()

    return Tables(
        authors=listed("authors"),
        tags=listed("tags"),
        series=listed("series"),
        images=listed("images"),
        navigation=tuple(one for one in several(site, "navigation") if isinstance(one, Mapping)),
        redirects=redirects(members),
        files=tuple(name for name in members.names if name.startswith("media/")),
    )


def redirects(members: Members) -> tuple[tuple[str, str], ...]:
    try:
        rows = list(csv.reader(io.StringIO(text_in(members, "redirects.csv"), newline="")))
    except (EntryRejected, csv.Error):
        return ()
    return tuple(
        (row[0], row[1]) for row in rows[1 : MOST_ROWS + 1] if len(row) == 2 and row[0].startswith("/")
    )
