"""checking: the writing checks in sentences, those that need the site among them: links of ours that lead to nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog import links
from blog.errors import NotPossible
from blog.markup.checks import MOST, Finding, check
from blog.markup.rendering import BodyFormat
from blog.models import Dismissal, Image, Post, SiteSettings


@dataclass(frozen=True, slots=True)
class Advice:
    """One warning beside the text, never a wall. `quote` leads to the place in the text as it is written."""

    kind: str
    sentence: str
    quote: str


def advice(body: str, body_format: BodyFormat) -> list[Advice]:
    """What to look at before others read it; a few queries, however many links and pictures there are."""
    checked = check(body, body_format)
    well = decorative(one.quote for one in checked.findings if one.kind == "alt")
    found = [one for one in checked.findings if one.kind != "alt" or one.quote not in well]
    said = [Advice(one.kind, sentence(one), one.quote) for one in found]
    return said + [Advice("link", words, href) for href, words in dead_links(checked.links)]


def sentence(finding: Finding) -> str:
    match finding.kind:
        case "alt":
            if finding.detail:
                return _(
                    "A picture’s alternative text is only a file’s name: “%(alt)s”. Say what it shows."
                ) % {"alt": finding.detail[:80]}
            return _("A picture has no alternative text. Say what it shows, for those who can’t see it.")
        case "heading":
            before, level = finding.detail.split()
            return _("The heading “%(words)s” jumps from level %(before)s to %(level)s.") % {
                "words": finding.quote,
                "before": before,
                "level": level,
            }
        case "here":
            return _("A link says “%(words)s”: say where it leads instead.") % {"words": finding.quote}
        case "anchor":
            return _("A link leads to “%(name)s”, and nothing in this text has that name.") % {
                "name": finding.quote
            }
        case "script":
            return _("“%(word)s” mixes two alphabets: %(letters)s.") % {
                "word": finding.quote,
                "letters": ", ".join(finding.detail),
            }
        case "paragraph":
            words = int(finding.detail)
            return ngettext(
                "A paragraph of %(words)d word is hard to read on a phone. It begins: “%(quote)s…”",
                "A paragraph of %(words)d words is hard to read on a phone. It begins: “%(quote)s…”",
                words,
            ) % {"words": words, "quote": finding.quote}


# -- links of ours ---------------------------------------------------------------------------------


def unspoken(body: str, body_format: BodyFormat) -> list[str]:
    """The addresses of the pictures that say nothing and that nobody has called decorative."""
    silent = [one.quote for one in check(body, body_format).findings if one.kind == "alt"]
    well = decorative(silent)
    return [src for src in silent if src not in well]


def refuse_silence(post: Post) -> None:
    """Where the site asks for it, no picture goes out without words for those who can't see it. Raises NotPossible."""
    if not SiteSettings.current().require_alt:
        return
    silent = unspoken(post.body, "html" if post.body_format == "html" else "markdown")
    names = [src.rsplit("/", 1)[-1][:80] for src in silent[:5]]
    if post.cover_id and not post.cover_alt.strip():
        names.append(_("the cover"))
    if names:
        raise NotPossible(
            _(
                "This site publishes no picture without an alternative text. Say what these show: %(pictures)s."
            )
            % {"pictures": ", ".join(names)}
        )


def decorative(addresses: Iterable[str]) -> set[str]:
    """Those of the pictures that need no words, as whoever brought them or an editor has said."""
    subjects = {hashlib.sha256(src.encode()).hexdigest()[:32]: src for src in addresses}
    if not subjects:
        return set()
    files = {src.removeprefix(settings.MEDIA_URL): src for src in subjects.values()}
    adorning = Image.objects.filter(decorative=True, file__in=files).values_list("file", flat=True)
    known = Dismissal.objects.filter(kind="alt", subject__in=subjects).values_list("subject", flat=True)
    return {subjects[subject] for subject in known} | {files[str(name)] for name in adorning}


def dead_links(hrefs: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Those that lead to a post of this site that is not there, or not yet for readers."""
    wanted = {href: path for href in hrefs if (path := own_path(href)) is not None}
    named = {href: place for href, path in wanted.items() if (place := _post_named(path)) is not None}
    slugs = {slug for _, slug in named.values()}
    standing = {
        (post.kind, post.slug): post
        for post in Post.everything.filter(slug__in=list(slugs)[:500]).defer("body", "html", "feed_html")
    }
    for href, path in list(wanted.items())[:MOST]:
        said = _trouble(path, named.get(href), standing)
        if said:
            yield href, said


def own_path(href: str) -> str | None:
    """The path, where an address leads to this site."""
    try:
        parts = urlsplit(href)
        host = urlsplit(settings.SITE_URL).netloc
    except ValueError:
        return None
    if parts.scheme not in ("", "http", "https") or (parts.netloc and parts.netloc.lower() != host.lower()):
        return None
    if not parts.netloc and (parts.scheme or not parts.path.startswith("/")):
        return None
    return unquote(parts.path) or "/"


def _post_named(path: str) -> tuple[str, str] | None:
    try:
        found = resolve(path)
    except Resolver404:
        return None
    kinds = {"post": Post.Kind.POST, "page": Post.Kind.PAGE}
    kind = kinds.get(found.url_name or "")
    return (kind, found.kwargs["slug"]) if kind is not None else None


def _trouble(path: str, named: tuple[str, str] | None, standing: dict[tuple[str, str], Post]) -> str:
    if named is None:
        try:
            resolve(path)
        except Resolver404:
            if links.follow(path) is None:
                return _("The link to %(path)s leads nowhere on this site.") % {"path": path[:100]}
        return ""
    post = standing.get(named)
    if post is None or post.trashed_at is not None:
        if post is None and links.follow(path) is not None:
            return ""
        return _("The link to %(path)s leads to no post.") % {"path": path[:100]}
    if not post.is_public:  # its title is perhaps not the writer's to read
        return _("The link to %(path)s leads to a post that readers can’t see yet.") % {"path": path[:100]}
    return ""
