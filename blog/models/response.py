"""response: what readers say under a post; they are told “comment”, a word that the talk about drafts has here already."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.post import Post


class Response(models.Model):
    """Plain text, and the HTML made of it. Nothing is kept of where it came from: no address, no browser."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")
        SPAM = "spam", _("Spam")
        EMPTIED = "emptied", _("Deleted")  # an imported one, so that it does not come again

    post = models.ForeignKey(Post, models.CASCADE, related_name="responses", verbose_name=_("post"))
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replies", verbose_name=_("answers")
    )  # one level: a parent has none
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    name = models.CharField(_("name"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)  # never shown to readers
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(blank=True, editable=False)  # made of the text when it came
    at = models.DateTimeField(_("when"), null=True, default=timezone.now)  # null: imported without a date
    judged_at = models.DateTimeField(null=True, blank=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )  # who wrote it at the desk
    by_writers = models.BooleanField(default=False, editable=False)
    origin = models.CharField(max_length=64, blank=True, editable=False)  # digest of an imported one's name

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        default_permissions: ClassVar = ("view", "change", "delete")
        ordering: ClassVar = [models.F("at").asc(nulls_first=True), "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["post", "origin"], condition=~models.Q(origin=""), name="one_response_an_origin"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["post", "status", "at"], name="response_under_a_post"),
            models.Index(fields=["status", "-id"], name="response_waiting"),
            models.Index(fields=["email"], condition=~models.Q(email=""), name="response_by_email"),
        ]

    def __str__(self) -> str:
        """Without a word of it: this stands in logs that outlive it."""
        return f"{_('comment')} {self.pk}"
