"""lists: the list of posts at the desk: where each stands in words, filters, search, and what can be done to several at once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.timesince import timesince, timeuntil
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Author, User
from blog import approvals, permissions
from blog.admin import savedviews
from blog.admin.several import ACTIONS, SeveralForm
from blog.deeds import shown_name
from blog.models import Post, Tag

if TYPE_CHECKING:
    PostModelAdmin = admin.ModelAdmin[Post]
else:
    PostModelAdmin = admin.ModelAdmin


def short(moment: datetime | None) -> str:
    return formats.date_format(timezone.localtime(moment), "j M Y, H:i") if moment else ""


CHOICES = 25  # authors and tags offered as filters
Lookups = list[tuple[Any, str]]


def where_it_stands(post: Post) -> tuple[str, str]:
    """(one word for the style sheet, the sentence for people)."""
    now = timezone.now()
    if post.trashed_at is not None:
        return "trash", _("In the trash for %(time)s") % {"time": timesince(post.trashed_at, now, depth=1)}
    if post.status == Post.Status.REVIEW and (approval := approvals.known(post)):
        who = shown_name(approval.user) or _("somebody who is gone")
        return "approved", _("In review, approved by %(who)s") % {"who": who}
    if post.status != Post.Status.PUBLISHED:
        return post.status, {"draft": _("Draft"), "review": _("In review"), "withdrawn": _("Withdrawn")}[
            post.status
        ]
    if post.withdraw_at is not None and post.withdraw_at <= now:
        return "withdrawn", _("Withdrawn since %(moment)s") % {"moment": short(post.withdraw_at)}
    if post.is_scheduled and post.published_at:
        return "scheduled", _("Scheduled in %(time)s") % {"time": timeuntil(post.published_at, now, depth=1)}
    if post.withdraw_at is not None:
        return "published", _("Published, for %(time)s more") % {
            "time": timeuntil(post.withdraw_at, now, depth=1)
        }
    return "published", _("Published")


# -- filters -----------------------------------------------------------------------------------------


class StatusFilter(admin.SimpleListFilter):
    title = gettext_lazy("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        return [
            ("draft", _("Draft")),
            ("review", _("In review")),
            ("scheduled", _("Scheduled")),
            ("published", _("Published")),
            ("withdrawn", _("Withdrawn")),
            ("trash", _("Trash")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        now = timezone.now()
        gone = Q(status="published", withdraw_at__lte=now)
        means = {
            "draft": Q(status="draft"),
            "review": Q(status="review"),
            "scheduled": Q(status="published", published_at__gt=now),
            "published": Q(status="published", published_at__lte=now) & ~gone,
            "withdrawn": Q(status="withdrawn") | gone,
        }
        if self.value() == "trash":
            return queryset.filter(trashed_at__isnull=False)
        return queryset.filter(means.get(self.value() or "", Q()), trashed_at__isnull=True)


class MineFilter(admin.SimpleListFilter):
    title = gettext_lazy("whose")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        assert isinstance(request.user, User)  # noqa: S101  # the desk let nobody else in
        return [("1", _("Mine"))] if permissions.edits_any(request.user) else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        if self.value() != "1":
            return queryset
        return queryset.filter(Q(created_by=request.user) | Q(bylines__author__user=request.user)).distinct()


class ChangesFilter(admin.SimpleListFilter):
    title = gettext_lazy("changes")
    parameter_name = "changes"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        return [("1", _("Unpublished changes"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        return queryset.filter(changes__isnull=False) if self.value() == "1" else queryset


class ByNumber(admin.SimpleListFilter):
    """A filter by a row's number; nonsense in the address finds nothing instead of failing."""

    def number(self) -> int | None:
        value = self.value() or ""
        return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None


class AuthorFilter(ByNumber):
    title = gettext_lazy("author")
    parameter_name = "author"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        busiest = Author.objects.annotate(posts_number=Count("bylines")).filter(posts_number__gt=0)
        rows = list(busiest.order_by("-posts_number", "name").values_list("pk", "name")[:CHOICES])
        return [(str(pk), name) for pk, name in sorted(rows, key=lambda row: row[1].casefold())]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        if not self.value():
            return queryset
        return queryset.filter(bylines__author=self.number()).distinct() if self.number() else queryset.none()


