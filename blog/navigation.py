"""navigation: what stands around every page: the menu, the footer's links, the languages that have posts."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, Value
from django.urls import reverse
from django.utils.translation import get_language_info

from blog.caching import remembered
from blog.models import NavigationLink, Page, Post
from blog.versions import Version


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """One language as posts write it, and how many public posts it has."""

    code: str
    dated: int
    undated: int


@dataclass(frozen=True, slots=True)
class Navigation:
    menu: tuple[Link, ...]
    footer: tuple[Link, ...]
    spoken: tuple[Spoken, ...]

    def codes(self, language: str) -> list[str]:
        """The codes that `/en/` covers: `en` and its regional variants, in whatever case posts write them."""
        return [
            one.code
            for one in self.spoken
            if one.code.lower() == language or one.code.lower().startswith(f"{language}-")
        ]

    def counts(self, language: str | None) -> tuple[int, int]:
        """How many public posts have a date and how many have none."""
        codes = None if language is None else set(self.codes(language))
        chosen = [one for one in self.spoken if codes is None or one.code in codes]
        return sum(one.dated for one in chosen), sum(one.undated for one in chosen)

    @property
    def languages(self) -> tuple[Link, ...]:
        """A list of posts for each language; none where all posts share one."""
        codes = sorted({one.code.lower().split("-")[0] for one in self.spoken})
        if len(codes) < 2:
            return ()
        return tuple(Link(name_of(code), reverse("home", kwargs={"language": code})) for code in codes)


def name_of(language: str) -> str:
    """A language in its own words: `ru` is Русский."""
    try:
        return str(get_language_info(language)["name_local"]).capitalize()
    except KeyError:
        return language


def navigation(version: Version) -> Navigation:
    """One query, once a version of the site."""
    return remembered("navigation", version, _read)


def _read() -> Navigation:
    pages = Page.objects.published()
    columns = ("place", "position", "id", "label", "{}title", "{}slug", "address", "more")
    links, changed = (
        NavigationLink.objects.filter(which)
        .order_by()
        .annotate(more=Value(0))
        .values_list(*(column.format(page) for column in columns))
        for which, page in (
            (Q(page__isnull=True) | Q(page__in=pages), "page__"),
            (Q(page__successor__in=pages), "page__successor__"),
        )
    )
    empty = Value("")
    languages = (
        Post.objects.published()
        .order_by()
        .values("language")
        .annotate(what=Value("language"), none=Value(0), a=empty, b=empty, c=empty)
        .annotate(dated_ones=Count("pk", filter=Q(dated=True)), others=Count("pk", filter=Q(dated=False)))
        .values_list("what", "dated_ones", "none", "language", "a", "b", "c", "others")
    )
    rows = sorted(links.union(changed, languages, all=True), key=lambda row: row[:3])
    return Navigation(
        tuple(_link(row) for row in rows if row[0] == NavigationLink.Place.MENU),
        tuple(_link(row) for row in rows if row[0] == NavigationLink.Place.FOOTER),
        tuple(Spoken(row[3], row[1], row[7]) for row in rows if row[0] == "language"),
    )


def _link(row: tuple[str, int, int, str, str | None, str | None, str, int]) -> Link:
    _, _, _, label, title, slug, address, _ = row
    return Link(label or title or address, reverse("page", args=[slug]) if slug else address)
