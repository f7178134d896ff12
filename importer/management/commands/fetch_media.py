"""fetch_media: pictures and recordings that imported posts lack are fetched, stored here and shown from here."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from importer.media import bringing
from importer.models import MediaItem, Run
from importer.report import MediaCount
from importer.saying import one_line
from importer.stopping import Interrupted, Stop
from importer.storing import databases

LISTED = 50
DONE, FAILED, USAGE, SOME = 0, 1, 2, 3


class Command(BaseCommand):
    help = "Fetch the pictures and recordings that imported posts lack. Running it again is safe."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--run", type=int, metavar="N", help="of this import alone, due or not")
        parser.add_argument("--media-dir", default="", metavar="DIR", help="where the pictures lie")

    def handle(self, *args: Any, **given: Any) -> None:
        status = self.ended(given["run"], given["media_dir"])
        if status:
            sys.exit(status)

    def ended(self, number: int | None, folder: str) -> int:
        stop, count = Stop(), MediaCount()
        try:
            databases.check()
            run = Run.objects.filter(pk=number).first() if number else None
            if number is not None and run is None:
                return self.refused(f"There is no import {number}. The desk lists them all under “Runs”.")
            if folder and not Path(folder).is_dir():
                return self.refused(
                    f"--media-dir: “{folder}” is no folder; name the one that holds the pictures."
                )
            items = bringing.waiting(run=run, now=run is not None)
            with stop.listening():
                bringing.bring_in(items, bringing.usual_ways(folder), run=run, check=stop.check, count=count)
        except Interrupted as end:
            self.say("It was interrupted; what was fetched is kept, and the same command does the rest.")
            return 128 + end.number
        except databases.DatabaseUnusable as problem:
            self.say(str(problem))
            return FAILED
        except databases.DATABASE_ERRORS as problem:
            self.say(databases.sentence(problem))
            return FAILED
        self.tell(count)
        return SOME if count.failed else DONE

    def refused(self, sentence: str) -> int:
        self.say(sentence)
        return USAGE

    def say(self, sentence: str) -> None:
        self.stderr.write(one_line(sentence), style_func=lambda text: text)

    def tell(self, count: MediaCount) -> None:
        failed = (
            MediaItem.objects.filter(status__in=("failed", "dead"))
            .exclude(last_error="")
            .order_by("-updated_at")
        )
        for item in failed[: min(count.failed, LISTED)]:
            self.say(f"{item.imported}: {item.last_error}")
        self.stdout.write(
            f"{count.stored} stored, {count.reused} were here already, {count.failed} could not be fetched."
            if count.found
            else "There is nothing to fetch."
        )
