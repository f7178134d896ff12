"""search: a question, what narrows it, and what answers it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from blog import feeds
from blog.caching import LONGEST, kept
from blog.feeds.opened import for_browsers
from blog.listings import Listing, page_number
from blog.models import Post
from blog.navigation import Navigation, name_of, navigation
from blog.querysets import PostQuerySet
from blog.search import Found, holding, search
from blog.search.narrowing import Narrowing
from blog.search.question import cleaned
from blog.versions import Version, version_now
from blog.views.rendering import paging, show

A_PAGE = 20
LAST = 50  # page; nobody reads on, and each costs more than the one before
KINDS: dict[str, tuple[Promise, Promise, re.Pattern[str]]] = {
    "author": (gettext_lazy("Author"), gettext_lazy("Everyone"), re.compile(r"[\w-]{1,200}")),
    "tag": (gettext_lazy("Tag"), gettext_lazy("Any tag"), re.compile(r"[\w-]{1,200}")),
    "year": (gettext_lazy("Year"), gettext_lazy("Any year"), re.compile(r"(?:19|20)[0-9]{2}", re.ASCII)),
    "language": (
        gettext_lazy("Language"),
        gettext_lazy("Any language"),
        re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,3}"),
    ),
}


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Not kept: there are as many of these pages as questions."""
    question = cleaned(request.GET.get("q", ""))
    number = min(page_number(request), LAST)
    exactly = request.GET.get("exact") == "1"
    version = version_now()
    around = navigation(version)
    chosen = _chosen(request)
    narrowing = _narrowing(chosen, around)
    found = search(question, page=number, size=A_PAGE, narrowing=narrowing, exactly=exactly)
    path = reverse("search")
    asked = {"q": question, **chosen, **({"exact": "1"} if exactly else {})}
    leading = paging(path, number, found.has_next and number < LAST)
    for name, to in (("newer", number - 1), ("older", number + 1)):
        leading[name] = leading[name] and f"{path}?{urlencode({**asked, 'page': to})}"
    response = show(
        "blog/search.html",
        around,
        path=path,
        title=_("Search: %(question)s") % {"question": question} if question else _("Search"),
        listing=_listing(question, chosen, Post.objects.none(), version) if _has_feed(question) else None,
        question=question,
        found=found,
        selects=list(_selects(found, chosen)),
        narrowed=bool(chosen),
        insist=f"{path}?{urlencode({**asked, 'exact': '1'})}",
        everywhere=f"{path}?{urlencode({'q': question})}",
        noindex=True,
        **leading,
    )
    response["Cache-Control"] = "no-cache"
    return response


@for_browsers
@kept("q", *KINDS, "page", keep=False)
def feed(request: HttpRequest, version: Version, *, form: str) -> HttpResponse:
    """What answers a question, the newest first, for whoever wants to hear of more: the very words, nothing guessed."""
    question = cleaned(request.GET.get("q", ""))
    if not question:
        raise Http404("A feed of answers needs a question.")
    chosen = _chosen(request)
    posts = holding(question, _narrowing(chosen, navigation(version))).newest_first()
    listing = _listing(question, chosen, posts, version)
    return feeds.answer(request, listing, form, may_be_empty=True)


def _has_feed(question: str) -> bool:
    return 0 < len(question) <= LONGEST


def _listing(question: str, chosen: dict[str, str], posts: PostQuerySet, version: Version) -> Listing:
    title = _("Search: %(question)s") % {"question": question}
    return Listing(title, reverse("search"), posts, version, question=urlencode({"q": question, **chosen}))


def _chosen(request: HttpRequest) -> dict[str, str]:
    """What the question is narrowed to; what no author, tag, year or language can be called narrows nothing."""
    given = {name: request.GET.get(name, "") for name in KINDS}
    return {name: value for name, value in given.items() if KINDS[name][2].fullmatch(value)}


def _narrowing(chosen: dict[str, str], around: Navigation) -> Narrowing:
    language = chosen.get("language", "")
    codes = tuple(around.codes(language)) if language else ()
    year = int(chosen.get("year", "0"))
    return Narrowing(chosen.get("author", ""), chosen.get("tag", ""), year, language, codes)


def _selects(found: Found, chosen: dict[str, str]) -> Iterator[dict[str, Any]]:
    """A choice of each kind that leaves something to choose, what is chosen among it by the name that readers may know."""
    languages = sorted({code.lower().split("-")[0] for code in found.choices.languages})
    offered = {
        "author": list(found.choices.authors),
        "tag": list(found.choices.tags),
        "year": [(str(year), str(year)) for year in found.choices.years],
        "language": [(code, name_of(code)) for code in languages],
    }
    for name, options in offered.items():
        value = chosen.get(name, "")
        if value and value not in dict(options):
            options.append((value, name_of(value) if name == "language" else value))
        if len(options) > 1 or value:
            label, anything, _pattern = KINDS[name]
            yield {"name": name, "label": label, "anything": anything, "options": options, "value": value}
