"""hub: what the WebSub hub was told."""

from __future__ import annotations

from django.db import models


class HubNotice(models.Model):
    """One row: which version of the site the WebSub hub was told of (see `blog.hub`)."""

    told = models.CharField(max_length=80, blank=True)  # a version's name
    told_at = models.DateTimeField(null=True)  # when that version was looked at
    failures = models.PositiveIntegerField(default=0)  # in a row
    next_try = models.DateTimeField(null=True)  # after a failure

    def __str__(self) -> str:
        return f"told of {self.told or 'nothing'}"
