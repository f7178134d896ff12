"""tag: what posts are about; one tag a key, whatever the case it was written in."""

from __future__ import annotations

import unicodedata
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from accounts.slugs import slug_of


def tag_key(name: str) -> str:
    """What makes two spellings one tag: compatibility-normalised, white space folded, case folded."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


class Tag(TagBase):  # type: ignore[misc]  # django-taggit ships no types
    """One subject. `name` is the spelling used most; `key` is what it is looked up by."""

    name = models.CharField(_("name"), max_length=100)
    key = models.CharField(max_length=200, unique=True, editable=False)
    slug = models.SlugField(_("address"), max_length=200, unique=True)
    description = models.TextField(
        _("description"), blank=True, max_length=10_000, help_text=_("Plain text; addresses become links.")
    )
    description_html = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return str(self.name)

    def slugify(self, tag: str, i: int | None = None) -> str:
        slug = slug_of(tag, signs=True)
        return slug if i is None else f"{slug}-{i + 1}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = tag_key(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("tag", args=[self.slug])


class TaggedPost(ItemBase):  # type: ignore[misc]  # django-taggit ships no types
    """One tag on one post, in the spelling it was written in there."""

    content_object = models.ForeignKey("blog.Post", models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings")
    position = models.PositiveSmallIntegerField(default=0)
    spelling = models.CharField(max_length=100)

    objects: ClassVar[models.Manager[TaggedPost]] = models.Manager()

    class Meta:
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="one_tag_once_a_post")
        ]

    def __str__(self) -> str:
        return self.spelling
