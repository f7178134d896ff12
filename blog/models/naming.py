"""naming: what a tag was called before it was merged into another."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from blog.models.tag import Tag


class TagAlias(models.Model):
    """A name that means another tag since an editor merged the two; posts and imports may go on using it."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="aliases")
    key = models.CharField(max_length=200, unique=True)  # tag_key
    name = models.CharField(max_length=100)  # as it was shown
    slug = models.SlugField(max_length=200)  # its address redirects
    description = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["key"]

    def __str__(self) -> str:
        return self.name
