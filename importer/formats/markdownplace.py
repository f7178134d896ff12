"""markdownplace: where a Markdown file stood on its site, by what it says and by what its generator does by itself."""

from __future__ import annotations

import posixpath
import re
from datetime import datetime

from importer.addresses import absolute
from importer.formats.frontmatter import Matter, text, texts
from importer.formats.markdownnames import Named
from importer.formats.markdownsite import Site, filled

CANONICAL = ("canonical_url", "canonicalurl", "canonical")
FILE_SLUG = re.compile(r"\{\{-?\s*page\.fileSlug\s*-?\}\}")


def canonical_of(matter: Matter) -> str:
    return next((found for name in CANONICAL if (found := absolute(text(matter, name)))), "")


def path_of(matter: Matter, named: Named, published: datetime | None, site: Site) -> str:
    """The path on its site, from the root; "" where it is not known."""
    said = text(matter, "url", "permalink")
    slug = text(matter, "slug") or named.stem
    categories = "/".join(slugged(name) for name in texts(matter, "categories", "category"))
    parts = {
        "title": slug if site.kind == "jekyll" else slugged(text(matter, "title")) or slug,
        "slug": slug,
        "filename": named.stem,
        "contentbasename": named.stem,
        "slugorcontentbasename": slug,
        "slugorfilename": slug,
        "categories": categories,
        "section": named.folder.partition("/")[0],
        "sections": named.folder,
    }
    if said:
        pattern = FILE_SLUG.sub(lambda found: named.stem, said)
        local = not re.match(r"[a-z]+:|//", pattern)
        return filled(pattern, parts, published, site.zone) if local and "{" not in pattern else ""
    return by_itself(named, parts, published, site)


def by_itself(named: Named, parts: dict[str, str], published: datetime | None, site: Site) -> str:
    """What the generator does where nothing is said. A name with a language or, in Eleventy, a date leads elsewhere."""
    if named.language or not site.kind:
        return ""
    if site.kind == "jekyll":
        if named.in_posts:
            return filled(site.permalinks.get("", ""), parts, published, site.zone)
        stem = posixpath.splitext(named.name)[0]
        return f"/{stem.removesuffix('index')}" if stem.endswith("index") else f"/{stem}.html"
    inside = "/".join(part for part in (named.folder, parts["slug"]) if part)
    if site.kind == "hugo":
        pattern = site.permalinks.get(parts["section"], "")
        return (
            filled(pattern, parts, published, site.zone)
            if pattern
            else f"/{inside.replace(' ', '-').lower()}/"
        )
    return "" if named.date else f"/{inside}/"


def also_at(matter: Matter, link: str, site: Site) -> tuple[str, ...]:
    """The other addresses it is said to have. A note keeper's aliases are other titles: only paths count."""
    base = link or (f"{site.address}/" if site.address else "")
    said = [
        one
        for one in texts(matter, "aliases", "alias", "redirect_from")
        if "/" in one or one.endswith(".html")
    ]
    found = (absolute(one, base) for one in said)
    return tuple(dict.fromkeys(address for address in found if address and address != link))


def slugged(name: str) -> str:
    return re.sub(r"[^\w]+", "-", name.lower()).strip("-")
