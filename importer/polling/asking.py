"""asking: one source asked again: locked, fetched if it changed, imported, its health kept, its next time set."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from importer import fetching
from importer.addresses import absolute
from importer.errors import SourceUnusable
from importer.fetching import AnswerRefused, Fetched
from importer.fetching.zips import bundled
from importer.identity import SourceKey, address_key, sha256
from importer.media import bringing
from importer.models import Change, ImportedEntry, Made, Run, Source
from importer.options import Options
from importer.pipeline import run_import
from importer.polling.timing import (
    Said,
    after,
    is_breaking,
    stated_period,
    wait_after_failure,
    wait_after_success,
)
from importer.report import Report, SourceReport, in_words
from importer.runs import planning, recording
from importer.storing import databases, sourcing
from importer.storing.databases import DATABASE_ERRORS, DatabaseUnusable

LEASE = timedelta(minutes=30)  # after which a source is taken from a poller that was killed

Clock = Callable[[], datetime]
Fetch = Callable[[Source], Fetched]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What asking one source came to; `source` is as it stands afterwards."""

    source: Source
    news: tuple[str, ...] = ()  # sentences that nobody was told before
    brought: str = ""  # what became of its entries, where that changed anything
    failed: bool = False
    known: bool = False  # it failed, and was reported as broken before
    broke: bool = False  # to be reported now
    back: bool = False  # it was reported as broken, and answers again
    rejected: int = 0  # entries that were never reported


@dataclass(frozen=True, slots=True)
class Question:
    """One source in hand, and what asking it needs."""

    source: Source
    now: datetime
    clock: Clock
    chance: float  # 0 to 1

    def keep(self, **columns: Any) -> Source:
        Source.objects.filter(pk=self.source.pk).update(**columns)
        return Source.objects.get(pk=self.source.pk)


def fetch(source: Source) -> Fetched:
    """What stands at the source's address, if that has changed. Raises SourceUnusable."""
    return fetching.read_url(
        address_of(source),
        allowed_hosts=settings.FETCH_ALLOWED_HOSTS,
        user_agent=f"Masthead (+{settings.SITE_URL})",
        etag=source.etag,
        last_modified=source.last_modified,
    )


def address_of(source: Source) -> str:
    """Where a source is asked: where it says it lives for good, else as the operator named it."""
    return source.moved_to or source.location


# -- whose turn it is ----------------------------------------------------------------------------


def is_due(now: datetime) -> Q:
    return Q(fetched=True, poll=True, gone=None) & (Q(next_poll=None) | Q(next_poll__lte=now))


def due(now: datetime, only: Collection[int] = ()) -> list[int]:
    """The sources whose turn it is, the longest waiting first; those that were named have it at once."""
    if only:
        return list(dict.fromkeys(only))
    return list(Source.objects.filter(is_due(now)).order_by("next_poll", "pk").values_list("pk", flat=True))


@contextmanager
def held(number: int, now: datetime, *, at_once: bool) -> Iterator[bool]:
    """Keep every other poller from a source; False where one has it, or has just asked it.

    One statement decides, so that it holds on SQLite too; who is killed loses the source after a while.
    """
    until = now + LEASE
    rows = Source.objects.filter(Q(locked_until=None) | Q(locked_until__lte=now), pk=number)
    if not (rows if at_once else rows.filter(is_due(now))).update(locked_until=until):
        yield False
        return
    try:
        yield True
    finally:
        with suppress(*DATABASE_ERRORS):
            Source.objects.filter(pk=number, locked_until=until).update(locked_until=None)


# -- asking --------------------------------------------------------------------------------------


def ask(
    number: int, *, clock: Clock, chance: float, at_once: bool = False, fetch: Fetch = fetch
) -> Outcome | None:
    """Ask a source; None where another poller has it. Raises DatabaseUnusable and database errors alone."""
    now = clock()
    with held(number, now, at_once=at_once) as mine:
        if not mine:
            return None
        question = Question(Source.objects.get(pk=number), now, clock, chance)
        try:
            return answered(question, fetch(question.source))
        except AnswerRefused as problem:
            said = Said(retry_after=problem.retry_after)
            return unusable(question, str(problem), said, gone=problem.status == 410)
        except SourceUnusable as problem:
            return unusable(question, str(problem))
        except (DatabaseUnusable, *DATABASE_ERRORS):
            raise
        except Exception as problem:
            return unusable(question, databases.unforeseen(problem))


def answered(question: Question, found: Fetched) -> Outcome:
    source = question.source
    if found.moved_to and found.moved_to != address_of(source) and (other := moved(source, found)):
        sentence = f"It has moved to the address of another source, “{other}”, so it is not asked any more."
        return unusable(question, sentence, gone=True)
    if found.not_modified or found.raw.sha256 == source.document_sha256:
        return well(question, found)
    return imported(question, found)


