"""markdownpost: one Markdown file becomes an entry: its front matter, its name and its place say what it is."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape
from typing import Literal

from blog.markup.markdown import to_html
from importer.addresses import absolute
from importer.dates import read_date
from importer.documents.bundles import base_of, suffix
from importer.entry import Entry
from importer.errors import EntryRejected
from importer.formats import markdownbody
from importer.formats.feeditem import language_tag
from importer.formats.frontmatter import NO, Matter, Split, inner, says, text, texts
from importer.formats.markdowncover import cover_of
from importer.formats.markdownnames import MARKUP, Named
from importer.formats.markdownpeople import authors_of, tags_of
from importer.formats.markdownplace import also_at, canonical_of, path_of
from importer.formats.markdownsite import Around, Site
from importer.formats.plain import text_of as words_of
from importer.formats.plain import without_controls
from importer.formats.scan import harm_in

DATES = (
    "date",
    "pubdate",
    "publish_date",
    "published_at",
    "date_published",
    "datepublished",
    "created",
    "created_at",
)
CHANGES = (
    "lastmod",
    "updated",
    "modified",
    "last_modified_at",
    "updated_at",
    "updateddate",
    "date_modified",
    "lastupdated",
)
# Eleventy's words for the moments of the file, which a copy does not keep.
OF_THE_FILE = re.compile(r"(?:git )?(?:last modified|created)", re.IGNORECASE)
MORE = re.compile(r"^[ \t]*<!--\s*more\s*-->[ \t]*\n?", re.IGNORECASE | re.MULTILINE)
HEADING = re.compile(r"\s*(?:#[ \t]+([^\n]+?)[ \t]*#*[ \t]*|([^\s#>*+\-`|<][^\n]*)\n=+[ \t]*)(?:\n+|\Z)")
LONGEST_EXCERPT = 20_000


def entry_of(file: Split, named: Named, position: int, around: Around) -> Entry:
    """The entry. Raises EntryRejected with a clause."""
    site, warnings = around.site, list(file.warnings)
    matter = site.inherited(named.name) | file.matter
    body, removed = without_controls(file.body)
    if removed:
        warnings.append("Characters that no text may hold were removed.")
    body, title = titled(body, matter, named)
    body, excerpt = parted(body, matter)
    is_html = suffix(named.name) in MARKUP
    if not is_html:
        stands = markdownbody.Around(around.names, liquid=site.kind in ("jekyll", "eleventy"))
        body = markdownbody.converted(body, stands)
        warnings += stands.sentences()
    if harm := harm_in(body):
        raise EntryRejected(f"its text cannot be shown: {harm}")
    published = published_of(matter, named, around, warnings)
    status = status_of(matter, named, around, warnings)
    base = base_of(named.name) if around.names else ""
    path = path_of(matter, named, published, site)
    link = absolute(site.address + path) if path and site.address and status != "draft" else ""
    cover, alt, caption = cover_of(matter, named, around)
    if caption:
        body = f"{body.rstrip()}\n\n<p><small>{escape(caption, quote=False)}</small></p>\n"
        warnings.append("The caption of its cover stands at the end of the text.")
    return Entry(
        position=position,
        title=title or named.spoken,
        body=body.strip("\n"),
        body_format="html" if is_html else "markdown",
        kind=kind_of(matter, named, site, published),
        guid=text(matter, "guid") or named.name,
        link=link,
        canonical=canonical_of(matter),
        base_url=base or around.reading.base_url,
        slug=text(matter, "slug") or (named.stem if file.present or named.date else ""),
        summary=text(matter, "summary", "excerpt", "description", "subtitle") or excerpt,
        authors=authors_of(matter, site),
        tags=tags_of(matter, named, site),
        published=published,
        updated=moment(matter, CHANGES, around),
        status=status,
        language=language_tag(text(matter, "lang", "language", "locale") or named.language),
        cover=cover,
        cover_alt=alt,
        also_at=also_at(matter, link, site),
        series=next(iter(texts(matter, "series") + texts(inner(matter, "taxonomies"), "series")), ""),
        seo_title=text(matter, "seo_title", "meta_title", "seotitle"),
        seo_description=text(matter, "seo_description", "meta_description", "seodescription"),
        warnings=tuple(warnings),
    )


# -- words ---------------------------------------------------------------------------------------


def titled(body: str, matter: Matter, named: Named) -> tuple[str, str]:
    """The body and the title. A heading that opens the text and is the title leaves it: a page shows its title anyway."""
    title = text(matter, "title")
    found = HEADING.match(body)
    if not found:
        return body, title
    heading = words_of(to_html(found[1] or found[2]))
    if title and title.casefold() != heading.casefold():
        return body, title
    return body[found.end() :], title or heading


def parted(body: str, matter: Matter) -> tuple[str, str]:
    """The body without the mark that ends its beginning, and that beginning as HTML; "" without a mark."""
    separator = text(matter, "excerpt_separator")
    mark = re.compile(rf"^[ \t]*{re.escape(separator)}[ \t]*\n?", re.MULTILINE) if separator else MORE
    found = mark.search(body)
    if not found:
        return body, ""
    before = body[: found.start()]
    return before + body[found.end() :], to_html(before) if len(before) <= LONGEST_EXCERPT else ""


# -- when and for whom ---------------------------------------------------------------------------


def moment(
    matter: Matter, names: tuple[str, ...], around: Around, warnings: list[str] | None = None
) -> datetime | None:
    """The first of these dates that can be read; a sentence for one that cannot."""
    for name in names:
        said = text(matter, name)
        if not said:
            continue
        if OF_THE_FILE.fullmatch(said):
            why = f"Its date is “{said}”, that of the file, which a copy does not keep."
            found = None
        else:
            found, why = read_date(said, now=around.reading.now, zone=around.site.zone)
        if found is not None:
            return found
        if warnings is not None and why:
            warnings.append(why)
    return None


def published_of(matter: Matter, named: Named, around: Around, warnings: list[str]) -> datetime | None:
    """When it was or will be published: a later moment of publishing goes before the date it carries; else the file's name."""
    later = moment(matter, ("publishdate",), around)
    if later and later > around.reading.now:
        return later
    told: list[str] = []
    found = moment(matter, DATES, around, told) or later
    if found is None and says(matter, "published") is None:
        found = moment(matter, ("published",), around)
    if found is None:
        found, _ = read_date(named.date, now=around.reading.now, zone=around.site.zone)
        warnings += told
    return found


