"""sitewide: what editors decide for the whole site; one row."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class SiteSettings(models.Model):
    """One row, its key always 1. Where it is missing, the fields' defaults hold."""

    class Responding(models.TextChoices):
        OFF = "off", _("Closed everywhere")
        CHOSEN = "chosen", _("Open on posts whose page at the desk says so")
        ALL = "all", _("Open on every post that is not closed by itself")

    require_alt = models.BooleanField(
        _("Publish no picture without an alternative text"),
        default=False,
        help_text=_(
            "A post is published only when each of its pictures says what it shows, or is marked as decorative."
        ),
    )

    responding = models.CharField(
        _("Comments of readers"),
        max_length=10,
        choices=Responding,
        default=Responding.OFF,
        help_text=_("Nothing is shown before an editor or the post’s author approves it."),
    )
    responding_days = models.PositiveSmallIntegerField(
        _("Days that comments stay open"),
        default=60,
        help_text=_("Counted from the post’s publication; 0: they stay open."),
    )

    class Meta:
        verbose_name = _("settings of the site")
        verbose_name_plural = _("settings of the site")
        default_permissions: ClassVar = ("view", "change")

    def __str__(self) -> str:
        return str(_("Settings of the site"))

    @classmethod
    def current(cls) -> Self:
        """The row as it stands; one query."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
