"""apps: accounts applies the table of roles after every migrate."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        from accounts.roles import apply_roles

        # No sender: permission rows of each app exist only after its own turn.
        post_migrate.connect(apply_roles, dispatch_uid="accounts.roles")
