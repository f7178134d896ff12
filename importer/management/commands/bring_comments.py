"""bring_comments: puts under their posts the comments that imports before this release kept with their entries."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from blog.publishing import one_transaction
from importer.models import ImportedEntry
from importer.storing import responding

CHUNK = 100


class Command(BaseCommand):
    help = "Show the comments that imports have kept so far. A second run brings nothing new."

    def handle(self, *args: Any, **options: Any) -> None:
        came = posts = 0
        waiting = ImportedEntry.objects.filter(post__isnull=False, shared=False).order_by("pk")
        for row in waiting.only("post_id", "source_id", "shared", "entry").iterator(CHUNK):
            if not row.entry.get("comments"):
                continue
            with one_transaction():
                number = responding.known_of(row)
            came, posts = came + number, posts + bool(number)
        self.stdout.write(
            f"{came} {'comment' if came == 1 else 'comments'} came under {posts} {'post' if posts == 1 else 'posts'}."
        )
