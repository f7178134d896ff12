"""purge_trash: delete for good what has been in the trash, or left unsaved, for 30 days; for cron, once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from blog import keeping, publishing


class Command(BaseCommand):
    help = "Delete for good the posts and pages that have been in the trash for 30 days, and text left unsaved as long."

    def handle(self, *args: Any, **options: Any) -> None:
        purged = publishing.purge_expired_trash()
        self.stdout.write(f"{purged} {'post' if purged == 1 else 'posts'} deleted for good.")
        if forgotten := keeping.forget_old():
            self.stdout.write(f"{forgotten} unsaved {'text' if forgotten == 1 else 'texts'} thrown away.")
