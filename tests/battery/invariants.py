"""invariants: what holds after every import, however it went, as questions to the database that find nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Ask = Callable[[str], list[tuple[Any, ...]]]

# An editor's or a source's change may leave a tag or an author behind, as a subject of its own; a new post may not.
NOTHING_CHANGED = (
    "NOT EXISTS (SELECT 1 FROM importer_runentry WHERE verdict IN ('updated', 'kept', 'conflict'))"
)
# Each finds rows that may not be; SQLite and Postgres read all of them alike.
NEVER: Mapping[str, str] = {
    "a post without an address": "SELECT id FROM blog_post WHERE slug = ''",
    "a post without a title": "SELECT id FROM blog_post WHERE trim(title) = ''",
    "a post without a feed id": "SELECT id FROM blog_post WHERE uid = ''",
    "a post of no known status": (
        "SELECT id FROM blog_post WHERE status NOT IN ('draft', 'review', 'published', 'withdrawn')"
    ),
    # Who is named nowhere is stood in for by the source's own name, so that no post is nobody's.
    "a post without a byline": (
        "SELECT p.id FROM blog_post p WHERE NOT EXISTS (SELECT 1 FROM blog_byline b WHERE b.post_id = p.id)"
    ),
    "a published post without a moment": (
        "SELECT id FROM blog_post WHERE status = 'published' AND published_at IS NULL"
    ),
    "a post in a year that cannot be": (
        "SELECT id FROM blog_post WHERE published_at < '1970-01-01' OR published_at > '2200-01-01'"
    ),
    "a post without the revision that it shows": (
        "SELECT p.id FROM blog_post p WHERE NOT EXISTS (SELECT 1 FROM blog_revision r"
        " WHERE r.post_id = p.id AND r.number = p.revision AND NOT r.proposed)"
    ),
    "a post that search does not know": (
        "SELECT p.id FROM blog_post p WHERE NOT EXISTS (SELECT 1 FROM blog_searchdocument s WHERE s.post_id = p.id)"
    ),
    "an imported post that nothing ties to its source": (
        "SELECT p.id FROM blog_post p JOIN blog_revision r ON r.post_id = p.id AND r.number = 1"
        " WHERE r.reason LIKE 'import%' AND NOT EXISTS"
        " (SELECT 1 FROM importer_importedentry i WHERE i.post_id = p.id)"
    ),
    "a tagging of nothing": (
        "SELECT t.id FROM blog_taggedpost t LEFT JOIN blog_post p ON p.id = t.content_object_id"
        " LEFT JOIN blog_tag g ON g.id = t.tag_id WHERE p.id IS NULL OR g.id IS NULL"
    ),
    "a tag on nothing": (
        "SELECT g.id FROM blog_tag g WHERE NOT EXISTS (SELECT 1 FROM blog_taggedpost t WHERE t.tag_id = g.id)"
        f" AND {NOTHING_CHANGED}"
    ),
    "a byline of nothing": (
        "SELECT b.id FROM blog_byline b LEFT JOIN blog_post p ON p.id = b.post_id"
        " LEFT JOIN accounts_author a ON a.id = b.author_id WHERE p.id IS NULL OR a.id IS NULL"
    ),
    "an author of nothing": (
        "SELECT a.id FROM accounts_author a WHERE NOT EXISTS (SELECT 1 FROM blog_byline b WHERE b.author_id = a.id)"
        f" AND {NOTHING_CHANGED}"
    ),
    "an alias of nothing, or of another source": (
        "SELECT a.id FROM importer_entryalias a LEFT JOIN importer_importedentry i ON i.id = a.imported_id"
        " WHERE i.id IS NULL OR i.source_id <> a.source_id"
    ),
    "an imported entry without a name": (
        "SELECT i.id FROM importer_importedentry i"
        " WHERE NOT EXISTS (SELECT 1 FROM importer_entryalias a WHERE a.imported_id = i.id)"
    ),
    "an imported entry whose post is gone": (
        "SELECT i.id FROM importer_importedentry i LEFT JOIN blog_post p ON p.id = i.post_id"
        " WHERE i.post_id IS NOT NULL AND p.id IS NULL"
    ),
    "a post that two entries of its own source brought": (
        "SELECT post_id FROM importer_importedentry WHERE NOT shared AND post_id IS NOT NULL"
        " GROUP BY post_id HAVING count(*) > 1"
    ),
    "an entry that knows a revision of its post that is not there": (
        "SELECT i.id FROM importer_importedentry i JOIN blog_post p ON p.id = i.post_id"
        " WHERE NOT i.shared AND i.revision > p.revision"
    ),
    "a verdict of a new post without the post": (
        "SELECT e.id FROM importer_runentry e JOIN importer_run r ON r.id = e.run_id"
        " WHERE e.verdict = 'created' AND NOT r.dry_run AND e.post_id IS NULL"
    ),
    "a search document of nothing": (
        "SELECT s.post_id FROM blog_searchdocument s LEFT JOIN blog_post p ON p.id = s.post_id WHERE p.id IS NULL"
    ),
}
PICTURES = (
    "SELECT file FROM blog_image UNION SELECT file FROM blog_rendition"
    " UNION SELECT name FROM importer_mediaitem WHERE name <> ''"
)
LAST_VERDICTS = (
    "SELECT verdict, count(*) FROM importer_runentry"
    " WHERE run_id = (SELECT max(id) FROM importer_run) GROUP BY verdict"
)


def broken(ask: Ask) -> dict[str, list[tuple[Any, ...]]]:
    """What may never be and is: the first rows of each kind."""
    found = {what: ask(f"{query} LIMIT 5") for what, query in NEVER.items()}
    return {what: rows for what, rows in found.items() if rows}


def strays(media: Path, ask: Ask) -> list[str]:
    """Files among the pictures and recordings that no row names."""
    named = {str(row[0]) for row in ask(PICTURES)}
    files = [path.relative_to(media).as_posix() for path in media.rglob("*") if path.is_file()]
    return sorted(set(files) - named)


def verdicts(ask: Ask) -> dict[str, int]:
    """What the last run recorded of its entries."""
    return {str(verdict): int(number) for verdict, number in ask(LAST_VERDICTS)}


def asked_here(query: str) -> list[tuple[Any, ...]]:
    """The question put to the test's own database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())
