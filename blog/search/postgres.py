"""postgres: a weighted tsvector beside each document; configuration `russian` stems Cyrillic as Russian, ASCII as English."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from blog.models import SearchDocument
from blog.search.question import Question
from blog.search.stems import WORD, fold

INDEXED = 250_000  # characters: what is longer would pass a tsvector's limit of 1 MB
_VECTOR = " || ".join(
    f"setweight(to_tsvector('russian', given.{column}), '{weight}')"
    for column, weight in (("title", "A"), ("tags", "B"), ("names", "C"), ("text", "D"))
)


def _words(text: str) -> str:
    """Words alone: Postgres' parser would take `node.js` for a host, and all that follows a `<script>` for a script."""
    return " ".join(WORD.findall(fold(text[:INDEXED])))


def write(documents: Sequence[SearchDocument]) -> None:
    columns = ([_words(getattr(d, name)) for d in documents] for name in ("title", "tags", "names", "text"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE blog_searchdocument AS document SET vector = {_VECTOR} "  # noqa: S608  # constants alone
            "FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[]) AS given(id, title, tags, names, text) "
            "WHERE document.post_id = given.id",
            [[document.post_id for document in documents], *columns],
        )


def forget(post_ids: Sequence[int]) -> None:
    """Nothing to do: the vector is a column of the document, which goes with its post."""


def match(question: Question, *, every: bool, limit: int) -> list[tuple[int, float]]:
    """(post id, score) best first; a higher score is better."""
    if not question.terms:
        return []
    asked = (" && " if every else " || ").join(["phraseto_tsquery('russian', %s)"] * len(question.terms))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT post_id, ts_rank_cd('{{0.05, 0.3, 0.5, 1.0}}', vector, asked, 1) AS score "  # noqa: S608  # terms are parameters
            f"FROM blog_searchdocument, (SELECT {asked} AS asked) AS question "
            "WHERE vector @@ asked ORDER BY score DESC, post_id DESC LIMIT %s",
            [*(" ".join(term) for term in question.terms), limit],
        )
        return [(int(post_id), float(score)) for post_id, score in cursor.fetchall()]
