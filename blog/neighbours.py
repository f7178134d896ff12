"""neighbours: what stands next to a post: its tags, the posts before and after, its series, others about the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.urls import reverse

from blog.models import Post

RELATED = 3  # posts shown
TAGS_ASKED = 4  # of a post, the first ones
UNPLACED = 1_000_000_000  # a part without a place stands after those that have one


@dataclass(frozen=True, slots=True)
class Subject:
    """A tag of the post, as a link."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    title: str
    address: str
    language: str
    subject: str = ""  # that it shares


@dataclass(slots=True)
class Neighbours:
    subjects: list[Subject] = field(default_factory=list)
    related: list[Neighbour] = field(default_factory=list)
    earlier: Neighbour | None = None
    later: Neighbour | None = None
    previous_part: Neighbour | None = None
    next_part: Neighbour | None = None
    part: int = 1
    parts: int = 1


# Each of these gives rows of (what, slug, language, title, number, subject). {public} is what `published()` asks for.
_BEFORE = """SELECT * FROM (SELECT '{what}', slug, language, title, 0, '' FROM ({public}) AS post
 WHERE language = %s AND published_at {side}= %s AND NOT (published_at = %s AND id {other}= %s)
 ORDER BY published_at {order}, id {order} LIMIT 1) AS one"""
_PART = """SELECT * FROM (SELECT '{what}', slug, language, title, 0, '' FROM ({public}) AS post
 WHERE series_id = %s AND (COALESCE(series_position, %s), published_at, id) {side} (%s, %s, %s)
 ORDER BY COALESCE(series_position, %s) {order}, published_at {order}, id {order} LIMIT 1) AS one"""
_PARTS = """SELECT 'parts', '', '', '', COUNT(*), '' FROM ({public}) AS post WHERE series_id = %s"""
_PART_NUMBER = """SELECT 'part', '', '', '', COUNT(*) + 1, '' FROM ({public}) AS post
 WHERE series_id = %s AND (COALESCE(series_position, %s), published_at, id) < (%s, %s, %s)"""
_TAGS = """SELECT 'tag', tag.slug, '', tag.name, own.position, '' FROM blog_taggedpost AS own
 JOIN blog_tag AS tag ON tag.id = own.tag_id WHERE own.content_object_id = %s"""
# For each tag the newest other posts that carry it; their ids are asked for first, so that few rows are read.
_ALSO = """SELECT 'also', post.slug, post.language, post.title, own.position + {skipped} * 1000, tag.name
 FROM blog_taggedpost AS own JOIN blog_tag AS tag ON tag.id = own.tag_id
 JOIN blog_post AS post ON post.id = (SELECT shown.id FROM blog_taggedpost AS other
  JOIN ({public}) AS shown ON shown.id = other.content_object_id
  WHERE other.tag_id = own.tag_id AND shown.id <> own.content_object_id
  ORDER BY shown.published_at DESC, shown.id DESC LIMIT 1 OFFSET {skipped})
 WHERE own.content_object_id = %s AND own.position < %s"""


class _Question:
    """Several questions put as one query; the ORM composes `published()`, so that the rule is said once."""

    def __init__(self) -> None:
        public = Post.objects.published().order_by()
        columns = ("id", "slug", "language", "title", "published_at", "series_id", "series_position")
        self._public, self._public_parameters = public.values_list(*columns).query.sql_with_params()
        self._parts: list[str] = []
        self._parameters: list[Any] = []

    def add(self, sql: str, *parameters: Any, **words: object) -> None:
        self._parts.append(sql.format(public=self._public, **words))
        # The placeholders of {public} stand before those of the question itself, in every question above.
        if "{public}" in sql:
            self._parameters += self._public_parameters
        self._parameters += parameters

    def ask(self) -> Sequence[tuple[str, str, str, str, int, str]]:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(self._parts), self._parameters)
            rows: Sequence[tuple[str, str, str, str, int, str]] = cursor.fetchall()
        return rows


def neighbours_of(post: Post) -> Neighbours:
    """One query."""
    question = _Question()
    question.add(_TAGS, post.pk)
    for skipped in range(2):
        question.add(_ALSO, post.pk, TAGS_ASKED, skipped=skipped)
    if post.published_at is not None:
        moment = connection.ops.adapt_datetimefield_value(post.published_at)
        here = (post.language, moment, moment, post.pk)
        question.add(_BEFORE, *here, what="earlier", side="<", other=">", order="DESC")
        question.add(_BEFORE, *here, what="later", side=">", other="<", order="ASC")
        if post.series_id is not None:
            _ask_for_parts(question, post, moment)
    return _answer(sorted(question.ask(), key=lambda row: row[4]))


def _ask_for_parts(question: _Question, post: Post, moment: Any) -> None:
    place = UNPLACED if post.series_position is None else post.series_position
    here = (post.series_id, UNPLACED, place, moment, post.pk)
    question.add(_PART, *here, UNPLACED, what="previous_part", side="<", order="DESC")
    question.add(_PART, *here, UNPLACED, what="next_part", side=">", order="ASC")
    question.add(_PARTS, post.series_id)
    question.add(_PART_NUMBER, *here)


def _answer(rows: Sequence[tuple[str, str, str, str, int, str]]) -> Neighbours:
    found = Neighbours()
    also: list[Neighbour] = []
    for what, slug, language, title, number, subject in rows:
        if what == "tag":
            found.subjects.append(Subject(title, reverse("tag", args=[slug])))
        elif what in ("part", "parts"):
            setattr(found, what, number)
        else:
            one = Neighbour(title, reverse("post", args=[slug]), language, subject)
            if what == "also":
                also.append(one)
            else:
                setattr(found, what, one)
    seen = {one.address for one in (found.earlier, found.later, found.previous_part, found.next_part) if one}
    for one in also:
        if one.address not in seen and len(found.related) < RELATED:
            seen.add(one.address)
            found.related.append(one)
    return found
