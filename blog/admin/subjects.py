"""subjects: tags and series at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog import taxonomy
from blog.admin import tagpages
from blog.admin.rows import ModelAdmin, SlugForm
from blog.models import Series, Tag
from blog.models.tag import tag_key
from blog.tagging import clean_name


class TagForm(SlugForm):
    signs = True

    class Meta:
        model = Tag
        fields = ("name", "slug", "description")

    def clean_name(self) -> str:
        name = clean_name(self.cleaned_data["name"])
        if not name:
            raise ValidationError(gettext("Write a name for the tag."))
        if Tag.objects.filter(key=tag_key(name)).exclude(pk=self.instance.pk).exists():
            raise ValidationError(
                gettext("There is a tag “%(name)s” already, perhaps in other letters.") % {"name": name}
            )
        return name


class SeriesForm(SlugForm):
    named_by = "title"

    class Meta:
        model = Series
        fields = ("title", "slug", "description")


@admin.register(Tag)
class TagAdmin(ModelAdmin):
    form = TagForm
    fields = ("name", "slug", "description")
    list_display = ("name", "slug", "posts_number", "described")
    search_fields = ("name", "key", "aliases__key")
    save = staticmethod(taxonomy.save_tag)

    def get_urls(self) -> list[URLPattern]:
        return [
            path("merge/", self.admin_site.admin_view(tagpages.merge), name="blog_tag_merge"),
            path("part/<int:number>/", self.admin_site.admin_view(tagpages.part), name="blog_tag_part"),
            *super().get_urls(),
        ]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        found: dict[str, Any] = super().get_actions(request)
        if request.user.has_perm("blog.delete_tag"):
            found["merge"] = (tagpages.choose, "merge", _("Make one tag of the chosen ones"))
        return found

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        found: QuerySet[Tag] = Tag.objects.annotate(posts_number=Count("taggings", distinct=True))
        return found

    @admin.display(description=_("posts"), ordering="posts_number")
    def posts_number(self, tag: Any) -> int:
        return int(tag.posts_number)

    @admin.display(description=_("described"), boolean=True)
    def described(self, tag: Tag) -> bool:
        return bool(tag.description)


@admin.register(Series)
class SeriesAdmin(ModelAdmin):
    form = SeriesForm
    fields = ("title", "slug", "description")
    list_display = ("title", "slug", "posts_number")
    search_fields = ("title",)
    save = staticmethod(taxonomy.save_series)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Series]:
        return Series.objects.annotate(posts_number=Count("posts"))

    @admin.display(description=_("posts"), ordering="posts_number")
    def posts_number(self, series: Any) -> int:
        return int(series.posts_number)
