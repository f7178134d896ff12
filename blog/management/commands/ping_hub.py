"""ping_hub: tell the WebSub hub which feeds have changed; for cron, where no poller runs."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from blog import hub


class Command(BaseCommand):
    help = "Tell the hub named in WEBSUB_HUB which feeds have changed since it was told last."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.WEBSUB_HUB:
            self.stderr.write("No hub is named: give its address in WEBSUB_HUB.")
            sys.exit(2)
        told = hub.tell()
        for sentence in hub.sentences(told):
            self.stderr.write(sentence)
        if told.problem:
            sys.exit(1)
