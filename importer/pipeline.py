"""pipeline: the whole import on one screen; calls things in order and decides nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from importer import fetching
from importer.documents.bundles import Members
from importer.entry import Parsed, RawDocument
from importer.errors import SourceUnusable
from importer.formats.advertised import WebPage
from importer.formats.base import Reading
from importer.links import joining, moving
from importer.media import bringing
from importer.media.fetching import Ways
from importer.models import Run, Source
from importer.options import Options
from importer.preparing.surveying import look_over, work_of
from importer.reading import choosing
from importer.reading.sources import read
from importer.report import NOT_REACHED, MediaCount, Report, SourceReport
from importer.runs import planning, recording
from importer.runs.planning import Plan
from importer.stopping import Interrupted, Stop
from importer.storing import databases, restoring, sourcing
from importer.storing.chunks import Arrival, Way, carry, rejected
from importer.storing.databases import DATABASE_ERRORS, DatabaseUnusable
from importer.storing.knowing import Candidate

logger = logging.getLogger(__name__)

UNKNOWN = -1  # how many there are to come
CHUNK = 100  # entries
CHUNK_CHARACTERS = 1_000_000  # of text: a dozen forms of it are in memory at once
Fetch = Callable[[str], RawDocument]
Progress = Callable[[str, int], AbstractContextManager[Callable[[int], object]]]


def quiet(location: str, total: int) -> AbstractContextManager[Callable[[int], object]]:
    return nullcontext(lambda number: None)


@dataclass(slots=True)
class Job:
    """What the sources of one run share."""

    options: Options
    run: Run
    report: Report
    started: datetime
    fetch: Fetch
    progress: Progress
    stop: Stop
    shows_errors: bool  # raise what nobody foresaw instead of telling it in a sentence
    plan: Plan | None = None  # what is carried out, and nothing else
    known: Source | None = None  # a poll knows whom it asked
    before: int = 0  # entries of earlier sources: undated ones keep their order through the whole run
    ways: Ways | None = None  # to pictures and recordings; None: they are listed, not fetched
    brought: list[tuple[Source, SourceReport, Members | None]] = field(default_factory=list)
    ahead: dict[str, RawDocument] = field(
        default_factory=dict
    )  # feeds of a web page that were read to choose among them
    found: list[str] = field(default_factory=list)  # feeds of a web page that are still to come


def run_import(
    locations: Sequence[str],
    options: Options,
    *,
    fetch: Fetch = fetching.fetch,
    clock: Callable[[], datetime] = timezone.now,
    progress: Progress = quiet,
    stop: Stop | None = None,
    shows_errors: bool = False,
    plan: Plan | None = None,
    user: User | None = None,
    known: Source | None = None,
    ways: Ways | None = None,
) -> Report:
    """Import every source, one after the other. Raises UsageProblem; everything else is told in the report.

    With a `plan`, its documents take the place of the sources', and an entry is carried out as it was planned or not at all.
    A `known` source is what the one location is, whatever its document says of itself.
    """
    options.checked()
    started, report = clock(), Report(dry_run=options.dry_run)
    try:
        databases.check()
        databases.quicken()
        named = [fetching.named(location) for location in locations]
        run = recording.begin(named, options, started, plan=plan.run if plan else None, user=user)
    except (DatabaseUnusable, *DATABASE_ERRORS) as problem:
        report.ended = databases.sentence(problem)
        report.sources = [
            SourceReport(fetching.named(location), error=report.ended) for location in locations
        ]
        return report
    report.run = run.pk
    fetch = planning.fetching_of(plan, fetch) if plan else fetch
    job = Job(
        options, run, report, started, fetch, progress, stop or Stop(), shows_errors, plan, known, ways=ways
    )
    for location in plan.locations if plan else expanded(locations, report):
        one = SourceReport(fetching.named(location))
        report.sources.append(one)
        import_source(location, one, job)
        while job.found:
            report.sources.append(SourceReport(fetching.named(job.found[0])))
            import_source(job.found.pop(0), report.sources[-1], job, may_follow=False)
    join(job)
    bring_media(job)
    with suppress(*DATABASE_ERRORS):
        moving.lead_pictures(source for source, _, _ in job.brought)
    report.interrupted_by = job.stop.asked
    report.seconds = (clock() - started).total_seconds()
    with suppress(*DATABASE_ERRORS):  # one that went away meanwhile has had its sentence
        recording.finish(run, report, clock())
    return report


def join(job: Job) -> None:
    """What has come is linked to what is here; the posts are in already, whatever becomes of this."""
    if job.options.dry_run or job.report.ended:
        return
    try:
        joining.join(job.run)
    except Exception as problem:
        if job.shows_errors:
            raise
        logger.debug("Links between posts could not be made ours", exc_info=True)
        if isinstance(problem, DATABASE_ERRORS):
            job.report.ended = databases.sentence(problem)


def expanded(locations: Sequence[str], report: Report) -> Iterator[str]:
    """Every single source; a folder is its files."""
    for location in locations:
        try:
            found = fetching.sources(location)
        except SourceUnusable as problem:
            report.sources.append(SourceReport(location, error=str(problem)))
        else:
            yield from found


def import_source(location: str, one: SourceReport, job: Job, *, may_follow: bool = True) -> None:
    """One source; what it does costs it alone, but for an interrupt and a lost database, which end the run."""
    if job.report.ended:
        one.error = job.report.ended
        return
    try:
        if job.options.follow and may_follow and not job.plan and fetching.is_url(location):
            location = followed(location, one, job)
        steps(location, one, job)
    except Interrupted:
        job.report.ended = (
            "The import was interrupted; what was finished is whole, and the same command does the rest."
        )
    except SourceUnusable as problem:
        one.error = str(problem)
        if isinstance(problem, WebPage) and fetching.is_url(location) and problem.feeds:
            one.feeds, one.error = problem.feeds, f"{problem} --follow does that."
    except (DatabaseUnusable, *DATABASE_ERRORS) as problem:
        one.error = job.report.ended = databases.sentence(problem)
    except Exception as problem:
        if job.shows_errors:
            raise
        logger.debug("A source could not be imported", exc_info=True)
        one.error = databases.unforeseen(problem)
    if one.error and not job.report.ended:
        with suppress(*DATABASE_ERRORS):
            sourcing.failed(one.source, one.error, job.known)


def followed(location: str, one: SourceReport, job: Job) -> str:
    """Where the source really is: of a web page, the first of its feeds to be imported; the others come after it."""
    reading = Reading(job.started, job.options.base_url, job.options.time_zone or settings.TIME_ZONE)
    plain = replace(job.options, all_pages=False)

    def parsed(url: str) -> Parsed:
        with job.stop.may_break():
            job.ahead[url] = job.fetch(url)
            return read(job.ahead[url], plain, reading, job.fetch).parsed

    try:
        parsed(location)
    except WebPage as page:
        chosen = choosing.choose(page.feeds, parsed)
        one.source, *job.found = (fetching.named(url) for url in chosen.urls)
        one.warnings.append(chosen.sentence(fetching.named(location)))
        job.ahead = {url: raw for url, raw in job.ahead.items() if url in chosen.urls}
        return chosen.urls[0]
    return location


def steps(location: str, one: SourceReport, job: Job) -> None:
    """The steps of one source's import, in order."""
    options = job.options
    pages = planning.pages_of(job.plan, location) if job.plan else job.fetch
    progress = job.progress if options.all_pages else quiet
    with job.stop.may_break(), progress(f"pages of {one.source}", UNKNOWN) as advance:
        raw = job.ahead.pop(location, None) or job.fetch(location)
        zone = options.time_zone or sourcing.zone_at(location) or settings.TIME_ZONE
        reading = Reading(job.started, options.base_url, zone)
        found = read(raw, options, reading, pages, check=job.stop.check, advance=advance)
        document, parsed = found.document, found.parsed
        one.describe(document, parsed)
        one.pages, one.unfinished = 1 + len(found.pages), found.unfinished
        source = job.known or sourcing.find(document, parsed.about)
        options = moving.as_marked(options, source)
        with job.progress(f"entries of {one.source} looked over", UNKNOWN) as advance:
            survey = look_over(parsed, options, sourcing.memory(source), advance)
        one.warnings += survey.warnings
    moment = options.undated_from or (job.plan.run.started if job.plan else job.started)
    if options.dry_run:
        planning.keep(job.run, one.source, raw)
        for address, page in found.pages:
            planning.keep(job.run, one.source, page, address)
    else:
        source = sourcing.find_or_make(document, parsed, survey.context.rule, job.run, job.known)
        moving.mark(source, options, job.run)
        if parsed.tables is not None:
            restoring.before(parsed.tables, raw.members, job.run)
        if job.known is None:
            sourcing.keep_wishes(source, options, job.started)
        if survey.undated:
            moment = sourcing.first_seen(source, document, moment, stated=options.undated_from is not None)
    way = Way(survey.context, job.run, source, one.source, job.shows_errors, job.plan, survey.names)
    carry_all(survey.arrivals(moment, job.before), way, one, job, survey.work)
    job.before += survey.total
    if source is not None and not options.dry_run:
        moving.leave_redirects(source, parsed.places, job.run)
        if parsed.tables is not None:
            restoring.after(parsed.tables)
        sourcing.succeeded(source, job.started, one.rejections())
        job.brought.append((source, one, raw.members))


