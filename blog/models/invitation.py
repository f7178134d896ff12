"""invitation: an editor's leave for one person to be an author who has no login yet, and to have the archive with it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import Author


class Invitation(models.Model):
    """Good once, until it expires or is taken back. Only the token's hash is kept."""

    author = models.ForeignKey(Author, models.CASCADE, related_name="invitations")
    token_sha256 = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)  # empty: for whoever has the link
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.author}, until {self.expires_at:%Y-%m-%d %H:%M}"

    @property
    def works(self) -> bool:
        return self.used_at is None and self.revoked_at is None and self.expires_at > timezone.now()
