"""ghosttables: the tables of a Ghost export put together: for each post its meta, its people, its tags, its comments."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from importer.addresses import absolute
from importer.dates import read_date
from importer.entry import Comment, Person
from importer.formats.jsontext import Item, objects, text_of
from importer.formats.plain import folded

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Site:
    """What the posts of an export share."""

    address: str  # without a slash at its end; "" where nobody says it
    title: str = ""
    language: str = ""
    permalinks: str = ""  # of versions 0 and 1


@dataclass(frozen=True, slots=True)
class Tables:
    """By the id of a post."""

    meta: dict[str, Item]
    people: dict[str, list[Person]]
    tags: dict[str, list[Item]]
    comments: dict[str, list[Item]]
    users: dict[str, Person]
    members: dict[str, str]  # names


def tables_of(data: Item) -> Tables:
    users = by_id(data, "users")
    people = {key: person_of(row) for key, row in users.items()}
    tags = by_id(data, "tags")
    comments: dict[str, list[Item]] = defaultdict(list)
    for row in objects(data, "comments"):
        comments[text_of(row, "post_id")].append(row)
    return Tables(
        meta={text_of(row, "post_id"): row for row in objects(data, "posts_meta")},
        people=joined(data, "posts_authors", "author_id", people),
        tags=joined(data, "posts_tags", "tag_id", tags),
        comments=comments,
        users=people,
        members={key: folded(text_of(row, "name")) for key, row in by_id(data, "members").items()},
    )


def by_id(data: Item, name: str) -> dict[str, Item]:
    return {text_of(row, "id"): row for row in objects(data, name)}


def joined(data: Item, name: str, column: str, rows: dict[str, Row]) -> dict[str, list[Row]]:
    """The rows that a table between two others gives each post, in the order that it states."""
    found: dict[str, list[Row]] = defaultdict(list)
    for link in sorted(objects(data, name), key=place):
        if (key := text_of(link, column)) in rows:
            found[text_of(link, "post_id")].append(rows[key])
    return found


def place(link: Item) -> float:
    order = link.get("sort_order")
    return order if isinstance(order, int | float) else 0


def person_of(row: Item) -> Person:
    return Person(
        folded(text_of(row, "name")) or text_of(row, "slug"),
        text_of(row, "email"),
        absolute(text_of(row, "website")),
    )


def moment_of(row: Item, name: str, now: datetime) -> tuple[datetime | None, str]:
    """A date in UTC, or None and a sentence why not: milliseconds in old versions, ISO or MySQL's form in later ones."""
    value = row.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            text = datetime.fromtimestamp(value / 1000, UTC).isoformat()
        except (ValueError, OverflowError, OSError):
            text = str(value)
    else:
        text = text_of(row, name)
    return read_date(text, now=now)


def comments_of(rows: list[Item], tables: Tables, now: datetime) -> tuple[Comment, ...]:
    """The comments that readers saw: those hidden or deleted stay away."""
    return tuple(
        Comment(
            text=text_of(row, "html"),
            author=tables.members.get(text_of(row, "member_id"), ""),
            published=moment_of(row, "created_at", now)[0],
            ident=text_of(row, "id"),
            parent=text_of(row, "parent_id"),
        )
        for row in rows
        if text_of(row, "html") and text_of(row, "status") in ("", "published")
    )
