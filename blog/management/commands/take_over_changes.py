"""take_over_changes: make scheduled changes whose moment has come the posts' own; for cron. Readers need it not: they see them at their moment."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from blog import changes


class Command(BaseCommand):
    help = "Write scheduled changes that have appeared into their posts, as a revision each."

    def handle(self, *args: Any, **options: Any) -> None:
        number = changes.take_over_due()
        self.stdout.write(
            f"{number} {'post has' if number == 1 else 'posts have'} taken over scheduled changes."
        )
