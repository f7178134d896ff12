"""savedviews: a user keeps the filters of a list of posts under a name, and finds them above the list."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from accounts.models import User
from blog.models import Post, SavedView

MOST = 20  # of one user; above the list more would be no help
PASSING = frozenset(
    {"p", "e", "all", "_changelist_filters", "_popup", "_to_field"}
)  # where one is in a list, not which


def query_of(given: QueryDict | str, allowed: Iterable[str]) -> str:
    """What of an address says which list it is; the same list is the same words."""
    text = given if isinstance(given, str) else given.urlencode()
    known = {*allowed, "q", "o"} - PASSING
    try:
        pairs = parse_qsl(text[:2000], max_num_fields=50)
    except ValueError:
        return ""
    return urlencode(sorted((name, value[:200]) for name, value in pairs if name in known and value))


def of(user: User, kind: str) -> list[SavedView]:
    return list(SavedView.objects.filter(user=user, kind=kind)[:MOST])


def _list(kind: str) -> str:
    return reverse(f"admin:blog_{kind}_changelist")


@csrf_protect
@require_POST
def save(request: HttpRequest, kind: str) -> HttpResponse:
    """Keep a list under a name; the same name again is the new list."""
    user = _asker(request, kind)
    name = " ".join(request.POST.get("name", "").replace("\0", "").split())[:60]
    query = query_of(request.POST.get("query", "").replace("\0", ""), _filters(kind))[:500]
    where = f"{_list(kind)}?{query}" if query else _list(kind)
    if not name or not query:
        messages.warning(
            request, _("Choose filters or search for something, give that a name, and it is kept here.")
        )
        return redirect(where)
    there = SavedView.objects.filter(user=user, kind=kind)
    if there.count() >= MOST and not there.filter(name=name).exists():
        messages.warning(
            request, _("You keep %(number)d lists already. Forget one of them first.") % {"number": MOST}
        )
        return redirect(where)
    SavedView.objects.update_or_create(user=user, kind=kind, name=name, defaults={"query": query})
    messages.success(request, _("“%(name)s” is kept above the list.") % {"name": name})
    return redirect(where)


@csrf_protect
@require_POST
def forget(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Each forgets their own."""
    user = _asker(request, kind)
    gone = SavedView.objects.filter(user=user, kind=kind, pk=number).first()
    if gone is not None:
        gone.delete()
        messages.success(request, _("“%(name)s” is kept no more.") % {"name": gone.name})
    return redirect(_list(kind))


def _asker(request: HttpRequest, kind: str) -> User:
    user = request.user
    if kind not in Post.Kind.values or not isinstance(user, User) or not user.has_perm(f"blog.view_{kind}"):
        raise PermissionDenied
    return user


def _filters(kind: str) -> list[str]:
    from blog.admin.posts import PageAdmin, PostAdmin

    listed = PostAdmin.list_filter if kind == Post.Kind.POST else PageAdmin.list_filter
    return [chosen.parameter_name for chosen in listed]
