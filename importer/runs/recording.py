"""recording: a run and what became of its entries, kept where the editors see it, and bounded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from accounts.models import User
from blog import deeds
from blog.models import Deed
from importer.models import Run, RunEntry
from importer.options import Options
from importer.preparing.cleaning import fit_value
from importer.report import Item, Report

if TYPE_CHECKING:
    from importer.storing.chunks import Way

# Older runs keep only what they changed: a source asked every hour must not fill the table with "unchanged".
RUNS_KEPT_WHOLE = 100
CHANGES = ("created", "updated", "kept", "conflict")


def begin(
    locations: Sequence[str],
    options: Options,
    moment: datetime,
    *,
    plan: Run | None = None,
    user: User | None = None,
) -> Run:
    return Run.objects.create(
        started=moment,
        locations=fit_value(tuple(locations)),
        options=options.as_json(),
        dry_run=options.dry_run,
        plan=plan,
        user=user,
    )


def entries(way: Way, items: Sequence[Item]) -> None:
    """The verdict and the reason of every entry of a chunk."""
    RunEntry.objects.bulk_create(
        RunEntry(
            run=way.run,
            source=way.source,
            location=fit_value(way.location),
            position=item.position,
            title=fit_value(item.title[:500]),
            verdict=item.verdict,
            reason=fit_value(item.reason),
            warnings=[fit_value(sentence) for sentence in (*item.warnings, *item.losses)],
            post_id=item.post_id,
        )
        for item in items
    )


def finish(run: Run, report: Report, moment: datetime) -> None:
    """Close the run with its numbers; what very old runs said of entries that they did not change goes."""
    run.finished = moment
    run.counts = dict(report.counts)
    run.report = fit_value(report.as_json(items=False))
    run.exit_status = report.status()
    run.save()
    if not run.dry_run and any(run.counts.get(verdict) for verdict in CHANGES):
        deeds.record("import", run.user, what=Deed.What.RUN, title=str(run), note=report.summary())
    old = Run.objects.order_by("-pk").values_list("pk", flat=True)[RUNS_KEPT_WHOLE : RUNS_KEPT_WHOLE + 1]
    if newest_old := list(old):
        RunEntry.objects.filter(run_id__lte=newest_old[0]).exclude(verdict__in=CHANGES).delete()
