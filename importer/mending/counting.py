"""counting: how much is left to mend on the whole site: counted once and kept until something of it can have changed."""

from __future__ import annotations

from django.core.cache import cache
from django.db.models import Count, Max

from blog.models import Dismissal, Image, Post, Revision, Tag
from importer.identity import sha256
from importer.mending.looking import wants
from importer.mending.scope import Scope
from importer.models import AuthorMapping, ImportedEntry, MediaItem

KEPT = 3600  # seconds; what moves by the clock alone changes no count


def left() -> int:
    """Rows of the site's mend list. A handful of short queries; the list itself is read only after a change."""
    key = f"mending-left-{fingerprint()}"
    found = cache.get(key)
    if found is None:
        found = len(wants(Scope()))
        cache.set(key, found, KEPT)
    return int(found)


def fingerprint() -> str:
    """Another one as soon as a row was written that the list is made of; every change of a post is a revision."""
    asked: list[dict[str, object]] = [
        Revision.objects.aggregate(last=Max("pk")),
        Post.everything.aggregate(number=Count("pk")),
        Dismissal.objects.aggregate(number=Count("pk"), last=Max("pk")),
        MediaItem.objects.aggregate(number=Count("pk"), last=Max("updated_at")),
        AuthorMapping.objects.filter(proposed=True).aggregate(number=Count("pk")),
        ImportedEntry.objects.aggregate(number=Count("pk"), last=Max("updated_at")),
        Tag.objects.aggregate(number=Count("pk"), last=Max("pk")),
        Image.objects.exclude(alt="").aggregate(number=Count("pk")),
    ]
    return sha256(repr([list(one.values()) for one in asked]))
