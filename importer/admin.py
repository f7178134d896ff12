"""admin: what was imported from where, what became of every entry, and why; read, not written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from blog.models import Post
from importer import verdicts
from importer.deciding import VERDICTS
from importer.desk.namepages import NamePages
from importer.desk.pollactions import PollActions
from importer.desk.runpages import RunPages
from importer.media import bringing
from importer.models import ImportedEntry, MediaItem, Run, RunEntry, Source

if TYPE_CHECKING:  # generic for the type checker only
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin

TOLD = 100  # sentences of each kind about one source; the entries hold theirs all
LONGEST_SHOWN = 200_000  # characters of a parsed entry; a browser chokes on more


class ReadOnlyAdmin(ModelAdmin):
    """Made by imports alone: seen by whoever may see it, added, changed and deleted by nobody here."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def link(text: Any, view: str, *args: object, **query: object) -> SafeString:
    address = reverse(f"admin:{view}", args=args) + (f"?{urlencode(query)}" if query else "")
    return format_html('<a href="{}">{}</a>', address, text)


def link_to_post(post: Post | None) -> str | SafeString:
    if post is None:
        return "-"
    return link(post.title or gettext("untitled"), f"blog_{post.kind}_change", post.pk)


def lines(sentences: Iterable[str]) -> SafeString:
    return format_html_join("", "<p>{}</p>", ((sentence,) for sentence in sentences)) or SafeString("-")


