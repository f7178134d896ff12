"""log: the page of who published or changed what, with filters; for editors, and nobody can write on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from blog import deeds, reasons
from blog.admin.lists import CHOICES, ByNumber, Lookups, short
from blog.admin.rows import ModelAdmin
from blog.models import Deed, Post

SINCE = {"1": _("Today and yesterday"), "7": _("7 days"), "30": _("30 days"), "365": _("A year")}
STATUSES = dict(Post.Status.choices)
OF_A_POST = 10  # lines on the page of its history


def of_post(post: Post) -> list[Deed]:
    """The newest lines about one post; one query."""
    return list(Deed.objects.filter(post_id=post.pk)[:OF_A_POST])


class WhatFilter(admin.SimpleListFilter):
    title = _("what was done")
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        return [(verb, str(words)) for verb, words in deeds.VERBS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Deed]) -> QuerySet[Deed]:
        return queryset.filter(verb=self.value()) if self.value() in deeds.VERBS else queryset


class SinceFilter(admin.SimpleListFilter):
    title = _("since")
    parameter_name = "days"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        return [(days, str(words)) for days, words in SINCE.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Deed]) -> QuerySet[Deed]:
        if self.value() not in SINCE:
            return queryset
        return queryset.filter(at__gte=timezone.now() - timedelta(days=int(self.value() or 0)))


class WhoFilter(ByNumber):
    """Those at the desk; who has no role any more is found by name."""

    title = _("who")
    parameter_name = "who"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        people = User.objects.filter(is_staff=True).order_by("-last_login", "username")[:CHOICES]
        return [(str(person.pk), deeds.shown_name(person)) for person in people]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Deed]) -> QuerySet[Deed]:
        if not self.value():
            return queryset
        number = self.number()
        return queryset.none() if number is None else queryset.filter(user_id=number)


class PostFilter(ByNumber):
    """Offered for the one post that is asked for: the page of each leads here."""

    title = _("post")
    parameter_name = "post"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        asked = request.GET.get("post", "")
        if not asked:
            return []
        number = asked if asked.isascii() and asked.isdigit() and len(asked) < 19 else "0"
        last = Deed.objects.filter(post_id=int(number)).first()
        return [(asked, last.title if last else str(_("a post of which it says nothing")))]

    def has_output(self) -> bool:
        return bool(self.lookup_choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Deed]) -> QuerySet[Deed]:
        if not self.value():
            return queryset
        number = self.number()
        return queryset.none() if number is None else queryset.filter(post_id=number)


@admin.register(Deed)
class LogAdmin(ModelAdmin):
    """Read, filtered, searched; never written, changed or deleted here."""

    list_display = ("moment", "who", "did", "on", "stands", "the_note")
    list_display_links = None
    list_filter = (SinceFilter, WhoFilter, PostFilter, WhatFilter)
    search_fields = ("title", "user_name", "note")
    search_help_text = _("Words of the title, the name or the note.")
    ordering: ClassVar = ["-pk"]
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Deed]:
        heavy = ("body", "html", "feed_html", "outline", "excerpt", "summary")
        found = Deed.objects.select_related("post").defer(*(f"post__{name}" for name in heavy))
        return found.order_by("-pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Deed | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Deed | None = None) -> bool:
        return False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        return lookup in {
            chosen.parameter_name for chosen in (WhatFilter, SinceFilter, WhoFilter, PostFilter)
        }

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A line has no page of its own: it says all in the list."""
        if not self.has_view_permission(request):
            return super().change_view(request, object_id, form_url, extra_context)
        return HttpResponseRedirect(reverse("admin:blog_deed_changelist"))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        return self.change_view(request, object_id)

    # -- columns -----------------------------------------------------------------------------------

    @admin.display(description=_("when"), ordering="pk")
    def moment(self, deed: Deed) -> str:
        return short(deed.at)

    @admin.display(description=_("who"), empty_value="Masthead")
    def who(self, deed: Deed) -> str | None:
        return deed.user_name or None

    @admin.display(description=_("did what"))
    def did(self, deed: Deed) -> Any:
        return deeds.VERBS.get(deed.verb, deed.verb)

    @admin.display(description=_("to what"))
    def on(self, deed: Deed) -> str:
        title = deed.title or _("(no title)")
        if deed.post is None:
            return format_html("{} <small>{}</small>", title, self._what(deed))
        page = reverse(f"admin:blog_{deed.post.kind}_change", args=[deed.post.pk])
        return format_html('<a href="{}">{}</a>', page, title)

    def _what(self, deed: Deed) -> Any:
        if deed.post_id is not None:
            return _("deleted for good")
        return deed.get_what_display()

    @admin.display(description=_("status"))
    def stands(self, deed: Deed) -> str:
        if not deed.became:
            return ""
        became = STATUSES.get(deed.became, deed.became)
        revision = f" · {deed.revision}" if deed.revision else ""
        if deed.was in ("", deed.became):
            return f"{became}{revision}"
        return f"{STATUSES.get(deed.was, deed.was)} → {became}{revision}"

    @admin.display(description=_("note"))
    def the_note(self, deed: Deed) -> str:
        return reasons.in_words(deed.note)
