"""views: the page behind the one-time link, where the first administrator makes an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth import authenticate, login
from django.contrib.auth.forms import BaseUserCreationForm, UsernameField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.first_administrator import AdministratorExists, is_good, make_first_administrator
from accounts.models import User

# Label and help of each field, in fewer words than Django's.
FIELDS: dict[str, tuple[Any, Any]] = {
    "username": (_("Name to sign in with"), _("Readers do not see it. Letters, digits and @ . + - _")),
    "email": (_("E-mail address"), ""),
    "password1": (
        _("Password"),
        _("At least 8 characters, not numbers alone, and nothing that others would guess."),
    ),
    "password2": (_("The same password again"), ""),
}

# Django's form takes no parameter at run time; the types know one.
if TYPE_CHECKING:
    _CreationForm = BaseUserCreationForm[User]
else:
    _CreationForm = BaseUserCreationForm


class FirstAdministratorForm(_CreationForm):
    """Name, e-mail and a password typed twice; the site's rules for passwords hold."""

    class Meta:
        model = User
        fields = ("username", "email")
        field_classes: ClassVar = {"username": UsernameField}

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        for name, (label, help_text) in FIELDS.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text


@never_cache
@sensitive_post_parameters("password1", "password2")
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Looking at the link uses nothing up (mail and chat programs look); only the account made here does."""
    if not is_good(token):
        return _page(request, None)
    form = FirstAdministratorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = _make_and_sign_in(request, form)
        return answer or _page(request, None)
    return _page(request, form)


def _make_and_sign_in(request: HttpRequest, form: FirstAdministratorForm) -> HttpResponse | None:
    username, password = form.cleaned_data["username"], form.cleaned_data["password1"]
    try:
        make_first_administrator(username=username, email=form.cleaned_data["email"], password=password)
    except AdministratorExists:
        return None
    user = authenticate(request, username=username, password=password)
    if user is not None:
        login(request, user)
    return redirect("admin:index")


def _page(request: HttpRequest, form: FirstAdministratorForm | None) -> HttpResponse:
    """The form, or, without one, the sentence that the link is spent."""
    title = gettext("Welcome") if form else gettext("This link is spent")
    response = render(
        request,
        "accounts/welcome.html",
        {"form": form, "title": title, "noindex": True},
        status=200 if form else 404,
    )
    # The address itself is the secret: no other site, and no search engine, is to learn it.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
