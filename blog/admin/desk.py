"""desk: the form of a post or page: opened with the revision it began from, saved and moved on by publishing's verbs alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from django.contrib import messages
from django.contrib.admin import display
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.csrf import csrf_protect

from accounts.authors import own_author
from accounts.models import User
from blog import images, permissions, preview, publishing
from blog.admin import buttons, history, moves
from blog.admin.lists import ListOfPosts
from blog.admin.showing import differences
from blog.content import BylineSpec, Content
from blog.errors import EditConflict, PublishingProblem
from blog.fields import module
from blog.forms import PostForm, taken_over
from blog.models import Byline, Post

Form = Any  # django-stubs and our form disagree on what a ModelAdmin hands over
# What one request's steps leave for the next; a ModelAdmin is shared by all requests.
REFUSED = "_desk_refused"
GIVEN = "_desk_given"
TEXTS = "_desk_texts"


def user_of(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


class DeskAdmin(ListOfPosts):
    """What posts and pages share."""

    form = PostForm
    kind: str = Post.Kind.POST
    change_form_template = "admin/blog/desk.html"
    delete_confirmation_template = "admin/blog/to_trash.html"
    raw_id_fields = ("cover",)
    save_on_top = False

    class Media:
        js = (module("js/admin/desk.js"),)

    # -- who may -----------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        posts = cast("QuerySet[Post]", self.model._default_manager.get_queryset())
        posts = posts.filter(permissions.visible_to(user_of(request))).select_related("cover")
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
        return obj.trashed_at is None and permissions.may_edit(user_of(request), obj)

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
        own = {"user": user_of(request), "problem": getattr(request, REFUSED, None), "shown": shown}
        return cast("type[ModelForm[Post]]", type(made.__name__, (made,), own))

    def cover_fields(self, obj: Post | None) -> tuple[str, dict[str, Any]]:
        shown = ("cover_shown",) if obj is not None and obj.cover_id else ()
        return "Cover", {"classes": ("side",), "fields": (*shown, "cover", "cover_upload", "cover_alt")}

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

    @method_decorator(csrf_protect)
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The stock form without its transaction (the verbs bring their own), shown again where a verb refused."""
        show: Callable[..., HttpResponse] = self._changeform_view  # type: ignore[attr-defined]
        try:
            return show(request, object_id, form_url, extra_context)
        except PublishingProblem as problem:
            setattr(request, REFUSED, problem)
            if isinstance(problem, EditConflict) and object_id is not None:
                extra_context = (extra_context or {}) | self._conflict(request, int(object_id), problem)
            return show(request, object_id, form_url, extra_context)

    def _conflict(self, request: HttpRequest, post_id: int, conflict: EditConflict) -> dict[str, Any]:
        """Both texts for the page; and the form goes on from the other one's revision, their other changes taken over."""
        post = Post.everything.get(pk=post_id)
        standing = Content.of(post)
        began, mine = getattr(request, TEXTS, (standing, standing))
        data = request.POST.copy()
        theirs = taken_over(conflict, began, standing, mine)
        if any(name.startswith("byline_rows-") for name in theirs):
            for name in [name for name in data if name.startswith("byline_rows-")]:
                del data[name]
        for name, value in theirs.items():
            data[name] = value
        data["base"] = str(conflict.revision)
        request.POST = data  # type: ignore[assignment]
        last = post.revisions.filter(number=conflict.revision).select_related("user").first()
        return {"conflict": differences(standing, mine, conflict.fields), "conflict_revision": last}

    def save_form(self, request: HttpRequest, form: Form, change: bool) -> Post:
        post: Post = form.instance
        return post

    def save_model(self, request: HttpRequest, obj: Post, form: Form, change: bool) -> None:
        user = user_of(request)
        setattr(request, GIVEN, form.cleaned_data)
        wanted = self._with_cover(form, user)
        if change:
            setattr(request, TEXTS, (form.began(), wanted))
            saved = publishing.save(obj.pk, wanted, user, base=form.cleaned_data["base"])
        else:
            saved = publishing.create(self._with_byline(request, wanted, user), user, kind=self.kind)
        asked = form.cleaned_data.get("slug")
        if asked and asked != saved.slug:
            self.message_user(
                request,
                f"The address “{asked}” belongs to another post; this one is at “{saved.slug}”.",
                messages.WARNING,
            )
        obj.pk = saved.pk
        obj.refresh_from_db()

    def _with_cover(self, form: PostForm, user: User) -> Content:
        wanted = form.content()
        upload = form.cleaned_data.get("cover_upload")
        if upload:
            image = images.store(upload, user, wanted.cover_alt)
            wanted = replace(wanted, cover=image.pk)
        if wanted.cover and not wanted.cover_alt and (image_alt := images.alt_of(wanted.cover)):
            wanted = replace(wanted, cover_alt=image_alt)
        return wanted

    def _with_byline(self, request: HttpRequest, wanted: Content, user: User) -> Content:
        """Whoever begins a post stands on it, unless they named others."""
        if wanted.bylines or self.kind == Post.Kind.PAGE:
            return wanted
        author = own_author(user)
        if author is None:
            self.message_user(
                request,
                "This post has no byline: your account has no name that readers may see. Ask an administrator to add it.",
                messages.WARNING,
            )
            return wanted
        return replace(wanted, bylines=(BylineSpec(author.pk),))

    def save_related(self, request: HttpRequest, form: Form, formsets: Any, change: bool) -> None:
        """Tags and bylines went with the verb."""

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
            "preview_links": preview.live_links(standing).count() if standing else 0,
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _standing(self, request: HttpRequest, obj: Post | None) -> Post | None:
        """The post as it stands: the form's own copy says what a refused form wanted."""
        if obj is None or request.method != "POST":
            return obj
        return self.get_queryset(request).filter(pk=obj.pk).first()

    # -- after saving ------------------------------------------------------------------------------

    def response_add(
        self, request: HttpRequest, obj: Post, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._pressed(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Post) -> HttpResponse:
        return self._pressed(request, obj) or super().response_change(request, obj)

    def _pressed(self, request: HttpRequest, obj: Post) -> HttpResponse | None:
        """The verb of the button that was pressed, now that the text is saved."""
        button = buttons.BY_NAME.get(request.POST.get("_verb", ""))
        if button is None:
            return None
        given = getattr(request, GIVEN, {})
        try:
            post = button.press(obj.pk, user_of(request), given)
        except PublishingProblem as problem:
            self.message_user(request, f"The text was saved. {problem}", messages.ERROR)
        else:
            self.message_user(request, self._said(button, post), messages.SUCCESS)
        return HttpResponseRedirect(self.address("change", obj.pk))

    def _said(self, button: buttons.Button, post: Post) -> str:
        said = buttons.message(button, post)
        if post.is_public:
            return format_html('{} <a href="{}">See it on the site</a>', said, post.get_absolute_url())
        return said

    def address(self, what: str, *arguments: object) -> str:
        return reverse(f"admin:blog_{self.opts.model_name}_{what}", args=arguments)

    # -- the other pages ---------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        name = f"blog_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path("<int:object_id>/move/<slug:verb>/", wrap(self.move_view), name=f"{name}_move"),
            path("<int:object_id>/revisions/", wrap(self.revisions_view), name=f"{name}_revisions"),
            path(
                "<int:object_id>/revisions/<int:number>/", wrap(self.revision_view), name=f"{name}_revision"
            ),
            path("<int:object_id>/history/", wrap(self.history_view), name=f"{name}_history"),
            *super().get_urls(),
        ]

    def _seen(self, request: HttpRequest, object_id: int | str) -> Post | None:
        """The post, if there is one and the user may know."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return self.get_queryset(request).filter(pk=object_id).first()

    def _nothing(self, request: HttpRequest, object_id: int | str) -> HttpResponse:
        self.message_user(
            request,
            "There is no such post that you may see. Perhaps it was deleted for good.",
            messages.WARNING,
        )
        return redirect("admin:index")

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect(self.address("revisions", int(object_id)))

    def revisions_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        post = self._seen(request, object_id)
        return history.revisions(self, request, post) if post else self._nothing(request, object_id)

    def revision_view(self, request: HttpRequest, object_id: int, number: int) -> HttpResponse:
        post = self._seen(request, object_id)
        return history.revision(self, request, post, number) if post else self._nothing(request, object_id)

    def move_view(self, request: HttpRequest, object_id: int, verb: str) -> HttpResponse:
        post = self._seen(request, object_id)
        return moves.move(self, request, post, verb) if post else self._nothing(request, object_id)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Deleting is moving to the trash."""
        if request.method == "POST":
            return self.move_view(request, int(object_id), "trash")
        post = self._seen(request, object_id)
        if post is None:
            return self._nothing(request, object_id)
        if not self.has_delete_permission(request, post):
            raise PermissionDenied
        return moves.ask(self, request, post)
