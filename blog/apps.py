"""apps: blog, the posts and everything readers see of them."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class BlogConfig(AppConfig):
    name = "blog"
    verbose_name = _("The blog")

    def ready(self) -> None:
        from blog import watching

        connection_created.connect(quicken, dispatch_uid="long texts")
        watching.begin()


def quicken(connection: BaseDatabaseWrapper, **given: object) -> None:
    """A new connection to Postgres writes lists of long texts our way."""
    if connection.vendor == "postgresql":
        from blog.longtexts import LongTexts

        connection.connection.adapters.register_dumper(list, LongTexts)
