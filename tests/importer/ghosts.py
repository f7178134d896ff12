"""ghosts: small Ghost exports for the tests, of every version, and what is read from them."""

from __future__ import annotations

import json
from typing import Any

from importer.entry import Entry, Parsed, Rejected
from importer.formats.base import Reading
from importer.formats.ghost import GHOST
from tests.importer.readings import NOW, document

SITE = "https://blog.example"
ID = "5f0000000000000000000001"


def post(**fields: Any) -> dict[str, Any]:
    return {
        "id": ID,
        "uuid": "6c1e3a3e-0000-4000-8000-000000000001",
        "title": "On tides",
        "slug": "on-tides",
        "html": "<p>Water rises.</p>",
        "status": "published",
        "visibility": "public",
        "type": "post",
        "published_at": "2024-05-01T10:00:00.000Z",
        "updated_at": "2024-05-02T10:00:00.000Z",
        **fields,
    }


def export(*posts: object, **tables: Any) -> str:
    data = {"posts": list(posts), "tags": [], "users": [], **tables}
    return json.dumps({"db": [{"meta": {"exported_on": 1, "version": "5.80.0"}, "data": data}]})


def read(source: str, *, site: str = SITE) -> Parsed:
    given = document(source)
    assert GHOST.recognises(given)
    return GHOST.read(given, Reading(NOW, base_url=site))


def entries(source: str, *, site: str = SITE) -> list[Entry | Rejected]:
    return list(read(source, site=site).entries)


def entry(*, site: str = SITE, tables: dict[str, Any] | None = None, **fields: Any) -> Entry:
    """The one entry of an export of one post with these fields."""
    (found,) = entries(export(post(**fields), **(tables or {})), site=site)
    assert isinstance(found, Entry), found
    return found


def of_tree(*nodes: dict[str, Any]) -> Entry:
    """The entry whose text is kept as a tree of these nodes."""
    return entry(html=None, lexical=json.dumps({"root": {"children": list(nodes), "type": "root"}}))


def body_of(*nodes: dict[str, Any]) -> str:
    return of_tree(*nodes).body


def run(text: str, marks: int = 0) -> dict[str, Any]:
    return {"type": "extended-text", "text": text, "format": marks}


def node(kind: str, *inside: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"type": kind, "children": list(inside), **fields}
