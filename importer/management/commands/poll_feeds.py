"""poll_feeds: asks every source that is due again, once or for ever, and says only what is new."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from random import SystemRandom
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection
from django.utils import timezone

from blog import hub
from importer.media import bringing
from importer.models import Source
from importer.polling import alarms, asking
from importer.polling.asking import Outcome
from importer.polling.timing import Tally
from importer.report import USAGE, MediaCount
from importer.saying import one_line
from importer.stopping import Interrupted, Stop
from importer.storing import databases
from importer.storing.databases import DATABASE_ERRORS, DatabaseUnusable

CHANCE = SystemRandom()
LONGEST_SLEEP = 60  # seconds after which whoever was marked as due is seen


class Command(BaseCommand):
    help = "Ask the sources that are polled whether they have something new. Runs until it is stopped, or --once from cron."

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("--once", action="store_true", help="ask those whose turn it is, and end")
        add("--source", type=int, action="append", default=[], metavar="ID", help="ask this one now, and end")
        add("--alive", default="", metavar="FILE", help="touch it at every turn, for a health check")

    def handle(self, *args: Any, **given: Any) -> None:
        stop = Stop()
        self.alive: Path | None = Path(given["alive"]) if given["alive"] else None
        with stop.listening():
            ends = bool(given["once"] or given["source"])
            status = self.one_round(given["source"], stop) if ends else self.rounds(stop)
        if status:
            sys.exit(status)

    # -- asking ----------------------------------------------------------------------------------

    def one_round(self, only: Sequence[int], stop: Stop) -> int:
        """A round with its summary; its exit status."""
        try:
            databases.check()
            if unknown := unknown_sources(only):
                self.say(
                    f"--source: there is no source {unknown[0]} that has an address; the desk lists them."
                )
                return USAGE
            outcomes = list(self.asked(only, stop))
            if not only:
                self.bring_media(stop)
                self.tell_hub()
        except (DatabaseUnusable, *DATABASE_ERRORS) as problem:
            self.say(databases.sentence(problem))
            return 1
        tally = tally_of(outcomes)
        self.stdout.write(summary_of(outcomes, tally))
        return 128 + stop.asked if stop.asked else tally.status()

    def rounds(self, stop: Stop) -> int:
        """Round after round until a signal comes, which is how this is meant to end."""
        lost = ""
        while not stop.asked:
            close_old_connections()
            try:
                databases.check()
                for _ in self.asked((), stop):
                    pass
                self.bring_media(stop)
                self.tell_hub()
                pause, lost = until_the_next(), ""
            except (DatabaseUnusable, *DATABASE_ERRORS) as problem:
                sentence = databases.sentence(problem)
                if sentence != lost:
                    self.say(sentence)
                connection.close()
                pause, lost = LONGEST_SLEEP, sentence
            self.touch()
            with suppress(Interrupted), stop.may_break():
                time.sleep(pause)
        return 0

    def asked(self, only: Sequence[int], stop: Stop) -> Iterator[Outcome]:
        """Each source whose turn it is; a signal waits for the one in hand."""
        for number in asking.due(timezone.now(), only):
            if stop.asked:
                return
            self.touch()
            outcome = asking.ask(number, clock=timezone.now, chance=CHANCE.random(), at_once=bool(only))
            if outcome is None:
                if only:
                    self.say(f"Source {number} is being asked by another poller just now.")
                continue
            self.tell(outcome)
            yield outcome

    def bring_media(self, stop: Stop) -> None:
        """Pictures and recordings that an earlier fetch or an import at the desk left behind."""
        count = MediaCount()
        with suppress(Interrupted):
            bringing.bring_in(bringing.left_behind(), bringing.usual_ways(""), check=stop.check, count=count)
        if brought := count.stored + count.reused:
            with suppress(OSError, ValueError):
                what = (
                    "1 picture or recording that was still missing is here now."
                    if brought == 1
                    else f"{brought} pictures or recordings that were still missing are here now."
                )
                self.stdout.write(what)

    def tell_hub(self) -> None:
        """What has changed here since the hub was told; that it failed is said, and fails nothing."""
        for sentence in hub.sentences(hub.tell()):
            self.say(sentence)

    def touch(self) -> None:
        if self.alive is not None:
            with suppress(OSError):  # whoever looks at it will find that nothing is alive
                self.alive.touch()

    # -- telling ---------------------------------------------------------------------------------

    def tell(self, outcome: Outcome) -> None:
        name = str(outcome.source)
        for sentence in outcome.news:
            self.say(f"{name}: {sentence}")
        if outcome.back:
            self.say(f"{name}: It can be read again.")
        if trouble := alarms.raise_alarm(outcome):
            self.say(trouble)
        if outcome.brought:
            with suppress(OSError, ValueError):
                self.stdout.write(one_line(f"{name}: {outcome.brought}"))

    def say(self, sentence: str) -> None:
        """One line on stderr."""
        with suppress(OSError, ValueError):
            self.stderr.write(one_line(sentence), style_func=lambda text: text)


def unknown_sources(numbers: Sequence[int]) -> list[int]:
    known = set(Source.objects.filter(fetched=True, pk__in=numbers).values_list("pk", flat=True))
    return [number for number in numbers if number not in known]


def until_the_next() -> float:
    """Seconds until some source is due, at most a minute: one may be marked as due meanwhile."""
    now = timezone.now()
    rows = Source.objects.filter(fetched=True, poll=True, gone=None, next_poll__gt=now)
    first = rows.order_by("next_poll").values_list("next_poll", flat=True).first()
    if first is None:
        return LONGEST_SLEEP
    return min(max((first - now).total_seconds(), 1), LONGEST_SLEEP)


def tally_of(outcomes: Sequence[Outcome]) -> Tally:
    return Tally(
        asked=len(outcomes),
        failed=sum(one.failed for one in outcomes),
        known=sum(one.known for one in outcomes),
        broke=sum(one.broke for one in outcomes),
        rejected=sum(one.rejected for one in outcomes),
    )


def summary_of(outcomes: Sequence[Outcome], tally: Tally) -> str:
    brought = sum(bool(one.brought) for one in outcomes)
    said = f"{tally.asked} {'source' if tally.asked == 1 else 'sources'} asked"
    return (
        f"{said}: {brought} with something new, {tally.failed} failed" if tally.asked else "No source is due."
    )
