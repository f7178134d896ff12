"""ownsettings: the page where each user at the desk says in which language it speaks and which mail to get."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from blog.admin.saving import user_of
from blog.permissions import edits_any


def _languages() -> list[tuple[str, object]]:
    """Each in its own words, as whoever looks for theirs reads it."""
    return [("", gettext_lazy("As the browser asks")), *settings.LANGUAGES]


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whoever gets no posts sent for review is not asked about them."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of the desk"), choices=_languages, required=False
    )

    class Meta:
        model = User
        fields = ("language", "mail_submitted", "mail_own", "mail_comments", "mail_responses")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not edits_any(self.instance):
            del self.fields["mail_submitted"]


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """One's own, and nobody else's."""
    user = User.objects.get(pk=user_of(request).pk)
    form = SettingsForm(request.POST or None, instance=user)
    if request.method == "POST" and request.POST and form.is_valid():
        user.save(update_fields=list(form.fields))
        with translation.override(user.language or translation.get_language_from_request(request)):
            messages.success(request, _("Your settings are kept."))
        return redirect("own-settings")
    context = {
        **admin.site.each_context(request),
        "title": _("Your settings"),
        "form": form,
        "address": user.email,
    }
    return TemplateResponse(request, "admin/own_settings.html", context)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The switch in the desk's head: the language, and back to the page."""
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        user = User.objects.get(pk=user_of(request).pk)
        user.language = chosen
        user.save(update_fields=["language"])
    back = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return redirect(back if own and back.startswith("/admin/") else "admin:index")