@admin.register(Source)
class SourceAdmin(NamePages, PollActions, ReadOnlyAdmin):
    list_display = ("name", "format", "posts", "last_success", "health", "polling")
    list_filter = ("format", "poll", "broken")
    search_fields = ("title", "location", "key_value")
    fields = (
        "name",
        "location",
        "site_url",
        "known_by",
        "format",
        "trusts_ids",
        "first_seen",
        "time_zone",
        "last_success",
        "health",
        "polling",
        "moved_to",
        "names_and_tags",
        "to_mend",
        "imported_entries",
        "latest_runs",
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return Source.objects.annotate(number=Count("imported__post", distinct=True))

    @admin.display(description=_("source"), ordering="title")
    def name(self, source: Source) -> str:
        return str(source)

    @admin.display(description=_("posts"), ordering="number")
    def posts(self, source: Source) -> int:
        return int(getattr(source, "number", 0))

    @admin.display(description=_("known by"))
    def known_by(self, source: Source) -> str:
        kinds = {
            "url": gettext("its address"),
            "ident": gettext("its id"),
            "site": gettext("its site"),
            "path": gettext("its path"),
            "digest": gettext("its content"),
        }
        return f"{kinds.get(source.key_kind, source.key_kind)}: {source.key_value}"

    @admin.display(description=_("health"), ordering="failures")
    def health(self, source: Source) -> str:
        if not source.failures:
            return gettext("well")
        failed = ngettext(
            "failed once: %(why)s", "failed %(number)s times in a row: %(why)s", source.failures
        )
        return failed % {"number": source.failures, "why": source.last_error}

    @admin.display(description=_("to mend"))
    def to_mend(self, source: Source) -> SafeString:
        return link(_("What wants mending of it"), "importer_run_mend", source=source.pk)

    @admin.display(description=_("entries"))
    def imported_entries(self, source: Source) -> SafeString:
        return link(
            gettext("All imported entries"), "importer_importedentry_changelist", source__id__exact=source.pk
        )

    @admin.display(description=_("latest runs"))
    def latest_runs(self, source: Source) -> SafeString:
        runs = source.runs.order_by("-pk")[:10]
        return format_html_join(
            "",
            "<p>{}: {}</p>",
            ((link(str(run), "importer_run_change", run.pk), run_in_words(run)) for run in runs),
        )


def run_in_words(run: Run) -> str:
    if run.finished is None:
        return gettext("running, or ended by force")
    said = verdicts.in_words(run.counts) or gettext("nothing")
    if run.dry_run:
        return gettext("planned: %(what)s") % {"what": said}
    return gettext("undone: %(what)s") % {"what": said} if run.undone else said


@admin.register(Run)
class RunAdmin(RunPages, ReadOnlyAdmin):
    list_display = ("__str__", "what", "outcome", "exit_status")
    list_filter = ("dry_run", "exit_status")
    date_hierarchy = "started"
    fields = (
        "started",
        "finished",
        "what",
        "outcome",
        "by_verdict",
        "told",
        "options_given",
        "exit_status",
        "user",
        "plan_link",
        "undone",
    )
    readonly_fields = fields
    list_select_related = ("user",)

    @admin.display(description=_("sources"))
    def what(self, run: Run) -> str:
        shown = ", ".join(run.locations[:3])
        more = len(run.locations) - 3
        return gettext("%(shown)s and %(more)s more") % {"shown": shown, "more": more} if more > 0 else shown

    @admin.display(description=_("outcome"))
    def outcome(self, run: Run) -> str:
        return run_in_words(run)

    @admin.display(description=_("entries"))
    def by_verdict(self, run: Run) -> SafeString:
        """A link to the entries of each verdict."""
        total = sum(run.counts.values())
        links = [
            link(
                gettext("all %(total)s") % {"total": total},
                "importer_runentry_changelist",
                run__id__exact=run.pk,
            )
        ]
        for verdict in VERDICTS:
            if number := run.counts.get(verdict, 0):
                query = {"run__id__exact": run.pk, "verdict__exact": verdict}
                links.append(
                    link(f"{number} {verdicts.NAMES[verdict]}", "importer_runentry_changelist", **query)
                )
        return format_html_join(" · ", "{}", ((one,) for one in links))

    @admin.display(description=_("what there is to know"))
    def told(self, run: Run) -> str | SafeString:
        """The sentences about each source, under its name."""
        found = []
        for source in run.report.get("sources", ()):
            said = [source.get("error"), *source.get("warnings", ())[:TOLD], *source.get("losses", ())[:TOLD]]
            if sentences := [sentence for sentence in said if sentence]:
                rows = format_html_join("", "<p>{}</p>", ((sentence,) for sentence in sentences))
                found.append((source["source"], rows))
        return format_html_join("", "<p><strong>{}</strong></p>{}", found) or gettext("nothing")

    @admin.display(description=_("carried out from"))
    def plan_link(self, run: Run) -> str | SafeString:
        return (
            link(gettext("Plan %(plan_id)s") % {"plan_id": run.plan_id}, "importer_run_plan", run.plan_id)
            if run.plan_id
            else "-"
        )

    @admin.display(description=_("options"))
    def options_given(self, run: Run) -> str:
        return ", ".join(
            f"{name.replace('_', ' ')}: {value}" for name, value in run.options.items()
        ) or gettext("the usual")


@admin.register(RunEntry)
class RunEntryAdmin(ReadOnlyAdmin):
    list_display = ("shown_title", "verdict", "reason", "source", "post_link", "run_link")
    list_display_links = ("shown_title",)
    list_filter = ("verdict", ("source", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("run", "source", "post")
    search_fields = ("title", "reason")
    fields = (
        "run_link",
        "source",
        "location",
        "position",
        "shown_title",
        "verdict",
        "reason",
        "notes",
        "post_link",
    )
    readonly_fields = fields
    ordering = ("-run", "id")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("importer.view_run")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("importer.view_run")

    def get_queryset(self, request: HttpRequest) -> QuerySet[RunEntry]:
        return RunEntry.objects.select_related("run", "source", "post").defer(
            "run__report", "post__body", "post__html", "post__feed_html", "post__outline"
        )

    @admin.display(description=_("entry"), ordering="title")
    def shown_title(self, entry: RunEntry) -> str:
        title = entry.title or gettext("untitled")
        return f"{entry.position}. {title}"

    @admin.display(description=_("notes"))
    def notes(self, entry: RunEntry) -> SafeString:
        return lines(entry.warnings)

    @admin.display(description=_("post"))
    def post_link(self, entry: RunEntry) -> str:
        return link_to_post(entry.post)

    @admin.display(description=_("run"))
    def run_link(self, entry: RunEntry) -> SafeString:
        return link(str(entry.run), "importer_run_change", entry.run_id)


@admin.register(MediaItem)
class MediaItemAdmin(ReadOnlyAdmin):
    list_display = ("shown_url", "kind", "status", "last_error", "tries", "due", "post_link")
    list_display_links = ("shown_url",)
    list_filter = ("status", "kind")
    list_select_related = ("imported__post", "image", "run")
    search_fields = ("url", "last_error")
    actions = ("try_again",)
    fields = (
        "kind",
        "url",
        "status",
        "last_error",
        "tries",
        "due",
        "others",
        "stored_as",
        "post_link",
        "imported_link",
        "run_link",
        "updated_at",
    )
    readonly_fields = fields
    ordering = ("-id",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("importer.view_run")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("importer.view_run")

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("importer.change_run")

    def get_queryset(self, request: HttpRequest) -> QuerySet[MediaItem]:
        return MediaItem.objects.select_related("imported__post", "image", "run").defer(
            "imported__entry",
            "imported__post__body",
            "imported__post__html",
            "imported__post__feed_html",
            "imported__post__outline",
            "run__report",
        )

    @admin.action(description=_("Try again with the next import"), permissions=["retry"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[MediaItem]) -> None:
        number = bringing.try_again(queryset)
        self.message_user(
            request,
            ngettext(
                "%(number)s is tried again when its source is imported the next time, or at once by “manage.py fetch_media”.",
                "%(number)s are tried again when their source is imported the next time, or at once by “manage.py fetch_media”.",
                number,
            )
            % {"number": number},
        )

    @admin.display(description=_("address"), ordering="url")
    def shown_url(self, item: MediaItem) -> str:
        return item.url if len(item.url) <= 100 else f"{item.url[:99]}…"

    @admin.display(description=_("stored as"))
    def stored_as(self, item: MediaItem) -> str | SafeString:
        if item.image is not None:
            return link(str(item.image), "blog_image_change", item.image.pk)
        return item.name or "-"

    @admin.display(description=_("post"))
    def post_link(self, item: MediaItem) -> str:
        return link_to_post(item.imported.post)

    @admin.display(description=_("entry"))
    def imported_link(self, item: MediaItem) -> SafeString:
        return link(str(item.imported), "importer_importedentry_change", item.imported_id)

    @admin.display(description=_("run"))
    def run_link(self, item: MediaItem) -> str:
        return link(str(item.run), "importer_run_change", item.run_id) if item.run else "-"


@admin.register(ImportedEntry)
class ImportedEntryAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "source", "state", "post_link", "published", "updated_at")
    list_filter = (
        ("source", admin.RelatedOnlyFieldListFilter),
        "shared",
        ("post", admin.EmptyFieldListFilter),
    )
    list_select_related = ("source", "post")
    search_fields = ("title",)
    fields = (
        "source",
        "title",
        "published",
        "state",
        "post_link",
        "revision",
        "first_run_link",
        "last_run_link",
        "created_at",
        "updated_at",
        "as_it_came",
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportedEntry]:
        return ImportedEntry.objects.select_related("source", "post").defer(
            "entry", "post__body", "post__html", "post__feed_html", "post__outline"
        )

    @admin.display(description=_("state"))
    def state(self, row: ImportedEntry) -> str:
        if row.post is None:
            return gettext("deleted here for good; it stays away")
        if row.post.trashed_at is not None:
            return gettext("in the trash")
        return gettext("belongs to another source") if row.shared else gettext("imported")

    @admin.display(description=_("post"))
    def post_link(self, row: ImportedEntry) -> str:
        return link_to_post(row.post)

    @admin.display(description=_("came with"))
    def first_run_link(self, row: ImportedEntry) -> str:
        return link(str(row.first_run), "importer_run_change", row.first_run_id) if row.first_run else "-"

    @admin.display(description=_("last changed by"))
    def last_run_link(self, row: ImportedEntry) -> str:
        return link(str(row.run), "importer_run_change", row.run_id) if row.run else "-"

    @admin.display(description=_("as it came"))
    def as_it_came(self, row: ImportedEntry) -> SafeString:
        text = json.dumps(row.entry, ensure_ascii=False, indent=1)
        return format_html('<pre class="whole">{}</pre>', text[:LONGEST_SHOWN])
