"""rows: what people, subjects and links at the desk share: saved and deleted by taxonomy's verbs, refusals shown in the form."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.slugs import slug_of
from blog import taxonomy


class ModelAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # it takes none when the program runs
    """Stock, and: a bare address is taken for https, no column can be asked through the page's address but those filtered by."""

    formfield_overrides: ClassVar[Any] = {models.URLField: {"assume_scheme": "https"}}
    show_full_result_count = False
    list_per_page = 50
    save: Any = None  # the verb that writes a row

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        title = str(self.opts.verbose_name_plural).capitalize()
        return super().changelist_view(request, {"title": title} | (extra_context or {}))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """It names who signed in: for those who may change the row."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        return lookup.split("__")[0] in {name for name in self.list_filter if isinstance(name, str)}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        type(self).save(obj)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        taxonomy.delete(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for row in queryset:
            taxonomy.delete(row)


class SlugForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form whose address is made from the name where it is left empty, and told when it is taken."""

    named_by: ClassVar[str] = "name"
    signs: ClassVar[bool] = False

    slug = forms.CharField(
        required=False,
        max_length=200,
        label=gettext_lazy("Address"),
        help_text=gettext_lazy(
            "The last part of it. Empty: made from the name. The old address goes on leading here."
        ),
    )

    def clean_slug(self) -> str:
        given = str(self.cleaned_data.get("slug") or "")
        name = str(self.cleaned_data.get(self.named_by) or "")
        slug = slug_of(given or name, signs=self.signs)
        rows = self._meta.model._default_manager.filter(slug=slug)
        if rows.exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("The address “%(slug)s” is taken. Write another one.") % {"slug": slug})
        return slug
