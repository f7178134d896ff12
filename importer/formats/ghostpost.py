"""ghostpost: one row of a Ghost export becomes an entry: its text, where it stood, who may read it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from importer.addresses import absolute
from importer.entry import BodyFormat, Entry, Person
from importer.errors import EntryRejected, SourceUnusable
from importer.formats import lexical, mobiledoc
from importer.formats.base import Reading
from importer.formats.feeditem import language_tag
from importer.formats.ghostcards import Notes
from importer.formats.ghosttables import Site, Tables, comments_of, moment_of, person_of
from importer.formats.jsontext import Item, loaded, objects, text_of
from importer.formats.plain import folded, paragraphs
from importer.formats.scan import harm_in

GHOST_URL = "__GHOST_URL__"
OBJECT_ID = re.compile(r"[0-9a-f]{24}")
# A part of a public post that the site shows to some readers only.
GATED = re.compile(r"<!--\s*kg-gated-block:begin[^>]*nonMember:\s*false", re.IGNORECASE)
YES = frozenset({"1", "true", "True"})
PART = re.compile(r":(\w+)")


@dataclass(frozen=True, slots=True)
class Text:
    body: str
    format: BodyFormat = "html"


def entry_of(row: Item, position: int, tables: Tables, site: Site, reading: Reading) -> Entry:
    """The entry. Raises EntryRejected."""
    key = text_of(row, "id")
    row = tables.meta.get(key, {}) | {name: value for name, value in row.items() if value is not None}
    title, notes = folded(text_of(row, "title")), Notes()
    warnings: list[str] = []
    text = text_in(row, notes, warnings)
    body = text.body.replace(GHOST_URL, site.address)
    if harm := harm_in(body):
        raise EntryRejected(f"The entry's HTML cannot be shown: {harm}.")
    if not (title or body):
        raise EntryRejected("The entry has neither a title nor a text.")
    warnings += notes.sentences()
    published = published_of(row, reading.now, warnings)
    updated, _ = moment_of(row, "updated_at", reading.now)
    status = status_of(row, body, published, warnings)
    link = link_of(row, site, published) if status == "published" else ""
    return Entry(
        position=position,
        title=title,
        body=with_caption(body, text.format, row, site, warnings),
        body_format=text.format,
        kind="page" if is_page(row) else "post",
        guid=guid_of(row),
        link=link,
        canonical=absolute(text_of(row, "canonical_url").replace(GHOST_URL, site.address)),
        base_url=reading.base_url or link or site.address,
        slug=text_of(row, "slug"),
        summary=text_of(row, "custom_excerpt"),
        authors=people_of(row, key, tables),
        tags=tags_of(row, key, tables, warnings),
        published=published,
        updated=updated,
        status=status,
        language=language_tag(text_of(row, "locale") or text_of(row, "language")),
        cover=address_of(text_of(row, "feature_image") or text_of(row, "image"), site),
        cover_alt=folded(text_of(row, "feature_image_alt")),
        comments=comments_of(tables.comments.get(key, []), tables, reading.now),
        seo_title=folded(text_of(row, "meta_title")),
        seo_description=folded(text_of(row, "meta_description")),
        warnings=tuple(warnings),
    )


# -- the text ------------------------------------------------------------------------------------


def text_in(row: Item, notes: Notes, warnings: list[str]) -> Text:
    """The post's text: the HTML that Ghost showed, else what its editor kept, else what an older editor kept.

    Ghost's own HTML holds a repeated cover and alternative texts that only repeat the title; both are left as they
    are here, since only who looks at the pictures can judge them.
    """
    if html := text_of(row, "html"):
        return Text(html)
    for name, write in (("lexical", lexical.html_of), ("mobiledoc", mobiledoc.html_of)):
        if not (source := text_of(row, name)):
            continue
        document = tree_of(source)
        if document is None:
            warnings.append(f"Its {name} could not be read.")
        elif written := write(document, notes):
            return Text(written)
    if markdown := text_of(row, "markdown"):
        return Text(markdown, "markdown")
    return Text(paragraphs(text_of(row, "plaintext")))


def tree_of(source: str) -> Item | None:
    try:
        value = loaded(source, set())
    except SourceUnusable:
        return None
    return value if isinstance(value, dict) else None


def with_caption(body: str, form: BodyFormat, row: Item, site: Site, warnings: list[str]) -> str:
    """The body, with the caption of the cover as its last line in small print: it may name whom a picture is owed to."""
    caption = text_of(row, "feature_image_caption").replace(GHOST_URL, site.address)
    if not caption:
        return body
    warnings.append("The caption of its cover stands at the end of the text.")
    apart = "\n\n" if form == "markdown" else "\n"
    return f"{body}{apart}<p><small>{caption}</small></p>"


# -- where it stood ------------------------------------------------------------------------------


def guid_of(row: Item) -> str:
    """What the site's feed gives as id: since version 1 the post's own, before it the uuid."""
    key = text_of(row, "id")
    return key if OBJECT_ID.fullmatch(key) else text_of(row, "uuid") or key


def is_page(row: Item) -> bool:
    return text_of(row, "type") == "page" or row.get("page") is True or text_of(row, "page") in YES


def link_of(row: Item, site: Site, published: datetime | None) -> str:
    """Where it stands on the site: old versions could put the date into the address."""
    slug = text_of(row, "slug")
    if not (site.address and slug):
        return ""
    pattern = site.permalinks if ":slug" in site.permalinks and not is_page(row) else "/:slug/"
    parts = {"slug": slug}
    if published:
        parts |= {"year": f"{published:%Y}", "month": f"{published:%m}", "day": f"{published:%d}"}
    path = PART.sub(lambda found: parts.get(found[1], found[0]), pattern)
    return "" if ":" in path else site.address + path


def address_of(address: str, site: Site) -> str:
    """An address made absolute; one that only the unknown site could complete stays as it is."""
    address = address.replace(GHOST_URL, site.address)
    return absolute(address, site.address + "/" if site.address else "") or address


# -- who wrote it, who may read it ---------------------------------------------------------------


def published_of(row: Item, now: datetime, warnings: list[str]) -> datetime | None:
    """When it was published; of what never was, nothing is said."""
    published, why = moment_of(row, "published_at", now)
    if published is None and text_of(row, "status") == "published":
        published, _ = moment_of(row, "created_at", now)
    if why and published is None:
        warnings.append(why)
    return published


def status_of(
    row: Item, body: str, published: datetime | None, warnings: list[str]
) -> Literal["draft", "published"]:
    """What it becomes here. Whatever not everybody could read on the site is a draft, so that nothing comes out by accident."""
    status, visibility = text_of(row, "status"), text_of(row, "visibility")
    if status not in ("published", "scheduled"):
        if status == "sent":
            warnings.append("It went out by mail only and never stood on the site, so it is a draft.")
        elif status != "draft":
            warnings.append(f"Its status is “{status[:60]}”, which is not known here, so it is a draft.")
        return "draft"
    reasons = []
    if visibility not in ("", "public"):
        reasons.append(f"Only some readers could read it (“{visibility[:60]}”), so it is a draft.")
    if row.get("email_only") is True or text_of(row, "email_only") in YES:
        reasons.append("It was meant to go out by mail only, so it is a draft.")
    if GATED.search(body):
        reasons.append("Parts of it were shown to members only, so it is a draft.")
    if status == "scheduled" and published is None:
        reasons.append("It was scheduled without a date, so it is a draft.")
    warnings += reasons
    return "draft" if reasons else "published"


def people_of(row: Item, key: str, tables: Tables) -> tuple[Person, ...]:
    """The authors in their order; versions 0 and 1 have one."""
    found = tables.people.get(key) or [person_of(one) for one in objects(row, "authors")]
    if not found and (one := tables.users.get(text_of(row, "author_id") or text_of(row, "created_by"))):
        found = [one]
    return tuple({person.name: person for person in found if person.name}.values())


def tags_of(row: Item, key: str, tables: Tables, warnings: list[str]) -> tuple[str, ...]:
    """The tags that readers see, in their order. Those that begin with # are Ghost's own notes."""
    public: list[str] = []
    internal: list[str] = []
    for tag in tables.tags.get(key) or objects(row, "tags"):
        name = folded(text_of(tag, "name"))
        own = name.startswith("#") or text_of(tag, "visibility") == "internal"
        (internal if own else public).append(name)
    if internal:
        names = ", ".join(f"“{name[:60]}”" for name in internal[:10])
        warnings.append(f"Tags that only Ghost itself uses were left out: {names}.")
    return tuple(dict.fromkeys(name for name in public if name))
