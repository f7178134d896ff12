"""pictures: the library at the desk: pictures found by what they show, with where they are used; words, other files, their end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from blog import images, library, permissions, showings
from blog.admin import picturemoves
from blog.admin.codes import code_of
from blog.admin.picturelists import KindFilter, UploaderFilter, UseFilter, WordsFilter, found, says_nothing
from blog.admin.picturelists import library as in_library
from blog.admin.rows import ModelAdmin
from blog.errors import PublishingProblem
from blog.fields import module
from blog.models import Image

ACCEPTED = "image/png,image/jpeg,image/webp,image/gif,image/avif"


class ImageForm(forms.ModelForm):  # type: ignore[type-arg]
    upload = forms.FileField(
        label=_("Picture"),
        help_text=_("PNG, JPEG, WebP, GIF or AVIF, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    class Meta:
        model = Image
        fields = ("alt", "decorative")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["upload"]

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        images.read(upload)
        return upload


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


@admin.register(Image)
class ImageAdmin(ModelAdmin):
    form = ImageForm
    list_filter = (WordsFilter, UseFilter, UploaderFilter, KindFilter)
    list_select_related = ("uploaded_by",)
    list_display = ("__str__",)
    list_display_links = None
    search_fields = ("alt", "original_name")
    search_help_text = _("Words of the alt text or the file's name.")
    list_per_page = 48
    show_facets = admin.ShowFacets.NEVER
    change_form_template = "admin/blog/image/change_form.html"

    class Media:
        css: ClassVar[Any] = {"all": ("css/desk/pictures.css",)}
        js = (module("js/admin/library.js"),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Image]:
        return in_library()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Image], search_term: str
    ) -> tuple[QuerySet[Image], bool]:
        return found(queryset, search_term), False

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        return lookup in {chosen.parameter_name for chosen in self.list_filter}

    def get_fields(self, request: HttpRequest, obj: Image | None = None) -> Any:
        return ("alt", "decorative") if obj else ("upload", "alt", "decorative")

    # -- who may -----------------------------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        """Alt texts: one's own pictures, an editor all."""
        if obj is None:
            return super().has_change_permission(request)
        return library.may_change(_user(request), obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """One by one: each is asked whether a post shows it."""
        return {}

    # -- the pages ---------------------------------------------------------------------------------

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        more = {"debt": Image.objects.filter(says_nothing()).count(), "title": gettext("Pictures")}
        return super().changelist_view(request, more | (extra_context or {}))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        picture = context.get("original")
        if isinstance(picture, Image):
            user = _user(request)
            context |= {
                "picture": picture,
                "codes": [
                    (gettext("Markdown"), code_of(picture, "markdown")),
                    ("HTML", code_of(picture, "html")),
                ],
                "may_change": library.may_change(user, picture),
                "accepted": ACCEPTED,
            } | self._uses(user, picture)
        shown: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return shown

    def _uses(self, user: User, picture: Image) -> dict[str, Any]:
        """Posts that the user may see by their titles; of the others only how many."""
        uses = showings.uses_of(picture)
        both = {post.pk: post for post in (*uses.in_texts, *uses.as_cover)}
        seen = [post for post in both.values() if permissions.may_see(user, post)]
        silent = showings.without_words(picture, uses)
        return {
            "uses": uses,
            "seen": seen,
            "unseen": len(both) - len(seen),
            "silent": {post.pk for post in silent},
            "mendable": any(permissions.may_edit(user, post) for post in silent),
        }

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Through the verb: what is shown somewhere stays, and the page says where."""
        number = int(object_id) if object_id.isascii() and object_id.isdigit() else 0
        picture = Image.objects.filter(pk=number).first()
        if picture is None:
            return HttpResponseRedirect(reverse("admin:blog_image_changelist"))
        if not self.has_delete_permission(request, picture):
            raise PermissionDenied
        if request.method == "POST":
            return self._removed(request, picture)
        context = self.admin_site.each_context(request) | self._uses(_user(request), picture)
        context |= {
            "picture": picture,
            "opts": self.opts,
            "title": gettext("Delete this picture?"),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/blog/image/delete.html", context)

    def _removed(self, request: HttpRequest, picture: Image) -> HttpResponse:
        try:
            library.remove(picture.pk, _user(request))
        except PublishingProblem as problem:
            self.message_user(request, str(problem), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:blog_image_change", args=[picture.pk]))
        self.message_user(
            request, gettext("“%(picture)s” is deleted.") % {"picture": picture}, messages.SUCCESS
        )
        return HttpResponseRedirect(reverse("admin:blog_image_changelist"))

    # -- saving ------------------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        given, user = form.cleaned_data, _user(request)
        if change:
            library.say_alt(obj.pk, user, given["alt"], decorative=given["decorative"])
            return
        kept = images.store(given["upload"], user, "" if given["decorative"] else given["alt"])
        if given["decorative"] and not kept.alt and library.may_change(user, kept):
            kept = library.say_alt(kept.pk, user, "", decorative=True)
        obj.__dict__.update({name: value for name, value in kept.__dict__.items() if name != "_state"})
        obj._state.adding = False

    def response_add(
        self, request: HttpRequest, obj: Image, post_url_continue: str | None = None
    ) -> HttpResponse:
        """On to its page, where what shows it in a text can be copied."""
        if "_addanother" in request.POST or "_popup" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        self.message_user(
            request,
            gettext("The picture is here. Copy the line that shows it into your text."),
            messages.SUCCESS,
        )
        return HttpResponseRedirect(reverse("admin:blog_image_change", args=[obj.pk]))

    # -- the other addresses -----------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view

        def one(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
            def answer(request: HttpRequest, image_id: int) -> HttpResponse:
                if not super(ImageAdmin, self).has_change_permission(request):
                    raise PermissionDenied
                return view(self, request, image_id)

            return wrap(never_cache(csrf_protect(require_POST(answer))))

        def choose(request: HttpRequest) -> HttpResponse:
            if not self.has_view_permission(request):
                raise PermissionDenied
            return picturemoves.choose(request)

        return [
            path("choose/", wrap(never_cache(require_GET(choose))), name="blog_image_choose"),
            path("<int:image_id>/words/", one(picturemoves.words), name="blog_image_words"),
            path("<int:image_id>/file/", one(picturemoves.another_file), name="blog_image_file"),
            path("<int:image_id>/mend/", one(picturemoves.mend), name="blog_image_mend"),
            *super().get_urls(),
        ]
