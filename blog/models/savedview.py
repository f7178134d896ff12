"""savedview: a list of posts that somebody looks at often, under a name of its own."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class SavedView(models.Model):
    """The filters, search and order of the list of posts, as its address says them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    kind = models.CharField(max_length=10)  # of posts: whose list it is
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)  # without the question mark, its parts in order

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "kind", "name"], name="one_saved_view_a_name")
        ]

    def __str__(self) -> str:
        return self.name
