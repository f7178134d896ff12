"""dismissal: what an editor has said needs no mending, so that nobody is asked again."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class Dismissal(models.Model):
    """One thing that is well as it is: a decorative picture, a post without a date, two tags that are different."""

    kind = models.CharField(max_length=20)  # of mending
    subject = models.CharField(max_length=200)  # what names the thing within its kind
    said = models.CharField(max_length=300, blank=True)  # the thing in words, for people
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "subject"], name="one_dismissal_a_subject")
        ]

    def __str__(self) -> str:
        return self.said or self.subject
