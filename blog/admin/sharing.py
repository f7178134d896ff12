"""sharing: the page of the links by which a draft is shown to somebody: made, listed, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from blog import preview
from blog.admin.saving import user_of
from blog.errors import PublishingProblem
from blog.models import Post

if TYPE_CHECKING:
    from blog.admin.desk import DeskAdmin

SHOWN_ONCE = "shared-address"  # in the session, until the page has shown it


class LinkForm(forms.Form):
    label = forms.CharField(
        required=False,
        max_length=preview.LABEL_LENGTH,
        label=gettext_lazy("For whom"),
        help_text=gettext_lazy("To tell the links apart; readers do not see it."),
    )
    days = forms.TypedChoiceField(
        coerce=int,
        choices=[(1, gettext_lazy("1 day")), (7, gettext_lazy("7 days")), (30, gettext_lazy("30 days"))],
        initial=preview.USUAL,
        label=gettext_lazy("It works for"),
        widget=forms.RadioSelect,
    )
    may_comment = forms.BooleanField(
        required=False,
        label=gettext_lazy("Whoever has it may comment"),
        help_text=gettext_lazy("Under a name that they write themselves, marked as from outside."),
    )


def page(desk: DeskAdmin, request: HttpRequest, post: Post) -> HttpResponse:
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    form = LinkForm(request.POST if request.POST.get("act") == "make" else None)
    if request.method == "POST" and (form.is_valid() or not form.is_bound):
        _done(desk, request, post, form)
        return redirect(desk.address("links", post.pk))
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Links to this draft"),
        "subtitle": post.title,
        "post": post,
        "opts": desk.opts,
        "form": form,
        "links": preview.links_of(post),
        "live": {link.pk for link in preview.live_links(post)},
        "address": request.session.pop(SHOWN_ONCE, ""),
        "now": timezone.now(),
    }
    return TemplateResponse(request, "admin/blog/links.html", context)


def _done(desk: DeskAdmin, request: HttpRequest, post: Post, form: LinkForm) -> None:
    try:
        said = _act(request, post, user_of(request), form)
    except PublishingProblem as problem:
        desk.message_user(request, str(problem), messages.ERROR)
    else:
        desk.message_user(request, said, messages.SUCCESS)


def _act(request: HttpRequest, post: Post, user: User, form: LinkForm) -> str:
    act = request.POST.get("act")
    if act == "make":
        given: dict[str, Any] = form.cleaned_data
        request.session[SHOWN_ONCE] = preview.make_link(
            post, user, days=given["days"], may_comment=given["may_comment"], label=given["label"]
        )
        return _("The link is made. It is shown this once: copy it now.")
    if act == "revoke_all":
        number = preview.revoke_links(post, user)
        return ngettext("%(number)d link was taken back.", "%(number)d links were taken back.", number) % {
            "number": number
        }
    asked = request.POST.get("link", "")
    known = asked.isascii() and asked.isdigit() and len(asked) < 19
    preview.revoke_link(post, user, int(asked) if known else 0)
    return _("The link was taken back: it opens nothing any more.")
