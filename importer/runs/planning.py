"""planning: what a dry run decided and from which documents, kept so that exactly that is carried out later."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from importer import fetching
from importer.deciding import Decision
from importer.documents.bundles import Members
from importer.entry import RawDocument
from importer.errors import ImportProblem, SourceUnusable
from importer.fetching.zips import bundled
from importer.models import ImportedEntry, MediaItem, Run, RunDocument
from importer.options import Options
from importer.preparing.cleaning import fit_value
from importer.reading.archives import PlanEnds

KEPT_AT_MOST = 20_000_000  # bytes of a document
PLANS_KEPT = 20  # the documents of older ones go
CHANGED = "It says something else than when the plan was made, so nothing of it was carried out. Make a new plan with --dry-run."
Fetch = Callable[[str], RawDocument]


@dataclass(frozen=True, slots=True)
class Planned:
    verdict: str
    post_id: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a dry run decided, entry by entry."""

    run: Run
    options: Options
    documents: Mapping[str, RunDocument]  # by location
    entries: Mapping[tuple[str, int], Planned]  # by location and position
    pages: Mapping[tuple[str, str], RunDocument]  # by location and the address that was asked

    @property
    def locations(self) -> list[str]:
        return list(self.documents)

    def refusal(self, location: str, position: int, decision: Decision, run: Run) -> str:
        """Why an entry is not carried out: something here has changed since it was planned. "" if all is as it was."""
        planned = self.entries.get((fit_value(location), position))
        if decision.verdict == "unchanged":
            return ""
        if planned is None:
            return "It is not in the plan. Make a new plan with --dry-run."
        target = decision.known.post_id if decision.known else decision.twin
        same = planned.post_id is None or target is None or planned.post_id == target
        if planned.verdict == decision.verdict and same:
            return ""
        if planned.verdict == "created" and decision.twin and brought_by(run, decision.twin):
            return ""
        return f"The plan said “{planned.verdict}”, and something here has changed since: {decision.reason} Make a new plan."


def brought_by(run: Run, post_id: int) -> bool:
    """Whether the post came with an earlier source of the same run, which a dry run could not know."""
    return ImportedEntry.objects.filter(post=post_id, first_run=run).exists()


def load(number: int) -> Plan:
    """The plan that a run kept. Raises ImportProblem."""
    run = Run.objects.filter(pk=number).first()
    if run is None:
        raise ImportProblem(f"There is no import {number}. The desk lists them all under “Runs”.")
    if not run.dry_run:
        raise ImportProblem(
            f"Import {number} was no plan: it has been carried out. Make a plan with --dry-run."
        )
    kept = list(run.documents.all())
    documents = {one.location: one for one in kept if not one.page}
    pages = {(one.location, one.page): one for one in kept if one.page}
    if not documents:
        raise ImportProblem(
            f"Nothing that could be carried out is kept of plan {number}. Make a new one with --dry-run."
        )
    rows = run.entries.values_list("location", "position", "verdict", "post_id")
    entries = {(location, position): Planned(verdict, post) for location, position, verdict, post in rows}
    return Plan(run, options_from(run.options), documents, entries, pages)


def options_from(state: Mapping[str, Any]) -> Options:
    """What the run was asked for, to be done this time."""
    given = {name: value for name, value in state.items() if name in Options.__dataclass_fields__}
    for name in ("since", "undated_from"):
        if given.get(name):
            given[name] = datetime.fromisoformat(given[name])
    given["tags"] = tuple(given.get("tags", ()))
    return Options(**given | {"dry_run": False})


# -- documents -----------------------------------------------------------------------------------


def keep(run: Run, location: str, raw: RawDocument, page: str = "") -> None:
    """Keep what a plan is made from: all of it, or its digest where it is long or many files. `page`: behind the first."""
    whole = raw.kept is None and raw.members is None and len(raw.data) <= KEPT_AT_MOST
    RunDocument.objects.create(
        run=run,
        location=fit_value(location),
        page=fit_value(page),
        sha256=raw.sha256,
        final_url=fit_value(raw.final_url),
        content_type=fit_value(raw.content_type),
        path=fit_value(raw.path),
        data=gzip.compress(raw.data, 5) if whole else None,
    )
    old = list(Run.objects.filter(dry_run=True).order_by("-pk").values_list("pk", flat=True)[PLANS_KEPT:])
    # What pictures are still to be taken from stays until they are.
    from_bundles = MediaItem.objects.filter(status=MediaItem.Status.PENDING).exclude(url__startswith="http")
    needed = from_bundles.filter(run__plan__in=old).values("run__plan")
    RunDocument.objects.filter(run__in=old).exclude(run__in=needed).delete()


def keep_bytes(run: Run, data: bytes) -> None:
    """Keep an uploaded archive whole: it lies nowhere where it could be read again."""
    run.documents.filter(data=None).update(data=gzip.compress(data, 5))


def fetching_of(plan: Plan, fetch: Fetch) -> Fetch:
    """Gives the documents that the plan was made from, and no others. Raises SourceUnusable."""

    def fetched(location: str) -> RawDocument:
        document = plan.documents.get(fit_value(fetching.named(location)))
        if document is None:
            raise SourceUnusable("It is not in the plan. Make a new plan with --dry-run.")
        if document.data is None:
            raw = fetch(location)
            if raw.sha256 != document.sha256:
                raise SourceUnusable(CHANGED)
            return raw
        return as_kept(location, document, document.data)

    return fetched


def pages_of(plan: Plan, location: str) -> Fetch:
    """Gives the pages behind a source's first one that the plan was made from, and no others."""

    def fetched(address: str) -> RawDocument:
        document = plan.pages.get((fit_value(fetching.named(location)), fit_value(address)))
        if document is None or document.data is None:
            raise PlanEnds("The plan ends here.")
        return as_kept(address, document, document.data)

    return fetched


def members_of(run: Run) -> Members | None:
    """The files of the archive that a plan was made from, where it is kept."""
    for document in run.documents.filter(page="", data__isnull=False):
        with suppress(SourceUnusable):
            raw = as_kept(document.location, document, document.data or b"")
            if raw.members is not None:
                return raw.members
    return None


def as_kept(location: str, document: RunDocument, data: bytes | memoryview) -> RawDocument:
    """A document as it came. Raises SourceUnusable if it is not the one that was kept."""
    whole = gzip.decompress(bytes(data))
    raw = bundled(RawDocument(location, whole, document.final_url, document.content_type, document.path))
    if raw.sha256 != document.sha256:
        raise SourceUnusable(CHANGED)
    return raw
