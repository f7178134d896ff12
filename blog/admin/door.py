"""door: signing in without losing what was being saved; and a form that could not be checked, shown so that it can be sent again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.models import User
from blog import keeping
from blog.admin import opened
from blog.errors import NotPossible
from blog.models import Post

SALT = "desk.carried"
CARRIED_FOR = 24 * 3600  # seconds between the sign-in page and the sign-in
View = Callable[..., HttpResponse]
Payload = dict[str, Any]
# Where the forms of posts are sent: (kind, whether it is a new one).
FORMS = {
    f"admin:blog_{kind}_{what}": (kind, what == "add")
    for kind in Post.Kind.values
    for what in ("add", "change")
}
NOT_WORDS = ("csrfmiddlewaretoken", "opened", "base")


def carrying(view: View) -> View:
    """A form that comes when nobody is signed in any more, or somebody else, is carried through the sign-in."""

    @wraps(view)
    def carried(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = opened.form_of(request) if request.method == "POST" else None
        if form is None or (request.user.pk == form.user and admin.site.has_permission(request)):
            return view(request, *args, **kwargs)
        return _ask(request)

    return carried


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """The stock sign-in, with what it carries in its hands."""
    text = request.POST.get("carried", "")
    payload = _carried(text)
    extra = {"carried": text if payload else "", "title": gettext("Sign in")}
    answer = admin.site.login(request, extra)
    if payload is None or answer.status_code != 302 or not isinstance(request.user, User):
        return answer
    return _put_down(request, request.user, payload)


@never_cache
@require_GET
def signed_in(request: HttpRequest) -> HttpResponse:
    """Where a sign-in in another tab ends: back to the tab with the text."""
    if not admin.site.has_permission(request):
        return redirect(reverse("admin:login"))
    context = admin.site.each_context(request) | {"title": gettext("You are signed in")}
    return render(request, "admin/blog/signed_in.html", context)


@never_cache
def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose check failed: the session changed under it, or it was never ours. What was ours is not lost."""
    if _carried(request.POST.get("carried", "")) is not None:
        return _door(request, request.POST["carried"], request.POST.get("next", ""))
    form = opened.form_of(request)
    if form is not None and _form_sent(request) is not None:
        if request.user.pk != form.user:
            return _ask(request)
        kept = [
            (name, value) for name, values in request.POST.lists() for value in values if name != NOT_WORDS[0]
        ]
        return _again(request, kept)
    return _again(request, [])


def _again(request: HttpRequest, fields: list[tuple[str, str]]) -> HttpResponse:
    given = {
        "title": gettext("The form could not be checked"),
        "fields": fields,
        "texts": _texts(fields),
        "files": bool(request.FILES),
        "back": request.path,
    }
    context = admin.site.each_context(request) | given
    return render(request, "admin/blog/send_again.html", context, status=403)


# -- through the sign-in -----------------------------------------------------------------------------


def _form_sent(request: HttpRequest) -> tuple[str, int | None] | None:
    """(kind, post) of the form that was sent to this address."""
    try:
        found = resolve(request.path_info)
    except Resolver404:
        return None
    kind, new = FORMS.get(found.view_name, ("", False))
    number = str(found.kwargs.get("object_id", ""))
    if not kind or not (new or (number.isascii() and number.isdigit() and len(number) < 19)):
        return None
    return kind, None if new else int(number)


def _texts(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    shown = {"title": gettext("Title"), "summary": gettext("Summary"), "body": gettext("Text")}
    return [(shown[name], value) for name, value in fields if name in shown and value.strip()]


def _ask(request: HttpRequest) -> HttpResponse:
    """The sign-in page that carries the form in itself, signed; nothing is written for somebody who is not signed in."""
    form, sent = opened.form_of(request), _form_sent(request)
    if form is None or sent is None:
        return redirect(f"{reverse('admin:login')}?{urlencode({'next': request.path})}")
    pairs = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in NOT_WORDS and not name.startswith("_")
    ]
    base = request.POST.get("base", "")
    payload: Payload = {
        "user": form.user,
        "key": form.key,
        "kind": sent[0],
        "post": sent[1],
        "base": int(base) if base.isascii() and base.isdigit() and len(base) < 10 else None,
        "pairs": pairs,
    }
    if sum(len(name) + len(value) for name, value in pairs) > keeping.LARGEST:
        return _again(request, pairs)
    return _door(request, signing.dumps(payload, salt=SALT, compress=True), request.path)


def _door(request: HttpRequest, carried: str, next_page: str) -> HttpResponse:
    context = admin.site.each_context(request) | {
        "title": gettext("Sign in"),
        "form": AdminAuthenticationForm(request),
        "app_path": reverse("admin:login"),
        "next": next_page,
        "carried": carried,
        "has_permission": False,
    }
    return render(request, "admin/login.html", context, status=403)


def _carried(text: str) -> Payload | None:
    if not text:
        return None
    try:
        payload: Payload = signing.loads(text, salt=SALT, max_age=CARRIED_FOR)
    except signing.BadSignature:
        return None
    return payload


OTHERS = gettext_lazy(
    "The text that was being saved belongs to another account. It is kept for it, and offered when its owner signs in."
)


def _put_down(request: HttpRequest, user: User, payload: Payload) -> HttpResponse:
    """Keep the text for whoever wrote it, and show it to nobody else."""
    post = Post.everything.filter(pk=payload["post"]).first() if payload["post"] else None
    gone = payload["post"] is not None and post is None
    try:
        keeping.keep(
            payload["user"],
            payload["key"],
            payload["pairs"],
            kind=payload["kind"],
            post_id=None if gone else payload["post"],
            base=None if gone else payload["base"],
        )
    except NotPossible as problem:
        messages.error(request, str(problem))
        return redirect("admin:index")
    if payload["user"] != user.pk:
        messages.warning(request, OTHERS)
        return redirect("admin:index")
    stem = f"admin:blog_{payload['kind']}_"
    place = reverse(f"{stem}add") if gone or post is None else reverse(f"{stem}change", args=[post.pk])
    return redirect(f"{place}?{urlencode({'unsaved': payload['key']})}")
