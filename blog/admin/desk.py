"""desk: the page of a post or page at the desk: who may open it, what stands on it, and the pages behind it."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.contrib.admin import display
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext as _

from blog import permissions, preview, speaking
from blog.admin import (
    buttons,
    commenting,
    converting,
    history,
    keeping,
    moves,
    opened,
    sharing,
    tools,
    working,
)
from blog.admin.openform import OpenFormAdmin
from blog.admin.saving import REFUSED, user_of
from blog.fields import module
from blog.forms import PostForm
from blog.models import Byline, Post


class DeskAdmin(OpenFormAdmin):
    """What posts and pages share."""

    form = PostForm
    change_form_template = "admin/blog/desk.html"
    delete_confirmation_template = "admin/blog/to_trash.html"
    raw_id_fields = ("cover",)
    save_on_top = False

    class Media:
        js = (
            module("js/admin/presence.js"),
            module("js/admin/keeping.js"),
            module("js/admin/comments.js"),
            module("js/admin/merging.js"),
            module("js/admin/writing.js"),
            module("js/admin/checks.js"),
            module("js/admin/pictures.js"),
        )
        css: ClassVar = {
            "all": (
                "css/desk/keeping.css",
                "css/desk/checks.css",
                "css/desk/pictures.css",
                "css/desk/history.css",
            )
        }

    # -- who may -----------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        posts = cast("QuerySet[Post]", self.model._default_manager.get_queryset())
        user = user_of(request)
        posts = posts.filter(permissions.visible_to(user)).select_related(
            "cover", "approval__user", "changes__user", "changes__scheduled_by"
        )
        posts = keeping.with_unsaved(posts, user)
        return posts.prefetch_related(
            Prefetch("bylines", Byline.objects.select_related("author")), "taggings"
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return permissions.may_create(user_of(request), self.kind)

    def has_view_permission(self, request: HttpRequest, obj: Post | None = None) -> bool:
        if obj is None:
            return super().has_view_permission(request)
        return permissions.may_see(user_of(request), obj)

    def has_change_permission(self, request: HttpRequest, obj: Post | None = None) -> bool:
        if obj is None:
            return super().has_change_permission(request)
        user = user_of(request)
        may = permissions.may_edit(user, obj) or permissions.may_change_later(user, obj)
        return obj.trashed_at is None and may

    def has_delete_permission(self, request: HttpRequest, obj: Post | None = None) -> bool:
        if obj is None:
            return super().has_delete_permission(request)
        return obj.trashed_at is None and permissions.may_trash(user_of(request), obj)

    # -- the form ----------------------------------------------------------------------------------

    def get_form(
        self, request: HttpRequest, obj: Post | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[Post]]:
        made = super().get_form(request, obj, change=change, **kwargs)
        shown = frozenset(flatten_fieldsets(self.get_fieldsets(request, obj)))
        own = {
            "user": user_of(request),
            "problem": getattr(request, REFUSED, None),
            "shown": shown,
            "restored": keeping.restored(request).initial,
            "sealed": opened.seal(user_of(request)),
        }
        return cast("type[ModelForm[Post]]", type(made.__name__, (made,), own))

    def cover_fields(self, obj: Post | None) -> tuple[str, dict[str, Any]]:
        shown = ("cover_shown",) if obj is not None and obj.cover_id else ()
        return _("Cover"), {"classes": ("side",), "fields": (*shown, "cover", "cover_upload", "cover_alt")}

    def get_readonly_fields(self, request: HttpRequest, obj: Post | None = None) -> Any:
        return ("cover_shown",) if obj is not None and obj.cover_id else ()

    @display(description="")
    def cover_shown(self, post: Post) -> str:
        if post.cover is None:
            return ""
        return format_html(
            '<img class="cover-shown" src="{}" alt="{}" width="{}" height="{}">',
            post.cover.file.url,
            post.cover_alt or post.cover.alt,
            post.cover.width,
            post.cover.height,
        )

    def get_prepopulated_fields(self, request: HttpRequest, obj: Post | None = None) -> dict[str, Any]:
        return {}

    # -- the page ----------------------------------------------------------------------------------

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Post | None = None,
    ) -> HttpResponse:
        user = user_of(request)
        standing = self._standing(request, obj)
        fresh = standing or Post(kind=self.kind, created_by=user)
        may_write = add or (standing is not None and self.has_change_permission(request, standing))
        context |= {
            "post": standing,
            "buttons": [b for b in buttons.BUTTONS if b.shows(user, fresh)] if may_write else [],
            "may_write": may_write,
            "may_preview": standing is not None and standing.trashed_at is None,
            "may_trash": standing is not None and self.has_delete_permission(request, standing),
            "may_restore": standing is not None
            and bool(standing.trashed_at)
            and permissions.may_trash(user, standing),
            "may_purge": standing is not None
            and bool(standing.trashed_at)
            and permissions.may_purge(user, standing),
            "revisions": history.latest(standing) if standing else [],
            "working": working.shown(user, standing) if standing and may_write else None,
            "preview_links": preview.live_links(standing).count() if standing else 0,
            "preview_page": self._preview_page(standing),
            "toolbar": tools.toolbar(standing.body_format if standing else "markdown"),
            "views": tools.VIEWS,
            "drawer_tool": tools.DRAWER,
            "save_tool": tools.SAVE,
            "words": tools.words(),
            "counted": tools.counted(standing.words if standing else 0),
        }
        if may_write:
            sealed = str(context["adminform"].form["opened"].value() or "")
            context |= keeping.context(self, request, standing, sealed)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _preview_page(self, post: Post | None) -> str:
        """The page that the preview's frame begins with: the post's head, and room for its text."""
        with speaking.around(post.language if post else None):
            return render_to_string("admin/blog/parts/preview_page.html", {"post": post, "kind": self.kind})

    def _standing(self, request: HttpRequest, obj: Post | None) -> Post | None:
        """The post as it stands: the form's own copy says what a refused form wanted."""
        if obj is None or request.method != "POST":
            return obj
        return self.get_queryset(request).filter(pk=obj.pk).first()

    # -- the other pages ---------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        name = f"blog_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path("<int:object_id>/move/<slug:verb>/", wrap(self.move_view), name=f"{name}_move"),
            path("<int:object_id>/convert/", wrap(self.convert_view), name=f"{name}_convert"),
            path("<int:object_id>/revisions/", wrap(self.revisions_view), name=f"{name}_revisions"),
            path(
                "<int:object_id>/revisions/<int:number>/", wrap(self.revision_view), name=f"{name}_revision"
            ),
            path("<int:object_id>/links/", wrap(self.links_view), name=f"{name}_links"),
            path("<int:object_id>/comments/", wrap(self.comments_view), name=f"{name}_comments"),
            path("<int:object_id>/compare/", wrap(self.compare_view), name=f"{name}_compare"),
            path("<int:object_id>/history/", wrap(self.history_view), name=f"{name}_history"),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        post = self._seen(request, object_id)
        return redirect(self.address("revisions", post.pk)) if post else self._nothing(request, object_id)

    def revisions_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        post = self._seen(request, object_id)
        return history.revisions(self, request, post) if post else self._nothing(request, object_id)

    def revision_view(self, request: HttpRequest, object_id: int, number: int) -> HttpResponse:
        post = self._seen(request, object_id)
        return history.revision(self, request, post, number) if post else self._nothing(request, object_id)

    def comments_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        post = self._seen(request, object_id)
        return commenting.page(self, request, post) if post else self._nothing(request, object_id)

    def links_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        post = self._seen(request, object_id)
        return sharing.page(self, request, post) if post else self._nothing(request, object_id)

    def compare_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        post = self._seen(request, object_id)
        return history.compare(self, request, post) if post else self._nothing(request, object_id)

    def move_view(self, request: HttpRequest, object_id: int, verb: str) -> HttpResponse:
        post = self._seen(request, object_id)
        return moves.move(self, request, post, verb) if post else self._nothing(request, object_id)

    def convert_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        post = self._seen(request, object_id)
        return converting.page(self, request, post) if post else self._nothing(request, object_id)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Deleting is moving to the trash."""
        post = self._seen(request, object_id)
        if post is None:
            return self._nothing(request, object_id)
        if request.method == "POST":
            return moves.move(self, request, post, "trash")
        if not self.has_delete_permission(request, post):
            raise PermissionDenied
        return moves.ask(self, request, post)
