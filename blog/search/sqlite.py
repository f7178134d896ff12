"""sqlite: an FTS5 table of stems beside the documents; written by the same verb, without triggers (table rebuilds drop them)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from blog.models import SearchDocument
from blog.search.question import Question
from blog.search.stems import stem, stems

INDEXED = 250_000  # characters of a text that are searched


def write(documents: Sequence[SearchDocument]) -> None:
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


def match(question: Question, *, every: bool, limit: int) -> list[tuple[int, float]]:
    """(post id, score) best first; a higher score is better."""
    quoted = ['"' + " ".join(stem(word) for word in term) + '"' for term in question.terms]
    if not quoted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid, -bm25(blog_stems, 10.0, 3.0, 5.0, 1.0) AS score FROM blog_stems "
            "WHERE blog_stems MATCH %s ORDER BY score DESC LIMIT %s",
            [(" AND " if every else " OR ").join(quoted), limit],
        )
        return [(int(post_id), float(score)) for post_id, score in cursor.fetchall()]
