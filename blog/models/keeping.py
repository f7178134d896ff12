"""keeping: what was typed at the desk and not saved yet, and who has a post open; no history, and nothing readers see."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from blog.models.post import Post


class UnsavedText(models.Model):
    """What one form held when it was last heard of. Each form that was opened has a key of its own, so that two tabs keep two texts."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=40)
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="+")  # null: never saved
    kind = models.CharField(max_length=10, choices=Post.Kind)
    base = models.PositiveIntegerField(null=True)  # the revision that the form began from
    state = models.JSONField()  # the form's fields as it would send them: [[name, value], …]
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-saved_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "key"], name="one_unsaved_text_a_form")
        ]
        indexes: ClassVar = [models.Index(fields=["user", "post"], name="unsaved_of_a_post")]

    def __str__(self) -> str:
        return f"unsaved, {self.saved_at:%Y-%m-%d %H:%M}"


class Presence(models.Model):
    """One browser tab that has a post open; heard of every quarter of a minute."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    tab = models.CharField(max_length=40)
    seen_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(default=timezone.now)  # when it was last asked whether the user may

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "user", "tab"], name="one_presence_a_tab")
        ]
        indexes: ClassVar = [models.Index(fields=["seen_at"], name="presence_by_moment")]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.post_id}"
