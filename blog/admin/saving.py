"""saving: what happens when the form of a post is sent: one verb for the text, then the verb of the button; or the form again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from accounts.authors import own_author
from accounts.models import User
from blog import images, keeping, permissions, publishing
from blog.admin import buttons, conflicts, opened, working
from blog.admin.lists import ListOfPosts
from blog.content import BylineSpec, Content
from blog.errors import EditConflict, PublishingProblem
from blog.forms import PostForm
from blog.mailing import unsent_mail
from blog.models import Changes, Post

Form = Any  # django-stubs and our form disagree on what a ModelAdmin hands over
# What one request's steps leave for the next; a ModelAdmin is shared by all requests.
REFUSED = "_desk_refused"
GIVEN = "_desk_given"
WANTED = "_desk_wanted"


def user_of(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


class SavingAdmin(ListOfPosts):
    """Saves through publishing alone."""

    kind: str = Post.Kind.POST

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
        object_id = self._sent_before(request, object_id)
        try:
            return show(request, object_id, form_url, extra_context)
        except PublishingProblem as problem:
            setattr(request, REFUSED, problem)
            if isinstance(problem, EditConflict) and object_id is not None:
                extra_context = (extra_context or {}) | self._conflict(request, int(object_id), problem)
            return show(request, object_id, form_url, extra_context)

    def _sent_before(self, request: HttpRequest, object_id: str | None) -> str | None:
        """A form that was saved already (its answer was lost, or somebody went back to it) goes on from what it saved:
        it is nobody's conflict and makes no second post."""
        before = opened.saved_before(request) if request.method == "POST" else None
        if before is None or object_id not in (None, str(before[0])):
            return object_id
        data = request.POST.copy()
        base = data.get("base", "")
        if object_id is None or (base.isdigit() and int(base) < before[1]):
            data["base"] = str(before[1])
        request.POST = data  # type: ignore[assignment]
        return str(before[0])

    def _conflict(self, request: HttpRequest, post_id: int, conflict: EditConflict) -> dict[str, Any]:
        """Both texts for the page; and the form goes on from the other one's revision, with what does come together."""
        post = Post.everything.get(pk=post_id)
        mine: Content = getattr(request, WANTED, conflict.merged)
        request.POST = conflicts.brought_together(request.POST, conflict.merged, mine, conflict.revision)  # type: ignore[assignment]
        return conflicts.shown(post, conflict, mine)

    def save_form(self, request: HttpRequest, form: Form, change: bool) -> Post:
        post: Post = form.instance
        return post

    def save_model(self, request: HttpRequest, obj: Post, form: Form, change: bool) -> None:
        user = user_of(request)
        setattr(request, GIVEN, form.cleaned_data)
        form.add_guests()
        wanted = self._with_cover(form, user)
        if change:
            setattr(request, WANTED, wanted)
            saved = working.save(request.POST, obj.pk, wanted, user, form.cleaned_data)
        else:
            saved = publishing.create(self._with_byline(request, wanted, user), user, kind=self.kind)
        kept = working.kept_for_later(saved)
        opened.remember(request, saved.pk, kept or saved.revision)
        if (sent := opened.form_of(request)) is not None:
            keeping.forget(user, sent.key)
        asked = form.cleaned_data.get("slug")
        if asked and asked != saved.slug and not kept:
            self.message_user(
                request,
                _("The address “%(asked)s” belongs to another post; this one is at “%(slug)s”.")
                % {"asked": asked, "slug": saved.slug},
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
                _(
                    "This post has no byline: your account has no name that readers may see. Ask an administrator to add it."
                ),
                messages.WARNING,
            )
            return wanted
        return replace(wanted, bylines=(BylineSpec(author.pk),))

    def save_related(self, request: HttpRequest, form: Form, formsets: Any, change: bool) -> None:
        """Tags and bylines went with the verb."""

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
            return self._kept(request, obj)
        given = getattr(request, GIVEN, {})
        try:
            with unsent_mail() as unsent:
                post = button.press(obj.pk, user_of(request), given)
        except PublishingProblem as problem:
            self.message_user(
                request, _("The text was saved. %(problem)s") % {"problem": problem}, messages.ERROR
            )
        else:
            self.message_user(request, self._said(button, post), messages.SUCCESS)
            for sentence in unsent:
                self.message_user(request, sentence, messages.WARNING)
        return HttpResponseRedirect(self.address("change", obj.pk))

    def _kept(self, request: HttpRequest, obj: Post) -> HttpResponse | None:
        """Back at the form, where unpublished changes were kept."""
        waiting = Changes.objects.filter(post_id=obj.pk).exists()
        if not waiting or not ("_later" in request.POST or not permissions.may_edit(user_of(request), obj)):
            return None
        said = _("The changes are kept. Readers go on seeing the published text.")
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(self.address("change", obj.pk))

    def _said(self, button: buttons.Button, post: Post) -> str:
        said = buttons.message(button, post)
        if post.is_public:
            return format_html(
                '{} <a href="{}">{}</a>', said, post.get_absolute_url(), _("See it on the site")
            )
        return said

    def address(self, what: str, *arguments: object) -> str:
        return reverse(f"admin:blog_{self.opts.model_name}_{what}", args=arguments)
