"""authors: who readers see: name, address, life in a few lines, picture, and whose login it is."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Author, User
from blog import images, taxonomy
from blog.admin import invitations
from blog.admin.rows import ModelAdmin, SlugForm
from blog.fields import module


class AuthorForm(SlugForm):
    website = forms.URLField(
        label=gettext_lazy("Website"), required=False, max_length=500, assume_scheme="https"
    )
    new_picture = forms.FileField(
        label=gettext_lazy("New picture"),
        required=False,
        help_text=gettext_lazy(
            "PNG, JPEG, WebP, GIF or AVIF, at most 10 MB; its middle is cut out as a square."
        ),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif,image/avif"}),
    )
    no_picture = forms.BooleanField(required=False, label=gettext_lazy("Take the picture off"))

    class Meta:
        model = Author
        fields = ("name", "slug", "bio", "website", "email", "user")

    def clean_new_picture(self) -> Any:
        upload = self.cleaned_data["new_picture"]
        if upload:
            images.read(upload, square=images.PORTRAIT_SIDE)
        return upload


@admin.register(Author)
class AuthorAdmin(ModelAdmin):
    form = AuthorForm
    list_display = ("name", "slug", "posts_number", "user")
    search_fields = ("name", "slug")
    readonly_fields: ClassVar[Any] = ()
    list_select_related = ("user",)

    class Media:
        js = (module("js/admin/author.js"),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Author]:
        return Author.objects.annotate(posts_number=Count("bylines__post", distinct=True))

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("bio/", wrap(invitations.bio), name="accounts_author_bio"),
            path("<int:pk>/preview/", wrap(invitations.preview), name="accounts_author_preview"),
            path("<int:pk>/invitations/", wrap(invitations.page), name="accounts_author_invitations"),
            *super().get_urls(),
        ]

    def _writes(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("accounts.change_author"))

    def get_fieldsets(self, request: HttpRequest, obj: Author | None = None) -> Any:
        """E-mail and login are nobody's business who may only look."""
        if not self._writes(request):
            return [(None, {"fields": ("name", "slug", "bio", "website")})]
        return [
            (None, {"fields": ("name", "bio", "website", "slug")}),
            (
                _("Picture"),
                {"fields": ("new_picture", "no_picture") if obj and obj.picture else ("new_picture",)},
            ),
            (_("Not shown to readers"), {"fields": ("email", "user")}),
        ]

    def get_list_display(self, request: HttpRequest) -> Any:
        return self.list_display if self._writes(request) else ("name", "slug", "posts_number")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.filter(is_staff=True).order_by("username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Author, form: Any, change: bool) -> None:
        upload = form.cleaned_data.get("new_picture")
        if upload:
            obj.picture.name = images.store_portrait(upload)
        elif form.cleaned_data.get("no_picture"):
            obj.picture.name = ""
        taxonomy.save_author(obj)

    @admin.display(description=gettext_lazy("posts"), ordering="posts_number")
    def posts_number(self, author: Any) -> int:
        return int(author.posts_number)
