"""invitations: the desk's pages of an author besides the form: as readers see it, who is invited to be it; and the claim."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Author
from blog import claiming
from blog.admin.saving import user_of
from blog.errors import PublishingProblem
from blog.mailing import unsent_mail
from blog.markup import linkify
from blog.views.lists import author_at_the_desk

SHOWN_ONCE = "invitation-address"  # in the session, until the page has shown it
LONGEST_BIO = 10_000


class InvitationForm(forms.Form):
    email = forms.EmailField(
        required=False,
        max_length=254,
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy(
            "The invitation is sent there, and only an account with that address can use it. Empty: copy the link and give it away yourself."
        ),
    )


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm("accounts.view_author"):
        raise PermissionDenied
    return author_at_the_desk(get_object_or_404(Author, pk=pk))


@require_POST
def bio(request: HttpRequest) -> HttpResponse:
    """A life in a few lines as its page will show it; what is typed is not kept."""
    if not request.user.has_perm("accounts.view_author"):
        raise PermissionDenied
    return HttpResponse(linkify(request.POST.get("bio", "")[:LONGEST_BIO]))


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is invited to be this author: by GET the list, by POST one more, or one taken back."""
    if not request.user.has_perm("accounts.change_author"):
        raise PermissionDenied
    author = get_object_or_404(Author.objects.select_related("user"), pk=pk)
    form = InvitationForm(request.POST if request.POST.get("act") == "invite" else None)
    if request.method == "POST" and (form.is_valid() or not form.is_bound):
        _done(request, author, form)
        return redirect("admin:accounts_author_invitations", pk)
    context = {
        **admin.site.each_context(request),
        "title": _("Invitations"),
        "subtitle": author.name,
        "author": author,
        "opts": Author._meta,
        "form": form,
        "invitations": claiming.invitations_of(author),
        "address": request.session.pop(SHOWN_ONCE, ""),
        "days": claiming.LASTS.days,
    }
    return TemplateResponse(request, "admin/accounts/author/invitations.html", context)


def _done(request: HttpRequest, author: Author, form: InvitationForm) -> None:
    user = user_of(request)
    try:
        with unsent_mail() as unsent:
            if form.is_bound:
                address = claiming.invite(author, user, email=form.cleaned_data["email"])
                request.session[SHOWN_ONCE] = address
                said = _("The invitation is made. Its link is shown this once.")
            else:
                asked = request.POST.get("invitation", "")
                known = asked.isascii() and asked.isdigit() and len(asked) < 19
                claiming.revoke(author, user, int(asked) if known else 0)
                said = _("The invitation was taken back.")
    except PublishingProblem as problem:
        messages.error(request, str(problem))
        return
    messages.success(request, said)
    for sentence in unsent:
        messages.warning(request, sentence)


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, token: str) -> HttpResponse:
    """What the invited sees after signing in. Looking uses nothing up (mail programs look); the button does."""
    user = user_of(request)
    context: dict[str, Any] = {**admin.site.each_context(request), "title": _("An invitation")}
    status = 200
    try:
        if request.method == "POST":
            author = claiming.claim(token, user)
            messages.success(
                request, _("You are “%(name)s” from now on. Its posts are yours.") % {"name": author.name}
            )
            return redirect("admin:index")
        found = claiming.look(token, user)
        context |= {"author": found.author, "number": found.author.bylines.values("post").distinct().count()}
    except PublishingProblem as problem:
        context["problem"], status = str(problem), 409
    response = TemplateResponse(request, "admin/accounts/claim.html", context, status=status)
    response["Referrer-Policy"] = "same-origin"  # the address itself is the secret
    return response
