"""openform: the addresses of a form that is open: its beats, what was left unsaved, what changed since; and its sending, carried through the sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from blog.admin import beats, door, history, keeping, trashing
from blog.admin.saving import SavingAdmin
from blog.models import Post

if TYPE_CHECKING:
    from blog.admin.desk import DeskAdmin


class OpenFormAdmin(SavingAdmin):
    """What a form needs while somebody writes in it."""

    def get_urls(self) -> list[URLPattern]:
        name = f"blog_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path("add/", door.carrying(wrap(self.add_view)), name=f"{name}_add"),
            path("<path:object_id>/change/", door.carrying(wrap(self.change_view)), name=f"{name}_change"),
            path("<int:object_id>/keep/", self.keep_view, name=f"{name}_keep"),
            path("add/keep/", self.keep_view, name=f"{name}_keep_new"),
            path("<int:object_id>/unsaved/<str:key>/", wrap(self.unsaved_view), name=f"{name}_unsaved"),
            path("add/unsaved/<str:key>/", wrap(self.unsaved_view), name=f"{name}_unsaved_new"),
            path("<int:object_id>/since/<int:number>/", wrap(self.since_view), name=f"{name}_since"),
            path("undo/", wrap(self.undo_view), name=f"{name}_undo"),
            *super().get_urls(),
        ]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        found = keeping.fill(cast("DeskAdmin", self), request, object_id)
        return super().changeform_view(request, object_id, form_url, (extra_context or {}) | found)

    def _seen(self, request: HttpRequest, object_id: int | str) -> Post | None:
        """The post, if there is one and the user may know."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        number = str(object_id)
        if not number.isascii() or not number.isdigit():
            return None
        return self.get_queryset(request).filter(pk=int(number)).first()

    def _nothing(self, request: HttpRequest, object_id: int | str) -> HttpResponse:
        self.message_user(
            request,
            _("There is no such post that you may see. Perhaps it was deleted for good."),
            messages.WARNING,
        )
        return redirect("admin:index")

    def keep_view(self, request: HttpRequest, object_id: int | None = None) -> HttpResponse:
        return beats.answer(cast("DeskAdmin", self), request, object_id)

    def unsaved_view(self, request: HttpRequest, key: str, object_id: int | None = None) -> HttpResponse:
        desk = cast("DeskAdmin", self)
        if object_id is None:
            return keeping.unsaved(desk, request, None, key)
        post = self._seen(request, object_id)
        return keeping.unsaved(desk, request, post, key) if post else self._nothing(request, object_id)

    def undo_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return trashing.undo(cast("DeskAdmin", self), request)

    def since_view(self, request: HttpRequest, object_id: int, number: int) -> HttpResponse:
        post = self._seen(request, object_id)
        if post is None:
            return self._nothing(request, object_id)
        return history.since(cast("DeskAdmin", self), request, post, number)