def status_of(matter: Matter, named: Named, around: Around, warnings: list[str]) -> Literal["", "draft"]:
    """A draft, or nothing said. What its own site did not show to everybody is a draft."""
    draft = text(matter, "draft").lower()
    status = text(matter, "status").lower()
    if named.draft or (draft and draft not in NO) or says(matter, "published") is False:
        return "draft"
    reason = ""
    if status not in ("", "published", "publish", "public", "live"):
        reason = f"Its status is “{status[:60]}”"
    elif says(matter, "private") or says(matter, "headless"):
        reason = "It was not shown on the site"
    elif (
        text(matter, "permalink").lower() == "false"
        or text(inner(matter, "build"), "render") == "never"
        or text(inner(matter, "_build"), "render") == "never"
    ):
        reason = "It had no page on the site"
    elif (ends := moment(matter, ("expirydate", "unpublishdate"), around)) and ends <= around.reading.now:
        reason = f"It was withdrawn on {ends:%Y-%m-%d}"
    elif ends:
        warnings.append(f"It was to be withdrawn on {ends:%Y-%m-%d}; set that here if it still holds.")
    if reason:
        warnings.append(f"{reason}, so it is a draft.")
    return "draft" if reason else ""


def kind_of(matter: Matter, named: Named, site: Site, published: datetime | None) -> Literal["post", "page"]:
    """A page is what stands in no list: it says so, or lies where its generator keeps pages and has no date."""
    if text(matter, "type", "layout").lower() in ("page", "pages", "page.njk", "layouts/page.njk"):
        return "page"
    if says(matter, "eleventyexcludefromcollections"):
        return "page"
    if site.kind == "jekyll":
        return "post" if named.in_posts or named.name.startswith("_") or published else "page"
    return "page" if site.kind == "hugo" and not named.folder and published is None else "post"
