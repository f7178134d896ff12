"""tagpages: several tags become one, after an editor has said which name stays; and one becomes two again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from accounts.models import User
from blog.errors import PublishingProblem
from blog.models import Tag, TagAlias
from blog.tagmerging import merge_tags, part_tags
from blog.writing import one_transaction

MOST = 20  # tags at once


def choose(model_admin: Any, request: HttpRequest, queryset: QuerySet[Tag]) -> HttpResponse | None:
    """The action of the list: on to the page that asks which one stays."""
    tags = list(queryset.annotate(number=Count("taggings")).order_by("-number", "name")[: MOST + 1])
    if not 2 <= len(tags) <= MOST:
        model_admin.message_user(
            request,
            _("Choose two tags or more, %(most)d at most, to make one of them.") % {"most": MOST},
            messages.WARNING,
        )
        return None
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Make one tag of these"),
        "opts": model_admin.opts,
        "tags": tags,
    }
    return TemplateResponse(request, "admin/blog/merge_tags.html", context)


@csrf_protect
def merge(request: HttpRequest) -> HttpResponse:
    """All of them or none, by POST alone."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("blog.delete_tag"):
        raise PermissionDenied
    where = redirect("admin:blog_tag_changelist")
    if request.method != "POST":
        return where
    tags = {tag.pk: tag for tag in Tag.objects.filter(pk__in=_numbers(request.POST.getlist("tag")))}
    kept = next(
        (tags.pop(number) for number in _numbers([request.POST.get("kept", "")]) if number in tags), None
    )
    if kept is None or not tags:
        messages.error(request, _("Say which tag stays, and choose at least one that becomes it."))
        return where
    names = ", ".join(f"“{tag.name}”" for tag in tags.values())
    try:
        with one_transaction():
            for tag in tags.values():
                merge_tags(tag, kept, user)
    except PublishingProblem as problem:
        messages.error(request, str(problem))
    else:
        said = _(
            "%(names)s: the tag is “%(kept)s” now. The old addresses lead to it, and imports that say the old names mean it."
        )
        messages.success(request, said % {"names": names, "kept": kept.name})
    return where


def _numbers(given: list[str]) -> list[int]:
    return [int(one) for one in given[: MOST + 1] if one.isascii() and one.isdigit() and len(one) < 19]


@csrf_protect
def part(request: HttpRequest, number: int) -> HttpResponse:
    """Take one merge back, by POST alone."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("blog.delete_tag"):
        raise PermissionDenied
    alias = TagAlias.objects.select_related("tag").filter(pk=number).first()
    if request.method != "POST" or alias is None:
        return redirect("admin:blog_tag_changelist")
    try:
        tag = part_tags(alias, user)
    except PublishingProblem as problem:
        messages.error(request, str(problem))
        return redirect("admin:blog_tag_change", alias.tag_id)
    messages.success(request, _("“%(name)s” is a tag of its own again.") % {"name": tag.name})
    return redirect("admin:blog_tag_change", tag.pk)
