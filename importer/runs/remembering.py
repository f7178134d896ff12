"""remembering: what a chunk changed and made, kept beside its run so that the run can be undone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from accounts.models import Author
from blog.models import Post, Revision, Tag
from blog.models.tag import tag_key
from importer.identity import Alias
from importer.models import Change, ImportedEntry, Made, Run

# What of an imported entry a run may change; `run` is kept as its number.
COLUMNS = (
    "title",
    "published",
    "digest",
    "field_digests",
    "text_sha256",
    "entry",
    "written",
    "marks",
    "revision",
    "losses",
    "run_id",
    "updated_at",
)
Standing = Mapping[int, tuple[int, datetime]]  # post id → revision shown, updated_at


@dataclass(frozen=True, slots=True)
class Before:
    """How things stood when a chunk began; the caller holds the source's lock and the posts'."""

    rows: dict[int, dict[str, Any]]  # imported entry's id → its columns and `post_id`
    posts: Standing
    proposals: frozenset[tuple[int, int]]  # (post, number)
    last_author: int
    last_tag: int


def look(entries: Collection[int]) -> Before:
    """How the imported entries that a chunk may change stand now."""
    rows = {}
    for columns in ImportedEntry.objects.filter(pk__in=entries).values("id", "post_id", *COLUMNS):
        rows[int(columns.pop("id"))] = columns
    posts = {columns["post_id"] for columns in rows.values() if columns["post_id"]}
    return Before(
        rows,
        standing(posts),
        proposed(posts),
        Author.objects.aggregate(last=Max("pk"))["last"] or 0,
        Tag.objects.aggregate(last=Max("pk"))["last"] or 0,
    )


def standing(posts: Collection[int]) -> Standing:
    if not posts:
        return {}
    found = Post.everything.filter(pk__in=posts).values_list("pk", "revision", "updated_at")
    return {pk: (revision, updated) for pk, revision, updated in found}


def proposed(posts: Collection[int]) -> frozenset[tuple[int, int]]:
    if not posts:
        return frozenset()
    return frozenset(Revision.objects.filter(post__in=posts, proposed=True).values_list("post_id", "number"))


def keep(before: Before, run: Run, added: Mapping[int, Sequence[Alias]]) -> None:
    """Keep what has changed since the look; `added` are new names by imported entry's id."""
    posts = {row["post_id"] for row in before.rows.values() if row["post_id"]}
    now, waiting = standing(posts), proposed(posts) - before.proposals
    changed = dict(ImportedEntry.objects.filter(pk__in=before.rows).values_list("pk", "updated_at"))
    made: list[Change] = []
    for pk, row in before.rows.items():
        columns = as_json(row)
        post_id = columns.pop("post_id")
        was, stands = before.posts.get(post_id), now.get(post_id)
        numbers = sorted(number for post, number in waiting if post == post_id)
        if changed.get(pk) == row["updated_at"] and was == stands and not numbers and pk not in added:
            continue
        made.append(
            Change(
                run=run,
                imported_id=pk,
                before=columns,
                aliases=[list(alias.key) for alias in added.get(pk, ())],
                revision_before=was[0] if was else 0,
                revision_after=stands[0] if stands else 0,
                updated_before=was[1] if was else None,
                proposals=numbers,
            )
        )
    Change.objects.bulk_create(made)


def as_json(columns: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in columns.items()
    }


def columns_from(state: Mapping[str, Any]) -> dict[str, Any]:
    """What `as_json` kept, as columns."""
    moments = {name: state.get(name) for name in ("published", "updated_at")}
    return {name: state[name] for name in COLUMNS if name in state} | {
        name: datetime.fromisoformat(text) if text else None for name, text in moments.items()
    }


def keep_made(before: Before, run: Run, authors: Collection[int], tags_named: Collection[str]) -> None:
    """Keep which of these authors and tags are new since the look."""
    people = [pk for pk in sorted(authors) if pk > before.last_author]
    keys = {tag_key(name) for name in tags_named}
    new = Tag.objects.filter(pk__gt=before.last_tag, key__in=keys).order_by("pk")
    tags = list(new.values_list("pk", flat=True)) if keys else []
    rows = [Made(run=run, author_id=pk) for pk in people]
    Made.objects.bulk_create([*rows, *(Made(run=run, tag_id=pk) for pk in tags)])
