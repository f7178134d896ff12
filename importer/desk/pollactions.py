"""pollactions: what an editor sees and decides of a source's polling: at once, not now, again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from importer.models import Source

if TYPE_CHECKING:  # generic for the type checker only
    ModelAdmin = admin.ModelAdmin[Source]
else:
    ModelAdmin = admin.ModelAdmin

NOBODY = gettext_lazy("None of these can be asked: a source needs a web address, and polling must be on.")


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

    @admin.action(description=gettext_lazy("Poll now"), permissions=["poll"])
    def poll_now(self, request: HttpRequest, chosen: QuerySet[Source]) -> HttpResponse | None:
        number = asked_of(chosen).filter(poll=True, gone=None).update(next_poll=timezone.now())
        return self.done(
            request,
            number,
            ngettext(
                "%(number)s source will be asked as soon as the poller comes by, within a minute or so.",
                "%(number)s sources will be asked as soon as the poller comes by, within a minute or so.",
                number,
            ),
        )

    @admin.action(description=gettext_lazy("Pause"), permissions=["poll"])
    def pause(self, request: HttpRequest, chosen: QuerySet[Source]) -> HttpResponse | None:
        number = asked_of(chosen).update(poll=False)
        return self.done(
            request,
            number,
            ngettext(
                "%(number)s source will not be asked until somebody resumes.",
                "%(number)s sources will not be asked until somebody resumes.",
                number,
            ),
        )

    @admin.action(description=gettext_lazy("Resume"), permissions=["poll"])
    def resume(self, request: HttpRequest, chosen: QuerySet[Source]) -> HttpResponse | None:
        number = asked_of(chosen).update(poll=True, gone=None, next_poll=timezone.now())
        return self.done(
            request,
            number,
            ngettext(
                "%(number)s source will be asked from now on.",
                "%(number)s sources will be asked from now on.",
                number,
            ),
        )

    def done(self, request: HttpRequest, number: int, said: str) -> HttpResponse | None:
        if number:
            self.message_user(request, said % {"number": number})
        else:
            self.message_user(request, str(NOBODY), messages.WARNING)
        page = request.POST.get("page", "")
        return redirect("admin:importer_source_change", page) if page.isdecimal() else None

    @admin.display(description=gettext_lazy("polling"), ordering="next_poll")
    def polling(self, source: Source) -> str:
        if not source.fetched:
            return _("has no address to be asked at")
        if source.gone:
            return _("ended %(moment)s: it is gone for good") % {"moment": moment(source.gone)}
        if not source.poll:
            return _("off")
        if source.next_poll is None or source.next_poll <= timezone.now():
            return _("its turn has come")
        return _("next %(moment)s") % {"moment": moment(source.next_poll)}


def asked_of(chosen: QuerySet[Source]) -> QuerySet[Source]:
    """Of these, the sources that have an address."""
    return Source.objects.filter(pk__in=list(chosen.values_list("pk", flat=True)), fetched=True)


def moment(of: Any) -> str:
    return formats.date_format(timezone.localtime(of), "j E Y, H:i")