def bring_media(job: Job) -> None:
    """What the posts show is stored here once all text is in; the posts stay, whatever becomes of this."""
    if job.ways is None or job.options.no_media or job.report.ended:
        return
    try:
        for source, one, members in job.brought:
            items, one.media = bringing.waiting(source=source), MediaCount()
            with job.progress(f"pictures of {one.source}", items.count()) as advance:
                bringing.bring_in(
                    items,
                    job.ways.with_members(members),
                    run=job.run,
                    check=job.stop.check,
                    advance=advance,
                    count=one.media,
                )
    except Interrupted:
        job.report.ended = "The import was interrupted; the texts are in, and the same command brings the rest of the pictures."
    except Exception as problem:
        if job.shows_errors:
            raise
        logger.debug("Pictures could not be brought in", exc_info=True)
        job.report.ended = (
            databases.sentence(problem)
            if isinstance(problem, DATABASE_ERRORS)
            else databases.unforeseen(problem)
        )


def chunks(arrivals: Iterator[Arrival]) -> Iterator[list[Arrival]]:
    """The arrivals, a chunk at a time: so many, or fewer long ones."""
    chunk: list[Arrival] = []
    characters = 0
    for arrival in arrivals:
        chunk.append(arrival)
        characters += len(arrival.entry.body) if isinstance(arrival, Candidate) else 0
        if len(chunk) == CHUNK or characters >= CHUNK_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


def carry_all(arrivals: Iterator[Arrival], way: Way, one: SourceReport, job: Job, work: int) -> None:
    """Chunk by chunk. An interrupt waits for the chunk in hand; every entry that was not reached is listed as such."""
    chunk: list[Arrival] = []
    with job.progress(one.source, work) as advance:
        try:
            for chunk in chunks(arrivals):
                job.stop.check()
                one.add(carry(chunk, way))
                advance(sum(map(work_of, chunk)))
                chunk = []
        except BaseException:
            rest = [rejected(arrival, NOT_REACHED) for arrival in [*chunk, *arrivals]]
            one.add(rest)
            with suppress(*DATABASE_ERRORS):
                recording.entries(way, rest)
            raise