def moved(source: Source, found: Fetched) -> Source | None:
    """Follow a source to where it now lives, under its new name; the source that has this name already, if there is one."""
    key = SourceKey("url", address_key(absolute(found.raw.final_url)))
    others = Source.objects.filter(key_kind=key.kind, key_sha256=sha256(key.value)).exclude(pk=source.pk)
    if other := others.first():
        return other
    source.moved_to, source.key_kind = found.moved_to, key.kind
    source.key_value, source.key_sha256 = key.value, sha256(key.value)
    try:
        with transaction.atomic():
            source.save(update_fields=["moved_to", "key_kind", "key_value", "key_sha256"])
            sourcing.add_names(source, [key])
    except IntegrityError:  # somebody imported from there this very moment
        return others.first()
    return None


def imported(question: Question, found: Fetched) -> Outcome:
    """Carry the document through the import; its run stays only if it brought or refused something new."""
    source = question.source
    options = replace(planning.options_from(source.options), time_zone=source.time_zone)
    report = run_import(
        [address_of(source)],
        options,
        fetch=lambda location: bundled(found.raw),
        clock=question.clock,
        known=source,
        ways=bringing.usual_ways(),
    )
    (one,) = report.sources
    if report.run is None or (report.ended and one.error):
        raise DatabaseUnusable(report.ended)
    if one.error:
        if source.failures:
            drop_run(report.run)
        return unusable(question, one.error, recorded=True)
    fresh = rejected_newly(source, one)
    brought = changed_anything(report.run)
    if not (fresh or brought or report.ended):
        drop_run(report.run)
    return well(question, found, one, fresh, brought=brought, ended=report.ended)


def drop_run(number: int) -> None:
    """A run that tells nothing new."""
    Run.objects.filter(pk=number).delete()


def changed_anything(run: int) -> bool:
    return (
        ImportedEntry.objects.filter(Q(run=run) | Q(first_run=run)).exists()
        or Change.objects.filter(run=run).exists()
        or Made.objects.filter(run=run).exists()
    )


def rejected_newly(source: Source, one: SourceReport) -> tuple[str, ...]:
    known = set(source.reported)
    return tuple(sentence for digest, sentence in one.rejections().items() if digest not in known)


# -- how it went ---------------------------------------------------------------------------------


def well(
    question: Question,
    found: Fetched,
    one: SourceReport | None = None,
    fresh: tuple[str, ...] = (),
    *,
    brought: bool = False,
    ended: str = "",
) -> Outcome:
    """The source answered. What it said is only taken for known once nothing in it is rejected for the first time.

    `ended` says why something after the entries, such as their pictures, was not finished: the source is read whole again.
    """
    source = question.source
    period = None if found.not_modified else stated_period(found.raw.data)
    said = Said(found.retry_after, found.cache_max_age, period)
    wait = wait_after_success(source.interval, said, question.chance)
    kept: dict[str, Any] = {"next_poll": after(question.now, wait), "last_success": question.now}
    kept |= {"failures": 0, "last_error": "", "gone": None, "broken": False}
    if found.not_modified:
        kept |= {"etag": found.etag or source.etag}
    elif not (fresh or ended):
        kept |= {"etag": found.etag, "last_modified": found.last_modified}
        kept["document_sha256"] = found.raw.sha256
    return Outcome(
        question.keep(**kept),
        news=(*fresh, ended) if ended else fresh,
        brought=in_words(one.counts) if one is not None and brought else "",
        back=source.broken,
        rejected=len(fresh),
    )


def unusable(
    question: Question, sentence: str, said: Said | None = None, *, gone: bool = False, recorded: bool = False
) -> Outcome:
    """The source gave nothing to import. A run tells of the first failure in a row; health tells of them all."""
    source, now = question.source, question.now
    failures = source.failures + 1
    broke = is_breaking(failures, gone=gone, broken=source.broken)
    if failures == 1 and not recorded:
        record(question, sentence)
    wait = wait_after_failure(source.interval, failures, said or Said(), question.chance)
    after_this = question.keep(
        failures=failures,
        last_error=sentence[:2000],
        gone=(source.gone or now) if gone else None,
        broken=source.broken or broke,
        next_poll=after(now, wait),
    )
    news = (sentence,) if failures == 1 or broke else ()
    return Outcome(after_this, news=news, failed=True, known=source.broken, broke=broke)


def record(question: Question, sentence: str) -> None:
    """A run that says why nothing came."""
    address = fetching.named(address_of(question.source))
    run = recording.begin([address], Options(), question.now)
    run.sources.add(question.source)
    recording.finish(run, Report(sources=[SourceReport(address, error=sentence)]), question.clock())
