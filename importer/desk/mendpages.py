"""mendpages: the mend list at the desk: what still wants mending, what gains most first, each by one click, down to nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, time
from functools import partial
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from blog.errors import EditConflict, NotPossible, PublishingProblem
from importer.desk.importpages import LONGEST, Deadline, address, run_or_404, show, user_of
from importer.media.bringing import usual_ways
from importer.mending import bringing, doing
from importer.mending.doing import Done
from importer.mending.looking import find, wants, wants_of
from importer.mending.scope import Scope
from importer.mending.undo import Undo, take_back
from importer.mending.wants import Kind, Want
from importer.models import Source
from importer.stopping import Interrupted

ON_A_PAGE = 20
UNDO = "mending_undo"  # in the session, with the second it was done at
OFFERED = 3600  # seconds; what was done yesterday is no more what was just done
# How the kinds are counted, and what one of them is.
NAMES: Mapping[Kind, tuple[Any, Any]] = {
    "picture": (gettext_lazy("pictures missing"), gettext_lazy("Missing picture")),
    "author": (gettext_lazy("authors in doubt"), gettext_lazy("Author in doubt")),
    "alt": (gettext_lazy("pictures without words"), gettext_lazy("Picture without words")),
    "undated": (gettext_lazy("posts without a date"), gettext_lazy("Post without a date")),
    "series": (gettext_lazy("series proposed"), gettext_lazy("Series proposed")),
    "tags": (gettext_lazy("tags to merge"), gettext_lazy("Tags to merge")),
    "loss": (gettext_lazy("losses"), gettext_lazy("Lost in the import")),
}
LEFT_ALL: tuple[Kind, ...] = (
    "undated",
    "loss",
    "tags",
    "series",
)  # kinds that may be left as they are all at once
Act = Callable[[Want, User, HttpRequest], Done]


def mend(request: HttpRequest) -> HttpResponse:
    """The list; by POST one thing of it is done, and the list comes again."""
    user = user_of(request)
    scope = scope_of(request)
    if request.method == "POST":
        return carried_out(request, scope, user)
    found = wants(scope)
    counts = Counter(want.kind for want in found)
    kind = request.GET.get("kind", "")
    chosen = [want for want in found if want.kind == kind] if kind in NAMES else found
    page = Paginator(chosen, ON_A_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "mend",
        _("What wants mending"),
        scope=scope,
        kind=kind if kind in NAMES else "",
        left=len(found),
        counts=[(name, label, counts[name]) for name, (label, _one) in NAMES.items() if counts[name]],
        page=page,
        rows=[(want, NAMES[want.kind][1]) for want in page],
        chosen=len(chosen),
        may_leave_all=kind in LEFT_ALL and len(chosen) > 1,
        may_fetch_all=kind == "picture" and len(chosen) > 1,
        undo=kept_undo(request) is not None,
        here=request.get_full_path(),
        today=timezone.localdate(),
    )


def scope_of(request: HttpRequest) -> Scope:
    """What the address names; Http404 for what is not there."""
    run, source = request.GET.get("run", ""), request.GET.get("source", "")
    if run:
        return Scope(run=run_or_404(number_of(run)))
    if source:
        found = Source.objects.filter(pk=number_of(source)).first()
        if found is None:
            raise Http404(_("There is no source %(source)s.") % {"source": source[:20]})
        return Scope(source=found)
    return Scope()


def number_of(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Http404(_("There is no such list."))
    return int(text)


# -- one click -----------------------------------------------------------------------------------------


def carried_out(request: HttpRequest, scope: Scope, user: User) -> HttpResponse:
    """Do what the button says and go back to the list."""
    act = request.POST.get("act", "")
    try:
        if act == "undo":
            messages.success(request, undone(request, user))
        elif act in ALL:
            remember(request, ALL[act](request, scope, user))
        else:
            remember(request, done(request, scope, user, act))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    except EditConflict:
        messages.error(
            request, _("Somebody saved one of these posts at the same moment. Nothing was done; try again.")
        )
    except PublishingProblem as problem:
        messages.error(request, str(problem))
    except Interrupted:
        messages.warning(
            request, _("This takes longer than a page may. What is done is whole; press again for the rest.")
        )
    return redirect(request.get_full_path())


def done(request: HttpRequest, scope: Scope, user: User, act: str) -> Done:
    kind = request.POST.get("kind", "")
    verb = ACTS.get((kind, act))
    if verb is None:
        raise Http404(_("There is no such button."))
    want = find(kind, request.POST.get("subject", ""), scope)
    if want is None:
        raise NotPossible(_("That is mended already."))
    return verb(want, user, request)


def leave_all(request: HttpRequest, scope: Scope, user: User) -> Done:
    kind = next((name for name in LEFT_ALL if name == request.POST.get("kind")), None)
    if kind is None:
        raise Http404(_("There is no such button."))
    return doing.dismiss(wants_of(kind, scope), user)


def fetch_all(request: HttpRequest, scope: Scope, user: User) -> Done:
    return bringing.ask_for_all(wants_of("picture", scope), usual_ways(), Deadline().check)


ALL: Mapping[str, Callable[[HttpRequest, Scope, User], Done]] = {
    "leave-all": leave_all,
    "fetch-all": fetch_all,
}


def remember(request: HttpRequest, what: Done) -> None:
    """Say what was done; how to take it back is kept until the next click."""
    request.session.pop(UNDO, None)
    if what.undo.does_something:
        request.session[UNDO] = [int(timezone.now().timestamp()), what.undo.as_json()]
    told: Any = what.sentence
    if what.run:
        way = address("undo", what.run)
        told = format_html('{} <a href="{}">{}</a>', what.sentence, way, _("Undo this"))
    (messages.warning if what.failed else messages.success)(request, told)


def kept_undo(request: HttpRequest) -> Undo | None:
    """What takes the last click back, for an hour."""
    at, kept = request.session.get(UNDO, (0, {}))
    return Undo(**kept) if timezone.now().timestamp() - at < OFFERED else None


def undone(request: HttpRequest, user: User) -> str:
    kept = kept_undo(request)
    request.session.pop(UNDO, None)
    if kept is None:
        raise NotPossible(_("There is nothing to take back any more."))
    return take_back(kept, user)


# -- the buttons -----------------------------------------------------------------------------------------


def try_again(want: Want, user: User, request: HttpRequest) -> Done:
    return bringing.ask_again(want, user, usual_ways(), Deadline().check)


def upload(want: Want, user: User, request: HttpRequest) -> Done:
    file = request.FILES.get("file")
    if file is None:
        raise NotPossible(_("Choose a picture first, then press “Upload”."))
    return bringing.give(want, cast(BinaryIO, file), user)


def say(want: Want, user: User, request: HttpRequest) -> Done:
    return doing.say(want, request.POST.get("alt", ""), user)


def date(want: Want, user: User, request: HttpRequest) -> Done:
    try:
        day = parse_date(request.POST.get("date", ""))
    except ValueError:
        day = None
    if day is None or day.year < 1970:
        raise NotPossible(_("Write a day such as 2024-05-07."))
    noon = datetime.combine(day, time(12), tzinfo=timezone.get_current_timezone())
    return doing.date(want, min(noon, timezone.now()) if day == timezone.localdate() else noon, user)


def plain(act: Callable[[Want, User], Done]) -> Act:
    return lambda want, user, request: act(want, user)


def leave(want: Want, user: User, request: HttpRequest) -> Done:
    return doing.dismiss([want], user)


ACTS: Mapping[tuple[str, str], Act] = {
    ("picture", "try"): try_again,
    ("picture", "upload"): upload,
    ("picture", "leave"): plain(bringing.give_up),
    ("alt", "say"): say,
    ("alt", "leave"): plain(doing.decorative),
    ("undated", "date"): date,
    ("undated", "leave"): leave,
    ("tags", "merge"): plain(doing.merge),
    ("tags", "leave"): leave,
    ("author", "accept"): plain(partial(doing.accept, seconds=LONGEST)),
    ("author", "leave"): plain(doing.deny),
    ("series", "make"): plain(doing.make_series),
    ("series", "leave"): leave,
    ("loss", "leave"): leave,
}
