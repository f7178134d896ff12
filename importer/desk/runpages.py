"""runpages: the pages behind a run at the desk, by their addresses, and the ways to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from importer.desk import importpages, mendpages, proposals, runmedia, runpreview
from importer.models import Run

if TYPE_CHECKING:  # generic for the type checker only
    ModelAdmin = admin.ModelAdmin[Run]
else:
    ModelAdmin = admin.ModelAdmin


class RunPages(ModelAdmin):
    """Import, plan, undo, preview, proposals: beside the stock list and page of runs."""

    change_list_template = "admin/importer/runs.html"
    change_form_template = "admin/importer/run.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("import/", view(importpages.begin), name="importer_run_import"),
            path("mend/", view(mendpages.mend), name="importer_run_mend"),
            path("proposals/", view(proposals.proposals), name="importer_run_proposals"),
            path("proposals/<int:post>/<int:number>/", view(proposals.answer), name="importer_run_proposal"),
            path("<int:number>/plan/", view(importpages.plan), name="importer_run_plan"),
            path("<int:number>/undo/", view(importpages.undo), name="importer_run_undo"),
            path("<int:number>/media/", view(runmedia.fetch), name="importer_run_media"),
            path("<int:number>/preview/", view(runpreview.home), name="importer_run_preview"),
            path(
                "<int:number>/preview/<int:place>/", view(runpreview.post), name="importer_run_preview_post"
            ),
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        more = {
            "waiting": proposals.waiting().count(),
            "may_import": request.user.has_perm("importer.add_run"),
        }
        return super().changelist_view(request, (extra_context or {}) | more)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        more = {"pictures_waiting": 0}
        if object_id.isdecimal() and request.user.has_perm("importer.add_run"):
            more["pictures_waiting"] = runmedia.waiting(Run(pk=int(object_id))).count()
        return super().change_view(request, object_id, form_url, (extra_context or {}) | more)
