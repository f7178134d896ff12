"""runmedia: what an import at the desk shows is fetched after its texts, a bounded batch at a time, and by a button on its page."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from importer.desk import importpages
from importer.links import moving
from importer.media import bringing
from importer.models import MediaItem, Run
from importer.report import MediaCount
from importer.runs import planning
from importer.stopping import Interrupted

if TYPE_CHECKING:
    from importer.stopping import Stop


def waiting(run: Run) -> QuerySet[MediaItem]:
    """What nobody has asked for yet and a page can fetch: pictures, and whatever lies in an uploaded archive."""
    far = Q(kind__in=bringing.RECORDINGS, url__startswith="http")
    return bringing.waiting(run=run).filter(status=MediaItem.Status.PENDING).exclude(far)


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch came to; what is fetched but not shown yet counts as waiting."""

    shown: int
    failed: int
    left: int


def bring(run: Run, stop: Stop) -> Batch:
    """Fetch until all is here or the time of a page is over; what was fetched is kept."""
    count = MediaCount()
    items = waiting(run)
    if before := items.count():
        members = planning.members_of(run.plan) if run.plan else None
        ways = bringing.usual_ways().with_members(members)
        with suppress(Interrupted):
            bringing.bring_in(items, ways, run=run, check=stop.check, count=count)
        moving.lead_pictures(run.sources.all())
    left = waiting(run).count()
    return Batch(before - left - count.failed, count.failed, left)


def fetch(request: HttpRequest, number: int) -> HttpResponse:
    """The button."""
    importpages.user_of(request)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    run = importpages.run_or_404(number)
    tell(request, bring(run, importpages.Deadline()))
    return redirect(importpages.address("change", run.pk))


def tell(request: HttpRequest, batch: Batch) -> None:
    """What became of a batch, and what still waits."""
    if batch.shown > 0:
        said = ngettext(
            "%(number)d picture is stored here.", "%(number)d pictures are stored here.", batch.shown
        )
        messages.success(request, said % {"number": batch.shown})
    if batch.failed:
        said = ngettext(
            "%(number)d picture could not be fetched; “Pictures and recordings” says why.",
            "%(number)d pictures could not be fetched; “Pictures and recordings” says why.",
            batch.failed,
        )
        messages.warning(request, said % {"number": batch.failed})
    if batch.left:
        said = ngettext(
            "%(number)d picture still waits; “Fetch the pictures” goes on.",
            "%(number)d pictures still wait; “Fetch the pictures” goes on.",
            batch.left,
        )
        messages.warning(request, said % {"number": batch.left})
    elif not (batch.shown or batch.failed):
        messages.info(request, _("No picture waits."))
