"""sqlite: an FTS5 table of stems beside the documents; written by the same verb, without triggers (table rebuilds drop them)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from django.db import connection

from blog.models import SearchDocument
from blog.querysets import PostQuerySet
from blog.search.question import Question, Term
from blog.search.ranking import WEIGHTS
from blog.search.stems import stem, stems

INDEXED = 250_000  # characters of a text that are searched
ALIKE = 60  # known words looked at for each misspelled one


def write(documents: Sequence[SearchDocument]) -> None:
    SearchDocument.objects.bulk_create(
        documents,
        update_conflicts=True,
        unique_fields=["post"],
        update_fields=["title", "names", "tags", "text"],
    )
    forget([document.post_id for document in documents])
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO blog_stems (rowid, title, names, tags, text) VALUES (%s, %s, %s, %s, %s)",
            [
                (d.post_id, *(" ".join(stems(text)) for text in (d.title, d.names, d.tags, d.text[:INDEXED])))
                for d in documents
            ],
        )


def forget(post_ids: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM blog_stems WHERE rowid = %s", [(post_id,) for post_id in post_ids])


def match(question: Question, among: PostQuerySet, *, every: bool, limit: int) -> list[tuple[int, float]]:
    if not question.terms:
        return []
    asked = f"({(' AND ' if every else ' OR ').join(map(_quoted, question.terms))})"
    asked += "".join(f" NOT {_quoted(term)}" for term in question.without)
    posts, values = among.order_by().values("pk").query.sql_with_params()
    weights = [WEIGHTS[column] for column in ("title", "names", "tags", "text")]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid, -bm25(blog_stems, %s, %s, %s, %s) AS score FROM blog_stems "  # noqa: S608  # Django's own SQL
            f"WHERE blog_stems MATCH %s AND EXISTS (SELECT 1 FROM ({posts}) AS post WHERE post.pk = blog_stems.rowid) ORDER BY score DESC, rowid DESC LIMIT %s",
            [*weights, asked, *values, limit],
        )
        return [(int(post_id), float(score)) for post_id, score in cursor.fetchall()]


def holders(terms: Sequence[Term], among: PostQuerySet, *, most: int) -> list[int]:
    posts, values = among.order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM (SELECT rowid FROM blog_stems WHERE blog_stems MATCH given.value "  # noqa: S608  # Django's own SQL
            f"AND EXISTS (SELECT 1 FROM ({posts}) AS post WHERE post.pk = blog_stems.rowid) LIMIT %s)) FROM json_each(%s) AS given ORDER BY given.key",
            [*values, most, json.dumps([_quoted(term) for term in terms])],
        )
        return [int(number) for (number,) in cursor.fetchall()]


def _quoted(term: Term) -> str:
    """A term as FTS5 reads it: a phrase of stems, none of which is syntax."""
    if term.begins:
        return f'"{term.words[-1]}" *'
    return f'"{" ".join(map(stem, term.words))}"'


def known(words: Iterable[str]) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM blog_searchword WHERE word IN (SELECT value FROM json_each(%s))",
            [json.dumps(list(words))],
        )
        return {word for (word,) in cursor.fetchall()}


def learn(words: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO blog_trigrams (word, parts) VALUES (%s, %s)",
            [(word, " ".join(_trigrams(word))) for word in words],
        )


def alike(words: Sequence[str]) -> list[str]:
    asked = [" OR ".join(f'"{part}"' for part in _trigrams(word)) for word in words]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT json_group_array(word) FROM (SELECT word FROM blog_trigrams "
            "WHERE blog_trigrams MATCH given.value ORDER BY rank LIMIT %s)) FROM json_each(%s) AS given",
            [ALIKE, json.dumps(asked)],
        )
        return [word for (found,) in cursor.fetchall() for word in json.loads(found)]


def _trigrams(word: str) -> list[str]:
    """Three letters at a time, as pg_trgm cuts words; 0 stands for the space around a word, which holds letters alone."""
    padded = f"00{word}0"
    return [padded[at : at + 3] for at in range(len(padded) - 2)]
