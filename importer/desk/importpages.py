"""importpages: imports at the desk: a file or an address becomes a plan, the plan posts, and the import can be undone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from blog.errors import PublishingProblem
from importer import fetching
from importer.deciding import VERDICTS
from importer.desk import runmedia
from importer.entry import RawDocument
from importer.errors import ImportProblem
from importer.fetching.zips import bundled
from importer.models import Run, RunEntry
from importer.options import Options
from importer.pipeline import run_import
from importer.report import Report
from importer.runs import planning, undoing
from importer.runs.previewing import plan_differences
from importer.stopping import Stop

LARGEST_UPLOAD = 20 * 1024 * 1024
LONGEST = 25.0  # seconds of one request; what is finished then is whole, and the same button goes on
ON_A_PAGE = 25
MOST_UNDONE = 500  # entries; some seconds
INTERRUPT = 2  # as if someone had pressed the keys


class Deadline(Stop):
    """Ends what takes longer than a request may, at a safe place."""

    def __init__(self) -> None:
        super().__init__()
        self.ends = monotonic() + LONGEST

    def check(self) -> None:
        if monotonic() > self.ends:
            self.asked = INTERRUPT
        super().check()


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("A feed, an export, a text with many posts, a zip of Markdown; 20 MB at most."),
    )
    address = forms.CharField(
        label=_("Address"),
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        max_length=2000,
        help_text=_("Or where it is on the web, such as https://example.org/feed.xml."),
    )
    status = forms.ChoiceField(
        required=False,
        choices=[
            ("", _("as the source says")),
            ("draft", _("drafts")),
            ("review", pgettext_lazy("posts", "in review")),
            ("published", pgettext_lazy("posts", "published")),
        ],
        label=_("New posts are"),
    )
    author = forms.CharField(
        label=_("Author"),
        required=False,
        max_length=200,
        help_text=_("The byline where the source names nobody."),
    )
    tag = forms.CharField(label=_("Tag"), required=False, max_length=100, help_text=_("Put on every post."))
    all_pages = forms.BooleanField(
        required=False,
        label=_("The whole archive"),
        help_text=_("Of an address: the feed's further pages too, not its newest entries alone."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is not None and file.size > LARGEST_UPLOAD:
            raise forms.ValidationError(
                gettext(
                    "This file is larger than 20 MB. Import it at the server: manage.py import_feed FILE."
                )
            )
        return file

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"]).strip()
        if address and not address.startswith(("https://", "http://")):
            raise forms.ValidationError(gettext("Write an address that begins with https:// or http://."))
        return address

    def clean(self) -> None:
        given = self.cleaned_data
        if not self.errors and bool(given.get("file")) == bool(given.get("address")):
            raise forms.ValidationError(gettext("Choose a file or give an address, one of the two."))

    def options(self) -> Options:
        given = self.cleaned_data
        return Options(
            author=" ".join(given["author"].split()),
            status=given["status"],
            tags=(given["tag"].strip(),) if given["tag"].strip() else (),
            all_pages=given["all_pages"],
            dry_run=True,
        )


# -- who may, and what stands around -----------------------------------------------------------------


def user_of(request: HttpRequest) -> User:
    """Whoever imports at the desk; PermissionDenied for everybody else."""
    if not isinstance(request.user, User) or not request.user.has_perm("importer.add_run"):
        raise PermissionDenied(gettext("Only editors import."))
    return request.user


def show(request: HttpRequest, name: str, title: str, status: int = 200, **context: Any) -> HttpResponse:
    around = admin.site.each_context(request) | {
        "title": title,
        "opts": Run._meta,
        "is_nav_sidebar_enabled": False,
    }
    answer = TemplateResponse(request, f"admin/importer/{name}.html", around | context, status=status)
    answer["Cache-Control"] = "private, no-store"
    return answer


def address(view: str, *args: object) -> str:
    return reverse(f"admin:importer_run_{view}", args=args)


def run_or_404(number: int) -> Run:
    run = Run.objects.filter(pk=number).first()
    if run is None:
        raise Http404(gettext("There is no import %(number)s.") % {"number": number})
    return run


# -- planning --------------------------------------------------------------------------------------


def begin(request: HttpRequest) -> HttpResponse:
    """The form; by POST what it names is read, and nothing is stored but the plan."""
    user = user_of(request)
    form = ImportForm(given(request), request.FILES) if request.method == "POST" else ImportForm()
    if request.method != "POST" or not form.is_valid():
        return show(request, "begin", gettext("Import posts"), form=form)
    upload = form.cleaned_data["file"]
    data = upload.read() if upload else b""
    location = upload.name if upload else form.cleaned_data["address"]
    report = imported([location], form.options(), user, fetch=from_upload(data) if upload else None)
    if not upload and (feeds := report.sources[0].feeds if report.sources else ()):
        return show(request, "begin", gettext("Import posts"), form=form, feeds=feeds, page=location)
    if said := trouble(report):
        form.add_error("file" if upload else "address", said)
        return show(request, "begin", gettext("Import posts"), form=form)
    run = run_or_404(report.run or 0)
    if upload:
        planning.keep_bytes(run, data)
    return redirect(address("plan", run.pk))


def given(request: HttpRequest) -> QueryDict:
    """What the form says; a feed of a web page that was chosen takes the page's place."""
    said = request.POST.copy()
    if feed := said.get("feed"):
        said["address"] = feed
    return said


