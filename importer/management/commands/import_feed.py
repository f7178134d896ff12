"""import_feed: the operator's command: feeds, exports and text dumps become posts, and a report says what became of each entry."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, TextIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser, OutputWrapper
from django.urls import reverse
from django.utils import timezone
from tqdm import tqdm

from importer import fetching
from importer.errors import ImportProblem, UsageProblem
from importer.formats import NAMES
from importer.media import bringing
from importer.options import Options, moment
from importer.pace import Pace
from importer.pace import in_words as in_words_left
from importer.pipeline import run_import
from importer.report import NOT_REACHED, USAGE, Report, SourceReport, in_words, writable, write
from importer.runs import planning
from importer.runs.planning import Plan
from importer.saying import one_line
from importer.stopping import Stop
from importer.storing import databases

LISTED = 50  # rejected entries and warnings that are printed; the report and the run hold all
SHOWN = 200  # characters of a title or a name in a line
FAILED = 1


class Command(BaseCommand):
    help = "Import posts from feeds (RSS, Atom, RDF, JSON Feed) and text dumps. Running it again is safe."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sources", nargs="*", metavar="SOURCE", help="a file, a folder, - or an address")
        add = parser.add_argument
        add("--apply", type=int, metavar="RUN", help="carry out the plan that a dry run kept, exactly")
        add("--format", default="auto", metavar="|".join(["auto", *NAMES]))
        add("--author", default="", metavar="NAME", help="byline where the source names nobody")
        add(
            "--status",
            default="",
            choices=["published", "draft", "review"],
            help="whatever the source says; without it, what the source says, else published",
        )
        add("--tag", action="append", default=[], metavar="NAME", help="put on every post; may be repeated")
        add("--base-url", default="", metavar="URL", help="what relative addresses are relative to")
        add("--media-dir", default="", metavar="DIR", help="where the pictures lie")
        add("--no-media", action="store_true", help="leave the pictures where they are")
        add("--dry-run", action="store_true", help="say what would be done and keep it as a plan")
        add("--strict", action="store_true", help="reject entries that would lose something")
        add(
            "--encoding",
            default="",
            metavar="NAME",
            help="how the source is encoded, where it is guessed wrong",
        )
        add("--report", default="", metavar="FILE.json", help="write a full report")
        add("--since", default="", metavar="DATE", help="leave out what was published before")
        add("--limit", type=int, metavar="N", help="take the first N entries of each source")
        add("--undated-from", default="", metavar="DATE", help="the moment of entries without a date")
        add(
            "--time-zone", default="", metavar="NAME", help="of the source's dates that name none; remembered"
        )
        add("--follow", action="store_true", help="of a web page, import the feeds that it names")
        add("--all", action="store_true", dest="all_pages", help="read the feed's archive too, to its end")
        add(
            "--from-page",
            default="",
            metavar="URL",
            help="with --all: where an earlier import stopped reading",
        )
        add("--poll", action="store_true", help="let poll_feeds ask the addresses again from now on")
        add(
            "--moved-here",
            action="store_true",
            help="the source is this blog's former self: its ids and addresses are kept",
        )

    def handle(self, *args: Any, **given: Any) -> None:
        self.open_streams()
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a character is no reason to fail
                stream.reconfigure(errors="backslashreplace")
        status = self.ended(given)
        if status:
            sys.exit(status)

    def open_streams(self) -> None:
        """What was closed before we began (a service, `>&-`) takes our words all the same."""
        for name in ("stdout", "stderr"):
            if getattr(sys, name) is None:
                setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
                setattr(self, name, OutputWrapper(getattr(sys, name)))

    def ended(self, given: dict[str, Any]) -> int:
        """The whole command, told in sentences; its exit status."""
        stop = Stop()
        try:
            with stop.listening():
                return self.imported(given, stop)
        except UsageProblem as problem:
            self.say(str(problem))
            return USAGE
        except ImportProblem as problem:
            self.say(str(problem))
            return FAILED
        except databases.DATABASE_ERRORS as problem:
            self.say(databases.sentence(problem))
            return FAILED
        except Exception as problem:
            if given.get("traceback"):
                raise
            self.say(
                f"The import failed in a way that nobody foresaw ({type(problem).__name__}). "
                "Run it again with --traceback to see where."
            )
            return FAILED

    def imported(self, given: dict[str, Any], stop: Stop) -> int:
        plan = plan_of(given)
        options = plan.options if plan else options_of(given)
        if options.poll:
            refuse_unless_addresses(plan.locations if plan else given["sources"])
        target = writable(given["report"]) if given["report"] else None
        report = run_import(
            plan.locations if plan else given["sources"],
            options,
            plan=plan,
            fetch=partial(fetching.fetch, allowed_hosts=settings.FETCH_ALLOWED_HOSTS),
            progress=progress_on(sys.stderr),
            stop=stop,
            ways=bringing.usual_ways(options.media_dir),
            shows_errors=bool(given.get("traceback")),
        )
        if target is not None:
            try:
                write(report, target)
            except OSError as problem:
                self.say(f"The report could not be written to {target}: {problem.strerror or problem}.")
        self.tell(report, options)
        return report.status()

    # -- telling ---------------------------------------------------------------------------------

    def say(self, sentence: str) -> None:
        """One line on stderr."""
        with suppress(OSError, ValueError):
            self.stderr.write(one_line(sentence), style_func=lambda text: text)

    def tell(self, report: Report, options: Options) -> None:
        if report.ended:
            self.say(report.ended)
        for source in report.sources:
            for line in troubles_of(source, report.ended):
                self.say(line)
        try:
            for line in summary_of(report, options):
                self.stdout.write(one_line(line))
            self.stdout.flush()
        except OSError:
            # Whoever read our words has gone, or their disk is full; Python would complain again when it closes the stream.
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def plan_of(given: dict[str, Any]) -> Plan | None:
    """The plan to be carried out; it brings its sources and its options, so that none stands beside it."""
    if given["apply"] is None:
        if not given["sources"]:
            raise UsageProblem("Name at least one source: a file, a folder, - or an address.")
        return None
    if given["sources"] or options_of(given) != Options():
        raise UsageProblem(
            "--apply carries out a plan as it was made: name no source and no option beside it but --report."
        )
    return planning.load(given["apply"])


def refuse_unless_addresses(locations: Sequence[str]) -> None:
    for location in locations:
        if not fetching.is_url(location):
            raise UsageProblem(
                f"--poll: “{location}” is no web address, and nothing else can be asked again."
            )


def options_of(given: dict[str, Any]) -> Options:
    zone = timezone.get_default_timezone()
    return Options(
        format=given["format"],
        author=" ".join(given["author"].split()),
        status=given["status"],
        tags=tuple(given["tag"]),
        base_url=given["base_url"],
        encoding=given["encoding"],
        media_dir=given["media_dir"],
        no_media=given["no_media"],
        dry_run=given["dry_run"],
        strict=given["strict"],
        since=moment(given["since"], "--since", zone) if given["since"] else None,
        limit=given["limit"],
        undated_from=moment(given["undated_from"], "--undated-from", zone) if given["undated_from"] else None,
        moved_here=given["moved_here"],
        time_zone=given["time_zone"],
        poll=given["poll"],
        follow=given["follow"],
        all_pages=given["all_pages"],
        from_page=given["from_page"].strip(),
    ).checked()


def progress_on(stream: TextIO) -> Callable[[str, int], Any]:
    """A bar for each piece of work with the time that its rest takes, on a terminal only; a count where no end is known."""

    @contextmanager
    def progress(what: str, total: int) -> Iterator[Callable[[int], object]]:
        shown, pace = stream.isatty() and total != 0, Pace(total)
        with tqdm(
            total=total if total > 0 else None,
            desc=one_line(what)[-60:],
            bar_format="{desc}: {percentage:3.0f}% |{bar}|{postfix}" if total > 0 else "{desc}: {n:,}",
            file=stream,
            disable=not shown,
            leave=False,
        ) as bar:

            def advance(units: int) -> None:
                pace.advance(units)
                bar.set_postfix_str(in_words_left(pace.left()), refresh=False)
                bar.update(units)

            yield advance if shown and total > 0 else bar.update

    return progress


# -- sentences -----------------------------------------------------------------------------------


def troubles_of(source: SourceReport, told: str) -> Iterator[str]:
    """Why a source was unusable, what was rejected, what to know of it. `told` has been said of the whole run."""
    if source.error and source.error != told:
        known = source.source in source.error
        yield source.error if known else f"{source.source}: {source.error}"
    rejected = [one for one in source.items if one.verdict == "rejected" and one.reason != NOT_REACHED]
    for item in rejected[:LISTED]:
        yield f"{source.source}: entry {item.position}, “{item.title[:SHOWN]}”, was rejected: {item.reason}"
    if len(rejected) > LISTED:
        yield f"{source.source}: {len(rejected) - LISTED} more entries were rejected; --report lists them all."
    if missed := sum(item.reason == NOT_REACHED for item in source.items):
        yield f"{source.source}: {missed} {'entry was' if missed == 1 else 'entries were'} not reached."
    for warning in source.warnings[:LISTED]:
        yield f"{source.source}: {warning}"


def summary_of(report: Report, options: Options) -> Iterator[str]:
    if len(report.sources) > 1:
        for source in report.sources:
            yield f"{one_line(source.source)}: {in_words(source.counts) or ('unusable' if source.error else '0 items')}"
    yield f"{'Planned: ' if report.dry_run else ''}{report.summary()}"
    for source in report.sources:
        if source.shape:
            yield f"{one_line(source.source)} was read as {source.shape}."
    yield from media_of(report, options)
    if notes := sum(bool(item.warnings) for source in report.sources for item in source.items):
        yield f"{notes} {'entry carries a note; the run has it' if notes == 1 else 'entries carry notes; the run lists them'}."
    if losses := sum(len(item.losses) for source in report.sources for item in source.items):
        what = (
            "1 thing could not be brought over as it was"
            if losses == 1
            else f"{losses} things could not be brought over as they were"
        )
        yield f"{what}; the run says what."
    if report.run is None:
        return
    yield f"The site: {settings.SITE_URL}/"
    yield f"This run: {settings.SITE_URL}{reverse('admin:importer_run_change', args=[report.run])}"
    if report.counts.total() and not report.dry_run:
        yield f"To undo it: {program()} undo_import {report.run}"
    if report.counts.total() and report.dry_run:
        yield f"To carry it out: {program()} import_feed --apply {report.run}"


def program() -> str:
    return os.path.basename(sys.argv[0]) or "manage.py"


def media_of(report: Report, options: Options) -> Iterator[str]:
    """What became of pictures and recordings."""
    counts = [source.media for source in report.sources if source.media]
    stored, reused, failed = (
        sum(getattr(one, name) for one in counts) for name in ("stored", "reused", "failed")
    )
    if not counts:
        if pictures := sum(source.pictures for source in report.sources):
            yield pictures_of(pictures, options)
        return
    listed = f"{settings.SITE_URL}{reverse('admin:importer_mediaitem_changelist')}?status__exact=failed"
    said = (
        (stored, "stored"),
        (reused, "was here already" if reused == 1 else "were here already"),
        (failed, f"could not be fetched (see {listed})"),
    )
    parts = [f"{number} {words}" for number, words in said if number]
    if parts:
        number, _, rest = parts[0].partition(" ")
        yield ", ".join([f"{number} {'picture' if number == '1' else 'pictures'} {rest}", *parts[1:]])


def pictures_of(number: int, options: Options) -> str:
    are = "1 picture is" if number == 1 else f"{number} pictures are"
    return f"{are} not stored here{'' if options.no_media else ' yet'}; the pages say where to see them."
