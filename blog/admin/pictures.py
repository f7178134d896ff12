"""pictures: the stored pictures at the desk: found by what they show, with where they are used."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from accounts.models import User
from blog import images
from blog.admin.rows import ModelAdmin
from blog.models import Image, Post


class ImageForm(forms.ModelForm):  # type: ignore[type-arg]
    upload = forms.FileField(
        label="Picture",
        help_text="PNG, JPEG, WebP, GIF or AVIF, at most 10 MB.",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif,image/avif"}),
    )

    class Meta:
        model = Image
        fields = ("alt",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["upload"]

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        images.read(upload)
        return upload


@admin.register(Image)
class ImageAdmin(ModelAdmin):
    form = ImageForm
    list_display = ("thumbnail", "shows", "measures", "covers", "uploaded_by", "created_at")
    list_display_links = ("thumbnail", "shows")
    list_select_related = ("uploaded_by",)
    search_fields = ("alt", "original_name")
    list_per_page = 30
    readonly_fields: ClassVar[Any] = ("shown", "measures", "used")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Image]:
        return Image.objects.annotate(covers_number=Count("covered_posts"))

    def get_fields(self, request: HttpRequest, obj: Image | None = None) -> Any:
        return ("shown", "alt", "measures", "used") if obj else ("upload", "alt")

    def has_change_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        """Alt texts: one's own pictures, an editor all."""
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or obj.uploaded_by_id == request.user.pk or self._edits_any(request)

    def has_delete_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        """A picture that a post shows stays."""
        return super().has_delete_permission(request, obj) and (obj is None or not _uses(obj))

    def _edits_any(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("blog.edit_any_post"))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """One by one: each is asked whether a post shows it."""
        return {}

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        if change:
            obj.save(update_fields=["alt"])
            return
        assert isinstance(request.user, User)  # noqa: S101  # the desk let nobody else in
        kept = images.store(form.cleaned_data["upload"], request.user, form.cleaned_data["alt"])
        obj.__dict__.update({name: value for name, value in kept.__dict__.items() if name != "_state"})
        obj._state.adding = False

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        images.forget(obj)

    @admin.display(description="picture")
    def thumbnail(self, image: Image) -> str:
        return format_html(
            '<img class="thumbnail" src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
            image.file.url,
            image.alt,
            image.width,
            image.height,
        )

    @admin.display(description="picture")
    def shown(self, image: Image) -> str:
        return format_html(
            '<img class="shown" src="{}" alt="{}" width="{}" height="{}">',
            image.file.url,
            image.alt,
            image.width,
            image.height,
        )

    @admin.display(description="shows", ordering="alt")
    def shows(self, image: Image) -> str:
        return str(image)

    @admin.display(description="size")
    def measures(self, image: Image) -> str:
        return f"{image.width} × {image.height}, {image.size // 1024 or 1} kB"

    @admin.display(description="cover of", ordering="covers_number")
    def covers(self, image: Any) -> int:
        return int(image.covers_number)

    @admin.display(description="used in")
    def used(self, image: Image) -> str:
        """Titles of the user's own posts are told; of others only how many."""
        number = _uses(image)
        return f"{number} {'post or page' if number == 1 else 'posts and pages'}" if number else "no post"


def _uses(image: Image) -> int:
    """Posts and pages, the trash included, that show it as cover or in their text."""
    in_text = Post.everything.filter(body__contains=str(image.file.name))
    return (in_text | Post.everything.filter(cover=image)).distinct().count()