class TagFilter(ByNumber):
    title = gettext_lazy("tag")
    parameter_name = "tag"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        busiest = Tag.objects.annotate(posts_number=Count("taggings")).filter(posts_number__gt=0)
        rows = list(busiest.order_by("-posts_number", "name").values_list("pk", "name")[:CHOICES])
        return [(str(pk), name) for pk, name in sorted(rows, key=lambda row: row[1].casefold())]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        if not self.value():
            return queryset
        return queryset.filter(taggings__tag=self.number()) if self.number() else queryset.none()


class LanguageFilter(admin.SimpleListFilter):
    title = gettext_lazy("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        codes = model_admin.model._default_manager.order_by("language").values_list("language", flat=True)
        return [(code, code) for code in codes.distinct()[:CHOICES]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        code = (self.value() or "").replace("\0", "?")  # which Postgres refuses
        return queryset.filter(language=code) if code else queryset


# -- the list --------------------------------------------------------------------------------------


def _waiting(post: Post) -> str:
    """What the list says of a live post's unpublished changes."""
    found = getattr(post, "changes", None)
    if found is None:
        return ""
    if found.at is None:
        return _("unpublished changes")
    return _("changes scheduled for {moment}").format(moment=short(found.at))


class _List(ChangeList):
    """Stock, but the rows come without the texts, which no column shows."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Post]:
        found: QuerySet[Post] = super().get_queryset(request, exclude_parameters)
        return found.defer("body", "html", "feed_html", "outline", "excerpt", "summary")


class ListOfPosts(PostModelAdmin):
    list_display: tuple[str, ...] = ("the_title", "stands", "the_authors", "the_tags", "language", "updated")
    list_display_links = ("the_title",)
    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False
    search_fields = ("title", "body")
    search_help_text = gettext_lazy("Words of the title or the text.")
    ordering = ("-updated_at", "-id")
    actions = None
    action_form = SeveralForm
    change_list_template = "admin/blog/list.html"
    list_filter: ClassVar[Any] = ()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        title = str(self.opts.verbose_name_plural).capitalize()
        more: dict[str, Any] = {"title": title}
        if isinstance(request.user, User):
            kind = str(self.opts.model_name)
            more["saved_views"] = savedviews.of(request.user, kind)
            more["this_view"] = savedviews.query_of(
                request.GET, [chosen.parameter_name for chosen in self.list_filter]
            )
        return super().changelist_view(request, more | (extra_context or {}))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return _List

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Ours alone: the stock `delete_selected` would go past the verbs."""
        assert isinstance(request.user, User)  # noqa: S101  # the desk let nobody else in
        if not self.has_change_permission(request):
            return {}
        return {
            name: (action, name, label)
            for name, label, action, wanted in ACTIONS
            if not wanted or request.user.has_perm(wanted)
        }

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Filters have their own names; no other column can be asked through the address."""
        return lookup in {chosen.parameter_name for chosen in self.list_filter}

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Post], search_term: str
    ) -> tuple[QuerySet[Post], bool]:
        """Every word somewhere in title or text. SQLite folds the case of ASCII alone: ask for the usual cases."""
        for word in search_term.split()[:10]:
            cases = {word, word.lower(), word.upper(), word.capitalize()}
            queryset = queryset.filter(
                Q(
                    *[(f"{name}__icontains", case) for name in ("title", "body") for case in sorted(cases)],
                    _connector=Q.OR,
                )
            )
        return queryset, False

    # -- columns -----------------------------------------------------------------------------------

    @admin.display(description=gettext_lazy("title"), ordering="title")
    def the_title(self, post: Post) -> str:
        return post.title or _("(no title)")

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def stands(self, post: Post) -> str:
        word, sentence = where_it_stands(post)
        date = short(post.published_at) if post.dated and word in ("published", "scheduled") else ""
        waiting = _waiting(post)
        parts = [format_html('<span class="stands stands-{}">{}</span>', word, sentence)]
        parts += [format_html(" <small>{}</small>", part) for part in (date, waiting) if part]
        return format_html("{}" * len(parts), *parts)

    @admin.display(description=gettext_lazy("authors"))
    def the_authors(self, post: Post) -> str:
        return ", ".join(byline.author.name for byline in post.bylines.all())

    @admin.display(description=gettext_lazy("tags"))
    def the_tags(self, post: Post) -> str:
        return ", ".join(tagging.spelling for tagging in post.taggings.all())

    @admin.display(description=gettext_lazy("last change"), ordering="updated_at")
    def updated(self, post: Post) -> str:
        return short(post.updated_at)
