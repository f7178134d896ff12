"""purge_trash: delete for good what has been in the trash, left unsaved, or refused, for 30 days; for cron, once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from blog import keeping, publishing, responses


class Command(BaseCommand):
    help = "Delete for good the posts and pages that have been in the trash for 30 days, comments refused and text left unsaved as long."

    def handle(self, *args: Any, **options: Any) -> None:
        purged = publishing.purge_expired_trash()
        self.stdout.write(f"{purged} {'post' if purged == 1 else 'posts'} deleted for good.")
        if refused := responses.forget_refused():
            self.stdout.write(
                f"{refused} refused {'comment' if refused == 1 else 'comments'} deleted for good."
            )
        if forgotten := keeping.forget_old():
            self.stdout.write(f"{forgotten} unsaved {'text' if forgotten == 1 else 'texts'} thrown away.")
