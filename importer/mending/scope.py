"""scope: which posts are looked at: the whole site's, one import's or one source's."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from blog.models import Post
from importer.models import ImportedEntry, Run, RunEntry, Source


@dataclass(frozen=True, slots=True)
class Scope:
    """Nothing named: the whole site."""

    run: Run | None = None
    source: Source | None = None

    @property
    def query(self) -> str:
        """The end of the list's address."""
        if self.run is not None:
            return f"?run={self.run.pk}"
        return f"?source={self.source.pk}" if self.source is not None else ""

    def posts(self) -> QuerySet[Post]:
        """What is not in the trash, pages too."""
        found = Post.everything.filter(trashed_at__isnull=True)
        if self.run is not None:
            rows = RunEntry.objects.filter(run=self.run, post__isnull=False)
            return found.filter(pk__in=rows.values("post"))
        if self.source is not None:
            entries = ImportedEntry.objects.filter(source=self.source, shared=False, post__isnull=False)
            return found.filter(pk__in=entries.values("post"))
        return found

    def within(self, where: str) -> Q:
        """The same as a condition on rows that lead to posts by way of `where`."""
        if self.run is None and self.source is None:
            return Q(**{f"{where}__isnull": False, f"{where}__trashed_at__isnull": True})
        return Q(**{f"{where}__in": self.posts().values("pk")})
