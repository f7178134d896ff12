"""sourcing: which row a document's source is, what is remembered of it, and how it is doing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import F

from importer.entry import About, Document, Parsed
from importer.identity import AliasKey, Rule, SourceKey, SourceNames, sha256, source_names
from importer.models import AmbiguousAlias, Run, Source, SourceDocument, SourceName
from importer.names import mapping
from importer.options import Options
from importer.preparing.cleaning import fit_value
from importer.preparing.surveying import Memory

REPORTED = 1000  # rejections that a source remembers
TAUGHT = (
    *("fetched", "key_kind", "key_value", "key_sha256", "location"),
    *("title", "site_url", "format", "trusts_ids"),
)


def find(document: Document, about: About) -> Source | None:
    """The source a document comes from, if it is known here."""
    return find_by_names(source_names(document, about))


def find_by_names(names: SourceNames) -> Source | None:
    """By the strongest name that leads to one; two addresses are one source only if they are equal."""
    for key in names.keys:
        rows = SourceName.objects.filter(kind=key.kind, sha256=sha256(key.value))
        for row in rows.select_related("source").order_by("source_id"):
            if not (names.fetched and row.source.fetched) or is_key_of(names.key, row.source):
                return row.source
    return None


def is_key_of(key: SourceKey, source: Source) -> bool:
    return (source.key_kind, source.key_sha256) == (key.kind, sha256(key.value))


def add_names(source: Source, keys: Iterable[SourceKey]) -> None:
    SourceName.objects.bulk_create(
        (SourceName(source=source, kind=key.kind, sha256=sha256(key.value)) for key in keys),
        ignore_conflicts=True,
    )


@transaction.atomic
def find_or_make(
    document: Document, parsed: Parsed, rule: Rule, run: Run, known: Source | None = None
) -> Source:
    """The document's source, made where it is new; what the document says of itself and taught of its names is kept.

    A `known` source was asked for this very document, wherever a passing redirect led to.
    """
    names = source_names(document, parsed.about)
    source = known or find_by_names(names) or make(document, names)
    if names.fetched and not source.fetched:
        # It came as a file so far; from now on its address alone says which source it is.
        source.fetched = True
        source.key_kind, source.key_value = names.key.kind, fit_value(names.key.value)
        source.key_sha256 = sha256(names.key.value)
    if known is None and (names.fetched or not source.fetched):  # a saved copy is not where it can be asked
        source.location = fit_value(document.raw.location)
    source.title = fit_value(parsed.about.title)[:500] or source.title
    source.site_url = fit_value(parsed.about.site_url)[:2000] or source.site_url
    source.format = parsed.format
    source.trusts_ids = source.trusts_ids and rule.trusts_guids
    # These columns alone: the others are the poller's and the editors', who may be writing them just now.
    source.save(update_fields=TAUGHT)
    add_names(source, names.keys if known is None else names.keys[1:])
    remember(source, rule.bad)
    run.sources.add(source)
    return source


def make(document: Document, names: SourceNames) -> Source:
    """A new row; of two runs that make the same one at once, the later gets the earlier's."""
    kept = {
        "key_value": fit_value(names.key.value),
        "fetched": names.fetched,
        "location": fit_value(document.raw.location),
    }
    source, _ = Source.objects.get_or_create(
        key_kind=names.key.kind, key_sha256=sha256(names.key.value), defaults=kept
    )
    return source


# -- what it remembers ---------------------------------------------------------------------------


def memory(source: Source | None) -> Memory:
    """What a source learnt of its names from its earlier documents."""
    if source is None:
        return Memory()
    rows = AmbiguousAlias.objects.filter(source=source).values_list("kind", "sha256")
    return Memory(frozenset(rows), source.trusts_ids, mapping.names_of(source))


def remember(source: Source, bad: frozenset[AliasKey]) -> None:
    """Keep for good which names stood on different entries."""
    AmbiguousAlias.objects.bulk_create(
        (
            AmbiguousAlias(source=source, kind=kind, sha256=hash_)
            for kind, hash_ in sorted(bad - memory(source).ambiguous)
        ),
        ignore_conflicts=True,
        batch_size=500,
    )


def first_seen(source: Source, document: Document, moment: datetime, *, stated: bool) -> datetime:
    """When the source was first seen saying exactly this: `moment` if that is now or the operator has `stated` it."""
    hash_ = document.raw.sha256
    row, _ = SourceDocument.objects.get_or_create(
        source=source, sha256=hash_, defaults={"first_seen": moment}
    )
    if stated and row.first_seen != moment:
        row.first_seen = moment
        row.save()
    return row.first_seen


# -- how it is to be imported ----------------------------------------------------------------------


def zone_at(location: str) -> str:
    """The time zone that was given for the source at a location, or ""."""
    found = Source.objects.filter(location=fit_value(location)).exclude(time_zone="").order_by("-id").first()
    return found.time_zone if found else ""


def keep_wishes(source: Source, options: Options, moment: datetime) -> None:
    """How the operator wants a source imported, kept for polls: what the first import said, or one with --poll."""
    wishes: dict[str, Any] = {}
    if options.time_zone:
        wishes["time_zone"] = options.time_zone
    if options.poll:
        wishes |= {"poll": True, "next_poll": moment + timedelta(seconds=source.interval), "gone": None}
    if options.poll or source.last_success is None:
        wishes["options"] = options.for_polls()
    if wishes:
        Source.objects.filter(pk=source.pk).update(**wishes)


# -- how it is doing -----------------------------------------------------------------------------


def succeeded(source: Source, moment: datetime, rejections: Iterable[str] = ()) -> None:
    """It was read; what it holds that cannot be taken has been said now."""
    Source.objects.filter(pk=source.pk).update(
        last_success=moment,
        failures=0,
        last_error="",
        gone=None,
        reported=list(islice(rejections, REPORTED)),
    )


def failed(location: str, sentence: str, known: Source | None = None) -> None:
    """Note a failure on the source that was imported from there before, if there is one."""
    source = known or Source.objects.filter(location=fit_value(location)).order_by("-id").first()
    if source is not None:
        Source.objects.filter(pk=source.pk).update(failures=F("failures") + 1, last_error=sentence[:2000])
