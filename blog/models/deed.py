"""deed: the log of who published or changed what; rows are added and never changed, and outlive whom and what they tell of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.post import Post


class NeverChanged(TypeError):
    """The log is only added to."""


class _AppendOnly(models.QuerySet["Deed"]):
    def update(self, **kwargs: Any) -> int:
        raise NeverChanged("The log is only added to.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise NeverChanged("The log is only added to.")

    def bulk_update(self, objs: Iterable[Deed], fields: Any, batch_size: int | None = None) -> int:
        raise NeverChanged("The log is only added to.")


class Deed(models.Model):
    """Who did what to what, and when. Links to post and user are plain numbers to the database: they may lead nowhere by
    now, so the title and the name that were true then stand beside them."""

    class What(models.TextChoices):
        """What it was done to."""

        POST = "post", _("post")
        PAGE = "page", _("page")
        AUTHOR = "author", _("author")
        TAG = "tag", _("tag")
        USER = "user", _("user")
        RUN = "run", _("import")

    verb = models.CharField(_("what was done"), max_length=30)  # one of blog.deeds.VERBS
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    user_name = models.CharField(_("who"), max_length=300, blank=True)
    what = models.CharField(_("to what"), max_length=10, choices=What, default=What.POST)
    post = models.ForeignKey(Post, models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    title = models.CharField(_("title"), max_length=500, blank=True)
    revision = models.PositiveIntegerField(_("revision"), null=True)
    was = models.CharField(max_length=10, blank=True)  # the post's status before
    became = models.CharField(max_length=10, blank=True)  # and after
    note = models.TextField(_("note"), blank=True)

    objects = _AppendOnly.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("log line")
        verbose_name_plural = _("log lines")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.verb} {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise NeverChanged("The log is only added to.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise NeverChanged("The log is only added to.")
