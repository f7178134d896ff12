"""review: what editors said of a post before it is published: that it is approved, and in which words."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from blog.models.post import Post


class Approval(models.Model):
    """An editor's yes to one text. It stands while the text says what was approved, or what the approver made of it."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="approval")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)  # of the content that was approved

    def __str__(self) -> str:
        return f"revision {self.revision} by {self.user}"
