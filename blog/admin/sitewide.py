"""sitewide: the one page of what editors decide for the whole site."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from blog import taxonomy
from blog.admin.rows import ModelAdmin
from blog.models import SiteSettings


@admin.register(SiteSettings)
class SiteSettingsAdmin(ModelAdmin):
    """One row: the list leads to it."""

    save = staticmethod(taxonomy.save_settings)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SiteSettings | None = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            answer: HttpResponse = super().changelist_view(request, extra_context)
            return answer
        return redirect("admin:blog_sitesettings_change", 1)

    def response_change(self, request: HttpRequest, obj: SiteSettings) -> HttpResponse:
        self.message_user(request, _("The settings are saved."))
        return redirect("admin:index")
