"""counting: how much is left to mend on the whole site: counted once and kept until something of it can have changed."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db.models import Aggregate, Count, Max, Q, QuerySet, Subquery, Value

from blog.models import Dismissal, Image, Post, Revision, SiteState, Tag
from importer.identity import sha256
from importer.mending.looking import wants
from importer.mending.scope import Scope
from importer.models import AuthorMapping, ImportedEntry, MediaItem

KEPT = 3600  # seconds; what moves by the clock alone changes no count


def left() -> int:
    """Rows of the site's mend list. One query; the list itself is read only after a change."""
    key = f"mending-left-{fingerprint()}"
    found = cache.get(key)
    if found is None:
        found = len(wants(Scope()))
        cache.set(key, found, KEPT)
    return int(found)


def fingerprint() -> str:
    """Another one as soon as a row was written that the list is made of; every change of a post is a revision."""
    asked: list[tuple[QuerySet[Any], Aggregate]] = [
        (Revision.objects.all(), Max("pk")),
        (Post.everything.all(), Count("pk")),
        (Dismissal.objects.all(), Max("pk")),
        (Dismissal.objects.all(), Count("pk")),
        (MediaItem.objects.all(), Max("updated_at")),
        (MediaItem.objects.all(), Count("pk")),
        (AuthorMapping.objects.filter(proposed=True), Count("pk")),
        (ImportedEntry.objects.all(), Max("updated_at")),
        (ImportedEntry.objects.all(), Count("pk")),
        (Tag.objects.all(), Max("pk")),
        (Tag.objects.all(), Count("pk")),
        (Image.objects.filter(Q(decorative=True) | ~Q(alt="")), Count("pk")),
    ]
    each = [Subquery(one(rows, what)) for rows, what in asked]
    return sha256(repr(SiteState.objects.filter(pk=1).values_list(*each).first()))


def one(rows: QuerySet[Any], what: Aggregate) -> QuerySet[Any, Any]:
    """One number about all of these rows, as a part of a larger question."""
    together = rows.order_by().annotate(together=Value(1)).values("together")
    asked: QuerySet[Any, Any] = together.annotate(said=what).values("said")
    return asked