def from_upload(data: bytes) -> Callable[[str], RawDocument]:
    """An upload is known again by its name where it says nothing of itself."""
    return lambda name: bundled(RawDocument(name, data, path=f"upload/{name}"))


def imported(
    locations: list[str],
    options: Options,
    user: User,
    *,
    plan: planning.Plan | None = None,
    fetch: Callable[[str], RawDocument] | None = None,
    stop: Deadline | None = None,
) -> Report:
    fetch = fetch or partial(fetching.fetch, allowed_hosts=settings.FETCH_ALLOWED_HOSTS)
    return run_import(locations, options, fetch=fetch, plan=plan, user=user, stop=stop or Deadline())


def trouble(report: Report) -> str:
    """Why nothing came of it; "" if something did."""
    if report.interrupted_by:
        return gettext("This takes longer than a page may. Import it at the server: manage.py import_feed.")
    return report.ended or next((source.error for source in report.sources if source.error), "")


def plan(request: HttpRequest, number: int) -> HttpResponse:
    """What would become of every entry; by POST it is done."""
    user = user_of(request)
    run = run_or_404(number)
    if not run.dry_run:
        return redirect(address("change", run.pk))
    if request.method == "POST":
        return apply(request, run, user)
    wanted = request.GET.get("verdict", "")
    entries = run.entries.select_related("post").defer("post__html", "post__feed_html", "post__outline")
    if wanted in VERDICTS:
        entries = entries.filter(verdict=wanted)
    page = Paginator(entries, ON_A_PAGE).get_page(request.GET.get("page"))
    shown: list[RunEntry] = list(page)
    return show(
        request,
        "plan",
        gettext("Plan %(pk)s") % {"pk": run.pk},
        run=run,
        counts=[(verdict, run.counts[verdict]) for verdict in VERDICTS if run.counts.get(verdict)],
        verdict=wanted,
        page=page,
        rows=[(one, plan_differences(run, shown).get(one.pk, [])) for one in shown],
        told=[said for source in run.report.get("sources", ()) for said in source.get("warnings", ())][:50],
        carried_out=run.carried_out_by.order_by("pk"),
    )


def apply(request: HttpRequest, run: Run, user: User) -> HttpResponse:
    try:
        made = planning.load(run.pk)
        stop = Deadline()
        report = imported(made.locations, made.options, user, plan=made, stop=stop)
    except ImportProblem as problem:
        messages.error(request, str(problem))
        return redirect(address("plan", run.pk))
    if report.interrupted_by:
        messages.warning(
            request,
            gettext(
                "A page may not take longer: %(summary)s. What is in is whole; “Carry out this plan” goes on."
            )
            % {"summary": report.summary()},
        )
        return redirect(address("plan", run.pk))
    if said := trouble(report):
        messages.error(request, said)
        return redirect(address("plan", run.pk))
    messages.success(request, gettext("Imported: %(summary)s.") % {"summary": report.summary()})
    made_of = run_or_404(report.run or 0)
    if runmedia.waiting(made_of).exists():
        runmedia.tell(request, runmedia.bring(made_of, stop))
    return redirect(address("change", report.run))


# -- undoing ---------------------------------------------------------------------------------------


def undo(request: HttpRequest, number: int) -> HttpResponse:
    """What would be taken back; by POST it is."""
    user = user_of(request)
    run_or_404(number)
    try:
        run = undoing.find(number)
        if (size := run.brought.count() + run.changes.count()) > MOST_UNDONE:
            raise ImportProblem(
                gettext(
                    "This import changed %(size)s entries, more than a page undoes. At the server: manage.py undo_import %(number)s."
                )
                % {"size": size, "number": number}
            )
        if request.method != "POST":
            return show(
                request,
                "undo",
                gettext("Undo import %(number)s?") % {"number": number},
                run=run,
                undone=undoing.undo(run, user, dry_run=True),
            )
        undone = undoing.undo(run, user)
    except (ImportProblem, PublishingProblem) as problem:
        messages.error(request, str(problem))
        return redirect(address("change", number))
    messages.success(
        request,
        gettext("Import %(number)s is undone: %(summary)s") % {"number": number, "summary": undone.summary()},
    )
    for left in undone.left[:20]:
        messages.warning(
            request,
            gettext("“%(title)s” was left: %(reason)s") % {"title": left.title[:100], "reason": left.reason},
        )
    return redirect(address("change", number))
