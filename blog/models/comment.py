"""comment: what is said of a draft, by paragraph: threads on a post, and the comments in them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from blog.models.post import Post, PreviewLink


class Thread(models.Model):
    """What is said of one paragraph. It is found again by the paragraph's words when the text moves; `passage` follows the
    text with every save, `quote` stays what was commented on."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="threads")
    number = models.PositiveIntegerField()  # of the paragraph, when it was last found
    passage = models.TextField()
    quote = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["number", "id"]

    def __str__(self) -> str:
        return self.quote


class Comment(models.Model):
    """Plain text by a user of the desk, or by somebody from outside who holds a link that lets them."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="comments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    link = models.ForeignKey(PreviewLink, models.SET_NULL, null=True, related_name="comments")
    from_outside = models.BooleanField(default=False)
    name = models.CharField(max_length=80)  # of the user as it was then, or as the reader wrote it
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:40]}"
