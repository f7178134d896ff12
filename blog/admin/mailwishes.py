"""mailwishes: the page where each user at the desk says which mail to get."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from blog.admin.saving import user_of
from blog.permissions import edits_any


class WishesForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whoever gets no posts sent for review is not asked about them."""

    class Meta:
        model = User
        fields = ("mail_submitted", "mail_own", "mail_comments")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not edits_any(self.instance):
            del self.fields["mail_submitted"]


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """One's own, and nobody else's."""
    user = User.objects.get(pk=user_of(request).pk)
    form = WishesForm(request.POST or None, instance=user)
    if request.method == "POST" and request.POST and form.is_valid():
        user.save(update_fields=list(form.fields))
        messages.success(request, _("Your wishes about mail are kept."))
        return redirect("mail-wishes")
    context = {
        **admin.site.each_context(request),
        "title": _("Mail to you"),
        "form": form,
        "address": user.email,
    }
    return TemplateResponse(request, "admin/mail_wishes.html", context)
