"""picturemoves: what is done to one picture of the library beside its form: words, another file, words into texts; and choosing."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext

from accounts.models import User
from blog import library, renditions
from blog.admin.picturelists import found
from blog.developing import PictureRefused
from blog.errors import NotAllowed, PublishingProblem
from blog.models import Image

A_PAGE = 24  # pictures that the chooser shows at once
THUMBNAIL = 320  # pixels


def told(image: Image, user: User) -> dict[str, Any]:
    """What a script is told of a picture."""
    return {
        "id": image.pk,
        "url": image.file.url,
        "thumbnail": renditions.small_url(image, THUMBNAIL),
        "width": image.width,
        "height": image.height,
        "alt": image.alt,
        "decorative": image.decorative,
        "name": image.original_name,
        "changeable": library.may_change(user, image),
    }


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _back(request: HttpRequest, image_id: int) -> HttpResponse:
    """To the list it came from, with its filters, or to the picture."""
    page = request.POST.get("back", "")
    listing = reverse("admin:blog_image_changelist")
    if page.startswith(listing) and url_has_allowed_host_and_scheme(page, allowed_hosts=None):
        return HttpResponseRedirect(page)
    return HttpResponseRedirect(reverse("admin:blog_image_change", args=[image_id]))


def words(desk: ModelAdmin[Image], request: HttpRequest, image_id: int) -> HttpResponse:
    """The alt text of a picture, or that it is decorative."""
    decorative = request.POST.get("decorative") == "on"
    try:
        image = library.say_alt(image_id, _user(request), request.POST.get("alt", ""), decorative=decorative)
    except PublishingProblem as problem:
        return _refused(desk, request, image_id, problem)
    if _wants_json(request):
        return JsonResponse(told(image, _user(request)))
    desk.message_user(request, gettext("The alt text is saved."), messages.SUCCESS)
    return _back(request, image_id)


def another_file(desk: ModelAdmin[Image], request: HttpRequest, image_id: int) -> HttpResponse:
    upload = request.FILES.get("file")
    if not isinstance(upload, UploadedFile):
        desk.message_user(request, gettext("No picture came. Choose a file and try again."), messages.ERROR)
        return _back(request, image_id)
    try:
        library.replace_file(image_id, cast(Any, upload), _user(request))
    except PictureRefused as refused:
        desk.message_user(request, refused.messages[0], messages.ERROR)
    except PublishingProblem as problem:
        return _refused(desk, request, image_id, problem)
    else:
        said = gettext("The new file stands everywhere the old one stood.")
        desk.message_user(request, said, messages.SUCCESS)
    return _back(request, image_id)


def mend(desk: ModelAdmin[Image], request: HttpRequest, image_id: int) -> HttpResponse:
    """The picture's alt text, into the texts that say nothing of it."""
    try:
        mended = library.mend_alts(image_id, _user(request))
    except PublishingProblem as problem:
        return _refused(desk, request, image_id, problem)
    said = ngettext(
        "The alt text stands in %(number)d more text now.",
        "The alt text stands in %(number)d more texts now.",
        len(mended.done),
    ) % {"number": len(mended.done)}
    if mended.left:
        said += " " + ngettext(
            "%(number)d is not yours to edit.", "%(number)d are not yours to edit.", len(mended.left)
        ) % {"number": len(mended.left)}
    desk.message_user(request, said, messages.SUCCESS if mended.done else messages.WARNING)
    return _back(request, image_id)


def _refused(
    desk: ModelAdmin[Image], request: HttpRequest, image_id: int, problem: PublishingProblem
) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"error": str(problem)}, status=403 if isinstance(problem, NotAllowed) else 409)
    desk.message_user(request, str(problem), messages.ERROR)
    if not Image.objects.filter(pk=image_id).exists():
        return HttpResponseRedirect(reverse("admin:blog_image_changelist"))
    return _back(request, image_id)


def choose(request: HttpRequest) -> HttpResponse:
    """Pictures for the chooser of the writing page, the newest first."""
    number = request.GET.get("page", "1")
    page = min(int(number), 10_000) if number.isascii() and number.isdecimal() and len(number) < 6 else 1
    first = (max(page, 1) - 1) * A_PAGE
    rows = list(found(Image.objects.all(), request.GET.get("q", "")[:200])[first : first + A_PAGE + 1])
    user = _user(request)
    return JsonResponse({"pictures": [told(row, user) for row in rows[:A_PAGE]], "more": len(rows) > A_PAGE})
