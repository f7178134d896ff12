"""posts: posts and pages at the desk; which fields stand where."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog import permissions
from blog.admin.desk import DeskAdmin
from blog.admin.lists import AuthorFilter, ChangesFilter, LanguageFilter, MineFilter, StatusFilter, TagFilter
from blog.admin.saving import user_of
from blog.models import Page, Post

Fieldsets = list[tuple[Any, dict[str, Any]]]
SEARCH_ENGINES = (
    gettext_lazy("For search engines"),
    {"classes": ("side", "collapse"), "fields": ("seo_title", "seo_description", "canonical_url", "noindex")},
)
TEXT: tuple[Any, dict[str, Any]] = (None, {"fields": ("title", "body")})
SUMMARY: tuple[Any, dict[str, Any]] = (
    gettext_lazy("Summary"),
    {"classes": ("side",), "fields": ("summary",)},
)


@admin.register(Post)
class PostAdmin(DeskAdmin):
    kind = Post.Kind.POST
    list_filter = (StatusFilter, ChangesFilter, MineFilter, AuthorFilter, TagFilter, LanguageFilter)

    def get_fieldsets(self, request: HttpRequest, obj: Post | None = None) -> Any:
        people: Fieldsets = []
        if permissions.may_name_others(user_of(request)):
            people = [(_("Bylines"), {"classes": ("side",), "fields": ("byline_rows",)})]
        return [
            TEXT,
            *people,
            SUMMARY,
            (_("Subjects"), {"classes": ("side",), "fields": ("tag_names", "series", "series_position")}),
            self.cover_fields(obj),
            (_("Address"), {"classes": ("side", "collapse"), "fields": ("slug", "language")}),
            (_("Comments"), {"classes": ("side", "collapse"), "fields": ("responding",)}),
            SEARCH_ENGINES,
        ]


@admin.register(Page)
class PageAdmin(DeskAdmin):
    """Written and revised like a post, in no list and no feed: no bylines, tags or series to fill in."""

    kind = Post.Kind.PAGE
    list_filter = (StatusFilter, ChangesFilter, LanguageFilter)
    list_display = ("the_title", "stands", "language", "updated")

    def get_fieldsets(self, request: HttpRequest, obj: Post | None = None) -> Any:
        return [
            TEXT,
            SUMMARY,
            self.cover_fields(obj),
            (_("Address"), {"classes": ("side",), "fields": ("slug", "language")}),
            SEARCH_ENGINES,
        ]
