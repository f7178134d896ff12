"""ways: the links of the menu and the footer, and the addresses that lead elsewhere."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog import taxonomy
from blog.addresses import web_address
from blog.admin.rows import ModelAdmin
from blog.models import NavigationLink, Page, Redirect


class OrderForm(forms.ModelForm):  # type: ignore[type-arg]
    """One row of the list, where place and order are set."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("place", "position"):
            if name in self.fields:
                self.fields[name].widget.attrs["aria-label"] = f"{self.fields[name].label}: {self.instance}"


@admin.register(NavigationLink)
class NavigationAdmin(ModelAdmin):
    """Ordered in the list itself."""

    list_display = ("__str__", "place", "position", "page", "address")
    list_editable = ("place", "position")
    list_filter = ("place",)
    list_select_related = ("page",)
    fields = ("place", "label", "page", "address", "position")
    save = staticmethod(taxonomy.save_navigation)

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        """In the list a column's head is no label for what reads the page aloud."""
        return super().get_changelist_form(request, **kwargs | {"form": OrderForm})

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "page":
            kwargs["queryset"] = Page.objects.filter(trashed_at__isnull=True).order_by("title")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class RedirectForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Redirect
        fields = ("path", "address")
        help_texts = {  # noqa: RUF012  # Django's own shape
            "path": gettext_lazy("The old address of this site, such as /2019/old-name/."),
            "address": gettext_lazy(
                "An address of this site (/posts/new-name/) or one that begins with https://."
            ),
        }

    def clean_path(self) -> str:
        path = str(self.cleaned_data["path"]).strip()
        if not path.startswith("/") or path.startswith(("//", "/\\")):
            raise forms.ValidationError(
                _("Write the old address from its first slash on, such as /2019/old-name/.")
            )
        return path

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"]).strip()
        local = address.startswith("/") and not address.startswith(("//", "/\\"))
        if not local and not web_address(address):
            raise forms.ValidationError(
                _("Write an address of this site (/posts/new-name/) or one that begins with https://.")
            )
        if address == self.cleaned_data.get("path"):
            raise forms.ValidationError(_("This would lead to itself. Write where it is to lead instead."))
        return address


@admin.register(Redirect)
class RedirectAdmin(ModelAdmin):
    form = RedirectForm
    list_display = ("path", "leads_to", "created_at")
    list_select_related = ("post",)
    search_fields = ("path", "address")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Redirect]:
        return Redirect.objects.select_related("post")

    def has_change_permission(self, request: HttpRequest, obj: Redirect | None = None) -> bool:
        """What leads to a post was left by its address's change and follows the post by itself."""
        return super().has_change_permission(request, obj) and (obj is None or obj.post_id is None)

    def get_fields(self, request: HttpRequest, obj: Redirect | None = None) -> Any:
        return ("path", "leads_to") if obj is not None and obj.post_id else ("path", "address")

    def get_readonly_fields(self, request: HttpRequest, obj: Redirect | None = None) -> Any:
        return ("leads_to",) if obj is not None and obj.post_id else ()

    def save_model(self, request: HttpRequest, obj: Redirect, form: Any, change: bool) -> None:
        obj.save()

    @admin.display(description=gettext_lazy("leads to"))
    def leads_to(self, redirect: Redirect) -> str:
        return redirect.post.get_absolute_url() if redirect.post else redirect.address
