"""models: User who signs in, Author whom readers see."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Who signs in; may be linked to one Author."""

    author: Author

    # One of settings.LANGUAGES; empty: as the browser asks
    language = models.CharField(_("language of the desk"), max_length=10, blank=True)
    mail_submitted = models.BooleanField(_("a post is sent for review"), default=True)
    mail_own = models.BooleanField(_("a post of mine is returned, approved or published"), default=True)
    mail_comments = models.BooleanField(
        _("somebody comments on a post of mine, or in a thread where I wrote"), default=True
    )
    mail_responses = models.BooleanField(_("a comment of a reader waits under a post of mine"), default=True)

    class Meta(AbstractUser.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("username"),
                name="user_username_any_case",
                violation_error_message=_("A user with that name exists already."),
            )
        ]


class Author(models.Model):
    """Who readers see: name, address, life in a few lines, picture. May have no login, and is never made one by an import."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address"), max_length=200, unique=True)
    bio = models.TextField(
        _("bio"), blank=True, max_length=10_000, help_text=_("Plain text; addresses become links.")
    )
    bio_html = models.TextField(blank=True, editable=False)
    website = models.URLField(_("website"), max_length=500, blank=True)
    email = models.EmailField(
        _("email"), blank=True, help_text=_("Never shown. Imports use it to tell people of one name apart.")
    )
    picture = models.ImageField(_("picture"), upload_to="authors", blank=True)
    user = models.OneToOneField(
        User, models.SET_NULL, null=True, blank=True, related_name="author", verbose_name=_("user")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering: ClassVar = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("author", args=[self.slug])

    @property
    def initials(self) -> str:
        """One or two letters for the tint that stands where a picture is missing."""
        parts = [part for part in self.name.split() if part[0].isalnum()]
        return "".join(part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)).upper()


class AuthorAlias(models.Model):
    """A spelling under which an author is known to imports; one spelling means one author."""

    author = models.ForeignKey(Author, models.CASCADE, related_name="aliases")
    key = models.CharField(max_length=250, unique=True)

    class Meta:
        verbose_name = _("spelling of the name")
        verbose_name_plural = _("spellings of the name")

    def __str__(self) -> str:
        return self.key
