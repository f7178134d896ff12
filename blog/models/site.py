"""site: what holds the site together: its generation, navigation, redirects, and what search reads."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.models.post import Post


class SiteState(models.Model):
    """One row. `generation` rises with every change of a public page: kept pages carry it."""

    generation = models.BigIntegerField(default=1)
    changed_at = models.DateTimeField(null=True)  # when it rose last

    def __str__(self) -> str:
        return f"generation {self.generation}"


class NavigationLink(models.Model):
    """One link of the menu or of the footer, in an order that editors set."""

    class Place(models.TextChoices):
        MENU = "menu", gettext_lazy("Menu")
        FOOTER = "footer", gettext_lazy("Footer")

    place = models.CharField(gettext_lazy("place"), max_length=10, choices=Place, default=Place.MENU)
    position = models.PositiveSmallIntegerField(gettext_lazy("position"), default=0)
    label = models.CharField(
        gettext_lazy("label"), max_length=60, blank=True, help_text=gettext_lazy("Empty: the page's title.")
    )
    page = models.ForeignKey(
        Post,
        models.CASCADE,
        null=True,
        blank=True,
        limit_choices_to={"kind": "page"},
        related_name="+",
        verbose_name=gettext_lazy("page"),
    )
    address = models.CharField(
        gettext_lazy("address"),
        max_length=500,
        blank=True,
        help_text=gettext_lazy("Instead of a page: /tags/ or https://example.org/"),
    )

    class Meta:
        verbose_name = gettext_lazy("navigation link")
        verbose_name_plural = gettext_lazy("navigation links")
        ordering: ClassVar = ["place", "position", "id"]

    def __str__(self) -> str:
        return self.label or (self.page.title if self.page else self.address)

    def clean(self) -> None:
        if bool(self.page_id) == bool(self.address):
            raise ValidationError(_("Choose a page or give an address, one of the two."))
        if self.address and not (
            self.address.startswith(("https://", "http://", "mailto:"))
            or (self.address.startswith("/") and not self.address.startswith(("//", "/\\")))
        ):
            raise ValidationError(
                {"address": _("Write an address of this site (/tags/) or one that begins with https://.")}
            )
        if self.address and not self.label:
            raise ValidationError({"label": _("A link that is no page needs a label.")})


class Redirect(models.Model):
    """An old address of this site and what stands for it now. An address that redirects is never given to another post."""

    path = models.CharField(
        gettext_lazy("old address"), max_length=1000, unique=True
    )  # begins with /, percent-encoded, with query where it mattered
    post = models.ForeignKey(
        Post,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="redirects",
        verbose_name=gettext_lazy("post"),
    )
    address = models.CharField(
        gettext_lazy("leads to"), max_length=1000, blank=True
    )  # where it leads when it leads to no post
    created_at = models.DateTimeField(gettext_lazy("since"), auto_now_add=True)

    class Meta:
        verbose_name = gettext_lazy("redirect")
        verbose_name_plural = gettext_lazy("redirects")
        ordering: ClassVar = ["path"]

    def __str__(self) -> str:
        return self.path


class SearchDocument(models.Model):
    """What search reads of one post. Postgres adds a weighted tsvector, SQLite an FTS5 table of stems (see migrations)."""

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="search_document")
    title = models.TextField()
    names = models.TextField(blank=True)
    tags = models.TextField(blank=True)
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title
