"""responses: readers' comments at the desk: the list of those that wait and the rest, one comment's page, many judged at once."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from blog import permissions, responses
from blog.admin import respondents, responsepage
from blog.admin.lists import ByNumber, Lookups, short
from blog.admin.rows import ModelAdmin
from blog.admin.saving import user_of
from blog.admin.several import Action, each
from blog.models import Post, Response

STATUSES = {status.value: status.label for status in Response.Status if status != Response.Status.EMPTIED}
SHOWN = 160  # characters of a comment in the list


class StatusFilter(admin.SimpleListFilter):
    """What waits is shown first."""

    title = gettext_lazy("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        return [*((value, str(label)) for value, label in STATUSES.items()), ("all", _("All"))]

    def choices(self, changelist: ChangeList) -> Any:
        """Stock, without its own “All”: nothing chosen means those that wait."""
        chosen = self.value() or Response.Status.WAITING.value
        for value, label in self.lookup_choices:
            yield {
                "selected": chosen == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": label,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Response]) -> QuerySet[Response]:
        if self.value() == "all":
            return queryset
        return queryset.filter(status=self.value() if self.value() in STATUSES else "waiting")


class PostFilter(ByNumber):
    """Offered for the one post that is asked for: the mail about a comment leads here."""

    title = gettext_lazy("post")
    parameter_name = "post"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        number = self.number() if self.value() else None
        seen = Post.everything.filter(permissions.visible_to(user_of(request)))
        found = seen.filter(pk=number).first() if number is not None else None
        return [(str(found.pk), found.title)] if found else []

    def value(self) -> Any:
        return self.used_parameters.get(self.parameter_name)

    def has_output(self) -> bool:
        return bool(self.lookup_choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Response]) -> QuerySet[Response]:
        if not self.value():
            return queryset
        number = self.number()
        return queryset.none() if number is None else queryset.filter(post_id=number)


# -- what is done to several -------------------------------------------------------------------------


def _judge(status: str, response_id: int, user: User) -> object:
    return responses.judge(response_id, user, status)


def _approved(n: int) -> str:
    return ngettext("%(number)d comment is shown.", "%(number)d comments are shown.", n)


def _rejected(n: int) -> str:
    return ngettext("%(number)d comment was rejected.", "%(number)d comments were rejected.", n)


def _spam(n: int) -> str:
    return ngettext("%(number)d comment is spam.", "%(number)d comments are spam.", n)


def _deleted(n: int) -> str:
    return ngettext(
        "%(number)d comment was deleted for good.", "%(number)d comments were deleted for good.", n
    )


ACTIONS: tuple[tuple[str, str | Promise, Action, str], ...] = (
    (
        "approve",
        gettext_lazy("Approve"),
        each(partial(_judge, "approved"), _approved),
        "blog.change_response",
    ),
    ("reject", gettext_lazy("Reject"), each(partial(_judge, "rejected"), _rejected), "blog.change_response"),
    ("spam", gettext_lazy("It is spam"), each(partial(_judge, "spam"), _spam), "blog.change_response"),
    (
        "delete_for_good",
        gettext_lazy("Delete for good"),
        each(responses.delete_if_there, _deleted),
        "blog.delete_response",
    ),
)


@admin.register(Response)
class ResponseAdmin(ModelAdmin):
    """Read and judged here; written by readers alone."""

    list_display = ("said", "who", "under", "moment", "stands")
    list_display_links = ("said",)
    list_filter = (StatusFilter, PostFilter)
    search_fields = ("name", "email", "text")
    search_help_text = gettext_lazy("Words of the comment, the name or the e-mail address.")
    ordering: ClassVar = ["-pk"]
    change_list_template = "admin/blog/response/list.html"

    # -- who may -----------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Response]:
        heavy = ("body", "html", "feed_html", "outline", "excerpt", "summary")
        found = permissions.responses_of(user_of(request)).select_related("post", "parent")
        return found.defer("html", *(f"post__{name}" for name in heavy)).order_by("-pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Response | None = None) -> bool:
        if obj is None:
            return super().has_change_permission(request)
        return permissions.may_judge(user_of(request), obj.post)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Ours alone: the stock `delete_selected` would go past the verbs."""
        user = user_of(request)
        return {
            name: (action, name, label) for name, label, action, wanted in ACTIONS if user.has_perm(wanted)
        }

    def delete_model(self, request: HttpRequest, obj: Response) -> None:
        responses.delete(obj.pk, user_of(request))

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        return lookup in {chosen.parameter_name for chosen in (StatusFilter, PostFilter)}

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Response], search_term: str
    ) -> tuple[QuerySet[Response], bool]:
        """Every word somewhere. SQLite folds the case of ASCII alone: ask for the usual cases."""
        for word in search_term.replace("\0", "").split()[:10]:
            cases = sorted({word, word.lower(), word.upper(), word.capitalize()})
            asked = [(f"{name}__icontains", case) for name in self.search_fields for case in cases]
            queryset = queryset.filter(Q(*asked, _connector=Q.OR))
        return queryset, False

    # -- pages -------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("reader/", wrap(self.reader_view), name="blog_response_reader"),
            *super().get_urls(),
        ]

    def reader_view(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm("blog.delete_response"):
            raise PermissionDenied
        return respondents.page(self, request)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        found = self.get_object(request, object_id)
        if found is None:
            self.message_user(
                request,
                _("This comment is not there any more. Look at the list again."),
                messages.WARNING,
            )
            return redirect("admin:blog_response_changelist")
        if not self.has_change_permission(request, found):
            raise PermissionDenied
        return responsepage.page(self, request, found)

    # -- columns -----------------------------------------------------------------------------------

    @admin.display(description=gettext_lazy("comment"))
    def said(self, one: Response) -> str:
        return Truncator(" ".join(one.text.split())).chars(SHOWN) or "…"

    @admin.display(description=gettext_lazy("who"))
    def who(self, one: Response) -> str:
        said = _("{name}, who writes here") if one.by_writers else "{name}"
        return format_html("<bdi>{}</bdi>", said.replace("{name}", one.name or _("Somebody")))

    @admin.display(description=gettext_lazy("under"))
    def under(self, one: Response) -> str:
        return one.post.title

    @admin.display(description=gettext_lazy("when"), ordering="pk")
    def moment(self, one: Response) -> str:
        return short(one.at)

    @admin.display(description=gettext_lazy("status"))
    def stands(self, one: Response) -> str:
        label = one.get_status_display()
        return _("%(status)s, imported") % {"status": label} if one.origin else label
