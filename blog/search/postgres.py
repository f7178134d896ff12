"""postgres: a weighted tsvector beside each document; configuration `russian` stems Cyrillic as Russian, ASCII as English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

from blog.models import SearchDocument
from blog.querysets import PostQuerySet
from blog.search.question import Question, Term
from blog.search.ranking import WEIGHTS
from blog.search.stems import WORD, fold

COLUMNS = ("title", "names", "tags", "text")  # of a document, as they are read again
INDEXED = 250_000  # characters: what is longer would pass a tsvector's limit of 1 MB
ALIKE = 60  # known words looked at for each misspelled one
_LABELS = (("title", "A"), ("tags", "B"), ("names", "C"), ("text", "D"))
_VECTOR = " || ".join(
    f"setweight(to_tsvector('russian', given.{column}), '{weight}')" for column, weight in _LABELS
)
_RANKS = [WEIGHTS[column] / max(WEIGHTS.values()) for column, _ in reversed(_LABELS)]  # D, C, B, A

_WRITE = (
    f"INSERT INTO blog_searchdocument (post_id, {', '.join(COLUMNS)}, vector) "  # noqa: S608  # constants alone
    f"SELECT id, {', '.join(f'plain_{name}' for name in COLUMNS)}, {_VECTOR} "
    f"FROM unnest(%s::bigint[]{', %s::text[]' * 8}) AS given(id, title, tags, names, text, "
    f"{', '.join(f'plain_{name}' for name in COLUMNS)}) "
    "ON CONFLICT (post_id) DO UPDATE SET "
    + ", ".join(f"{name} = EXCLUDED.{name}" for name in (*COLUMNS, "vector"))
)


def _words(text: str) -> str:
    """Words alone: Postgres' parser would take `node.js` for a host, and all that follows a `<script>` for a script."""
    return " ".join(WORD.findall(fold(text[:INDEXED])))


def write(documents: Sequence[SearchDocument]) -> None:
    """Each document with its vector, in one row that is written once: an update after the insert would write it twice."""
    words = ([_words(getattr(d, name)) for d in documents] for name in ("title", "tags", "names", "text"))
    plain = ([getattr(d, name) for d in documents] for name in COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(
            _WRITE,
            [[document.post_id for document in documents], *words, *plain],
        )


def forget(post_ids: Sequence[int]) -> None:
    """Nothing to do: the vector is a column of the document, which goes with its post."""


def match(question: Question, among: PostQuerySet, *, every: bool, limit: int) -> list[tuple[int, float]]:
    if not question.terms:
        return []
    asked = (" && " if every else " || ").join(map(_asked, question.terms))
    unwanted = " || ".join(map(_asked, question.without)) or "''::tsquery"
    posts, values = among.order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT post_id, ts_rank_cd(%s::real[], vector, asked, 1) AS score "  # noqa: S608  # Django's own SQL and parameters
            f"FROM blog_searchdocument, (SELECT {asked} AS asked, {unwanted} AS unwanted) AS question "
            f"WHERE vector @@ asked AND NOT vector @@ unwanted AND post_id IN ({posts}) "
            "ORDER BY score DESC, post_id DESC LIMIT %s",
            [_RANKS, *map(_written, (*question.terms, *question.without)), *values, limit],
        )
        return [(int(post_id), float(score)) for post_id, score in cursor.fetchall()]


def _asked(term: Term) -> str:
    return "to_tsquery('simple', %s)" if term.begins else "phraseto_tsquery('russian', %s)"


def _written(term: Term) -> str:
    """A term as its function reads it: words hold letters and digits alone, so none is syntax."""
    return f"{term.words[-1]}:*" if term.begins else " ".join(term.words)


def holders(terms: Sequence[Term], among: PostQuerySet, *, most: int) -> list[int]:
    """A word that is left out of the index for being in every text is held by all."""
    posts, values = among.order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT CASE WHEN numnode(asked) = 0 THEN %s ELSE (SELECT count(*) FROM (SELECT 1 FROM blog_searchdocument "  # noqa: S608  # Django's own SQL
            f"WHERE vector @@ asked AND post_id IN ({posts}) LIMIT %s) AS counted) END FROM (SELECT at, CASE WHEN begins "
            "THEN to_tsquery('simple', words) ELSE phraseto_tsquery('russian', words) END AS asked "
            "FROM unnest(%s::text[], %s::boolean[]) WITH ORDINALITY AS given(words, begins, at)) AS question ORDER BY at",
            [most, *values, most, list(map(_written, terms)), [term.begins for term in terms]],
        )
        return [int(number) for (number,) in cursor.fetchall()]


def known(words: Iterable[str]) -> set[str]:
    """As a join: asked with IN, Postgres looks every word up in the index of trigrams, which takes a hundred times as long."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT given.word FROM unnest(%s::text[]) AS given(word) "
            "JOIN blog_searchword AS known ON known.word = given.word",
            [list(words)],
        )
        return {str(word) for (word,) in cursor.fetchall()}


def learn(words: Sequence[str]) -> None:
    """Nothing to do: Postgres keeps the index of trigrams."""


def alike(words: Sequence[str]) -> list[str]:
    """Nothing where the extension pg_trgm could not be made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('blog_searchword_trigrams') IS NOT NULL")
        if not words or not cursor.fetchone()[0]:
            return []
        cursor.execute(
            "SELECT near.word FROM unnest(%s::text[]) AS given(word) CROSS JOIN LATERAL (SELECT known.word "
            "FROM blog_searchword AS known WHERE known.word %% given.word "
            "ORDER BY similarity(known.word, given.word) DESC LIMIT %s) AS near",
            [list(words), ALIKE],
        )
        return [str(word) for (word,) in cursor.fetchall()]
