"""image: one stored picture, decoded and written anew, known by its content."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Image(models.Model):
    """A picture of ours. The file's name is made from its content; the name it came with is kept as text only."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("photographs")
        DRAWING = "drawing", _("drawings and screenshots")
        MOVING = "moving", _("moving pictures")

    file = models.ImageField(upload_to="images", width_field="width", height_field="height", max_length=200)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)  # of the stored bytes
    width = models.PositiveIntegerField(editable=False, default=0)  # pixels
    height = models.PositiveIntegerField(editable=False, default=0)  # pixels
    size = models.PositiveIntegerField(editable=False, default=0)  # bytes
    alt = models.CharField(
        _("alt text"),
        max_length=500,
        blank=True,
        help_text=_("What the picture shows, for those who can't see it."),
    )
    decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("It says nothing that the text does not: no words are wanted."),
    )
    kind = models.CharField(max_length=10, choices=Kind, blank=True, editable=False)  # "": not looked at yet
    widths = models.JSONField(null=True, editable=False)  # of its renditions, rising; null: not made yet
    original_name = models.CharField(max_length=200, blank=True, editable=False)
    source_url = models.URLField(max_length=2000, blank=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.alt or self.original_name or self.sha256[:12]
