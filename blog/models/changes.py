"""changes: the unpublished changes of a live post, which people work on while readers go on seeing the live text."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from blog.models.post import Post


class Changes(models.Model):
    """At most one a post. The text itself is the revision numbered `revision`; it began from the live one numbered `began`."""

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="changes")
    began = models.PositiveIntegerField()
    revision = models.PositiveIntegerField()
    since = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # Once they are scheduled: when they take effect, who said so, and what readers are told of it
    at = models.DateTimeField(null=True, blank=True)
    scheduled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    correction = models.CharField(max_length=500, blank=True)
    trouble = models.CharField(max_length=300, blank=True)  # why they are not scheduled any more

    class Meta:
        verbose_name_plural = "changes"

    def __str__(self) -> str:
        return f"of {self.post_id}, from {self.began}"
