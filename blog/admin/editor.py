"""editor: what the editor asks the server while someone writes: a preview, a picture's place, what to look at, tags that fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from blog import checking, images, markup
from blog.admin import tools
from blog.admin.codes import code_of
from blog.admin.picturemoves import told
from blog.content import rendered
from blog.models import Tag
from blog.models.post import minutes_to_read
from blog.models.tag import tag_key
from blog.tagging import clean_name

MAX_TEXT = 1024 * 1024  # bytes of UTF-8
SUGGESTIONS = 12
View = Callable[[HttpRequest], HttpResponse]


def markdownify(text: str) -> str:
    """What django-markdownx calls: the production renderer, its gate included."""
    return _rendered(text, "markdown").html


def _rendered(text: str, body_format: str, *, lines: bool = False, language: str = "") -> markup.Rendered:
    kind: markup.BodyFormat = "html" if body_format == "html" else "markdown"
    return rendered(text, kind, lines=lines, language=language)


def writes(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether the user may be at a post's form at all."""
    return (
        isinstance(user, User)
        and user.is_active
        and user.is_staff
        and (user.has_perm("blog.add_post") or user.has_perm("blog.change_post"))
    )


def _sentence(text: str, status: int) -> HttpResponse:
    """A refusal that reads well where the editor puts whatever it is answered."""
    return HttpResponse(format_html('<p class="errornote">{}</p>', text), status=status)


def for_writers(view: View) -> View:
    """No redirect to the sign-in page: the editor would show that page inside its preview."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not writes(request.user):
            return _sentence(
                _("Sign in again (in another tab, your text stays here): this needs a writer."), 403
            )
        return view(request)

    return guarded


@never_cache
@csrf_protect
@require_POST
@for_writers
def preview(request: HttpRequest) -> HttpResponse:
    """The text as its page will show it, through the same gate; with `?counted=1` also what the page would say of it.

    The counted answer is JSON: `html` (its blocks name their lines), `contents` (level, id and text of the headings that
    the page lists), `words`, `minutes`, `counted` (both in words).
    """
    text = request.POST.get("content", "").replace("\0", "")
    if len(text.encode("utf-8", "replace")) > MAX_TEXT:
        return _sentence(_("The text is over 1 MB: too long to preview while writing. It can be saved."), 413)
    body_format = request.GET.get("format", "markdown")
    language = request.POST.get("language", "")[:35]
    if request.GET.get("counted") != "1":
        return HttpResponse(_rendered(text, body_format, language=language).html)
    found = _rendered(text, body_format, lines=True, language=language)
    return JsonResponse(
        {
            "html": found.html,
            "contents": _contents(found),
            "words": found.words,
            "minutes": minutes_to_read(found.words),
            "counted": tools.counted(found.words),
        }
    )


def _contents(found: markup.Rendered) -> list[tuple[int, str, str]]:
    outline = [(heading.level, heading.id, heading.text) for heading in found.outline]
    return markup.listed(outline, own_contents=found.own_contents)


@never_cache
@csrf_protect
@require_POST
@for_writers
def upload(request: HttpRequest) -> HttpResponse:
    """Keep a picture that was dropped, pasted or chosen; the answer is the Markdown that shows it, or a sentence."""
    user = cast(User, request.user)
    if not user.has_perm("blog.add_image"):
        return JsonResponse({"error": gettext("You may not add pictures. Ask an editor.")}, status=403)
    picture = request.FILES.get("image")
    if not isinstance(picture, UploadedFile):
        return JsonResponse({"error": gettext("No picture came. Choose a file and try again.")}, status=400)
    alt = " ".join(request.POST.get("alt", "").split())[:500]
    try:
        image = images.store(picture, user, alt)  # type: ignore[arg-type]  # an uploaded file reads like any other
    except images.PictureRefused as refused:
        return JsonResponse({"error": refused.messages[0]}, status=400)
    code = code_of(image, request.GET.get("format", "markdown"), alt or image.alt)
    return JsonResponse(told(image, user) | {"image_code": code, "alt": alt or image.alt})


@never_cache
@csrf_protect
@require_POST
@for_writers
def checks(request: HttpRequest) -> HttpResponse:
    """What to look at in the text: warnings, each with the words that lead to its place."""
    text = request.POST.get("content", "").replace("\0", "")
    if len(text.encode("utf-8", "replace")) > MAX_TEXT:
        return JsonResponse({"advice": []}, status=413)
    found = checking.advice(text, "html" if request.GET.get("format") == "html" else "markdown")
    return JsonResponse({"advice": [asdict(one) for one in found]})


@never_cache
@require_GET
@for_writers
def tags(request: HttpRequest) -> HttpResponse:
    """Tags whose name holds what was typed, those that begin with it first."""
    key = tag_key(clean_name(request.GET.get("q", "").replace("\0", "")[:100]))
    if not key:
        return JsonResponse({"names": []})
    found = Tag.objects.filter(key__startswith=key).order_by("key")[:SUGGESTIONS]
    names = [str(tag.name) for tag in found]
    if len(names) < SUGGESTIONS:
        within = Tag.objects.filter(key__contains=key).exclude(key__startswith=key).order_by("key")
        names += [str(tag.name) for tag in within[: SUGGESTIONS - len(names)]]
    return JsonResponse({"names": names})
