"""library: what is known of a stored picture beside itself: its smaller copies, the posts that show it, the names it had."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from blog.models.image import Image
from blog.models.post import Post


class Rendition(models.Model):
    """A smaller copy of a picture, for smaller screens. Its file's name is the picture's with the width behind it."""

    image = models.ForeignKey(Image, models.CASCADE, related_name="renditions")
    file = models.CharField(max_length=220, unique=True)  # name in the storage
    width = models.PositiveIntegerField()  # pixels
    height = models.PositiveIntegerField()  # pixels
    size = models.PositiveIntegerField()  # bytes

    class Meta:
        ordering: ClassVar = ["width"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["image", "width"], name="one_rendition_a_width")
        ]

    def __str__(self) -> str:
        return f"{self.image}, {self.width} pixels wide"


class Showing(models.Model):
    """A post whose text shows a picture; written by the verbs whenever the text is."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="showings")
    image = models.ForeignKey(Image, models.CASCADE, related_name="showings")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "image"], name="one_showing_a_post")]

    def __str__(self) -> str:
        return f"{self.image} in {self.post}"


class FormerFile(models.Model):
    """A name that a picture's file had before it was replaced: older states of a text still say it."""

    image = models.ForeignKey(Image, models.CASCADE, related_name="former_files")
    file = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.file
