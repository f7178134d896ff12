"""dumping: what an import left, told without ids and without the moments at which it happened to run."""

from __future__ import annotations

from typing import Any

from tests.importer.processes import rows_in

QUERIES = {
    "posts": (
        "SELECT slug, kind, status, title, summary, body, body_format, html, feed_html, excerpt, words, language,"
        " published_at, dated, origin_url, canonical_url, cover_url, revision FROM blog_post"
    ),
    "bylines": (
        "SELECT p.slug, a.name, a.slug, b.position, b.part FROM blog_byline b"
        " JOIN blog_post p ON p.id = b.post_id JOIN accounts_author a ON a.id = b.author_id"
    ),
    "taggings": (
        "SELECT p.slug, g.key, g.name, g.slug, t.position, t.spelling FROM blog_taggedpost t"
        " JOIN blog_post p ON p.id = t.content_object_id JOIN blog_tag g ON g.id = t.tag_id"
    ),
    "revisions": (
        "SELECT p.slug, r.number, r.reason, r.proposed FROM blog_revision r JOIN blog_post p ON p.id = r.post_id"
    ),
    "search": (
        "SELECT p.slug, s.title, s.names, s.tags, s.text FROM blog_searchdocument s JOIN blog_post p ON p.id = s.post_id"
    ),
    "entries": (
        "SELECT p.slug, i.title, i.published, i.digest, i.text_sha256, i.shared, i.revision"
        " FROM importer_importedentry i LEFT JOIN blog_post p ON p.id = i.post_id"
    ),
    "aliases": (
        "SELECT p.slug, a.kind, a.sha256 FROM importer_entryalias a"
        " JOIN importer_importedentry i ON i.id = a.imported_id LEFT JOIN blog_post p ON p.id = i.post_id"
    ),
    "sources": "SELECT key_kind, key_sha256, trusts_ids, format, title FROM importer_source",
    "authors": "SELECT name, slug FROM accounts_author",
    "tags": "SELECT name, key, slug FROM blog_tag",
}


def dump(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that an import of dated entries writes, in an order of its own."""
    return {name: sorted(rows_in(url, query), key=repr) for name, query in QUERIES.items()}
