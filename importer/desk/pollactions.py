"""pollactions: what an editor sees and decides of a source's polling: at once, not now, again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import formats, timezone

from importer.models import Source

if TYPE_CHECKING:  # generic for the type checker only
    ModelAdmin = admin.ModelAdmin[Source]
else:
    ModelAdmin = admin.ModelAdmin

NOBODY = "None of these can be asked: a source needs a web address, and polling must be on."


class PollActions(ModelAdmin):
    """Poll now, pause, resume: as actions of the list, and as buttons of the page, which posts them to the list."""

    actions = ("poll_now", "pause", "resume")
    change_form_template = "admin/importer/source.html"

    def has_poll_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("importer.change_source")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **given: Any
    ) -> Any:
        return super().render_change_form(
            request, context | {"may_poll": self.has_poll_permission(request)}, *args, **given
        )

    @admin.action(description="Poll now", permissions=["poll"])
    def poll_now(self, request: HttpRequest, chosen: QuerySet[Source]) -> HttpResponse | None:
        number = asked_of(chosen).filter(poll=True, gone=None).update(next_poll=timezone.now())
        return self.done(
            request, number, "will be asked as soon as the poller comes by, within a minute or so"
        )

    @admin.action(description="Pause", permissions=["poll"])
    def pause(self, request: HttpRequest, chosen: QuerySet[Source]) -> HttpResponse | None:
        number = asked_of(chosen).update(poll=False)
        return self.done(request, number, "will not be asked until somebody resumes")

    @admin.action(description="Resume", permissions=["poll"])
    def resume(self, request: HttpRequest, chosen: QuerySet[Source]) -> HttpResponse | None:
        number = asked_of(chosen).update(poll=True, gone=None, next_poll=timezone.now())
        return self.done(request, number, "will be asked from now on")

    def done(self, request: HttpRequest, number: int, what: str) -> HttpResponse | None:
        if number:
            self.message_user(request, f"{number} {'source' if number == 1 else 'sources'} {what}.")
        else:
            self.message_user(request, NOBODY, messages.WARNING)
        page = request.POST.get("page", "")
        return redirect("admin:importer_source_change", page) if page.isdecimal() else None

    @admin.display(description="polling", ordering="next_poll")
    def polling(self, source: Source) -> str:
        if not source.fetched:
            return "has no address to be asked at"
        if source.gone:
            return f"ended {moment(source.gone)}: it is gone for good"
        if not source.poll:
            return "off"
        if source.next_poll is None or source.next_poll <= timezone.now():
            return "its turn has come"
        return f"next {moment(source.next_poll)}"


def asked_of(chosen: QuerySet[Source]) -> QuerySet[Source]:
    """Of these, the sources that have an address."""
    return Source.objects.filter(pk__in=list(chosen.values_list("pk", flat=True)), fetched=True)


def moment(of: Any) -> str:
    return formats.date_format(timezone.localtime(of), "j F Y, H:i")
