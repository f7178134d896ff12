"""restoring: what an export of ours holds comes back as it was: posts word for word, and the tables and files beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage

from accounts.authors import name_key
from accounts.models import Author, AuthorAlias
from accounts.slugs import slug_of
from blog import images, links, taxonomy, wholefiles
from blog.content import BylineSpec, Content, Prepared, prepare
from blog.links import path_of
from blog.models import Image, NavigationLink, Post, Series, Tag, TagAlias
from blog.models.tag import tag_key
from blog.tagging import clean_name
from blog.writing import one_transaction, pages_changed
from importer.documents.bundles import Members
from importer.entry import Entry, Own, Tables
from importer.errors import EntryRejected
from importer.formats.ownexport import flag, text
from importer.models import Made, Run

# The names that this program gives to what it stores; nothing else is ever stored under a name from outside.
RECORDINGS = ("audio/", "video/")
STORED = re.compile(
    r"(?:[a-z0-9]{1,40}/){1,5}[0-9a-f]{8,64}(?:[-_][A-Za-z0-9]{1,12}){0,2}"
    r"\.(?:avif|gif|jpe?g|m4a|mp[34]|ogg|opus|png|wav|webm|webp)"
)
TITLE = 500  # characters; what the column takes
Row = Mapping[str, Any]


# -- posts ---------------------------------------------------------------------------------------


def prepared(entry: Entry, own: Own) -> Prepared:
    """The post as it was. Raises EntryRejected."""
    if len(entry.title) > TITLE:
        raise EntryRejected(
            f"Its title is longer than {TITLE} characters, so this is no post that was exported."
        )
    people = dict(Author.objects.filter(slug__in=[slug for slug, _ in own.bylines]).values_list("slug", "pk"))
    series = Series.objects.filter(slug=own.series).first() if own.series else None
    cover = Image.objects.filter(file=own.cover).first() if own.cover else None
    content = Content(
        title=entry.title,
        body=entry.body,
        body_format=entry.body_format,
        slug=entry.slug,
        summary=entry.summary,
        language=entry.language,
        bylines=tuple(BylineSpec(people[slug], part) for slug, part in own.bylines if slug in people),  # type: ignore[arg-type]
        tags=entry.tags,
        series=series.pk if series else None,
        series_position=own.series_position,
        cover=cover.pk if cover else None,
        cover_url=entry.cover,
        cover_alt=entry.cover_alt,
        origin_url=own.origin,
        canonical_url=entry.canonical,
        seo_title=entry.seo_title,
        seo_description=entry.seo_description,
        noindex=own.noindex,
        responding=own.responding,
    )
    return prepare(content)


def standing(entry: Entry, own: Own, status: str) -> dict[str, Any]:
    """Where the post stood; `status` is the operator's word, which overrules it."""
    columns: dict[str, Any] = {
        "status": status or own.status,
        "published_at": entry.published,
        "dated": own.dated,
        "withdraw_at": datetime.fromisoformat(own.withdraw_at) if own.withdraw_at else None,
    }
    if entry.updated:
        columns["updated_at"] = entry.updated
    if own.created:
        columns["created_at"] = datetime.fromisoformat(own.created)
    if own.translation_group:
        try:
            columns["translation_group"] = UUID(own.translation_group)
        except ValueError:
            raise EntryRejected("Its translation_group is none.") from None
    return columns


# -- what stands beside them -----------------------------------------------------------------------


def before(tables: Tables, members: Members | None, run: Run) -> None:
    """Files, people, tags and series, before the posts that name them. What is here already stays as it is."""
    if members is not None:
        keep_files(tables, members, run)
    with one_transaction():
        for row in tables.authors:
            restore_author(row, run)
        for row in tables.tags:
            restore_tag(row, run)
        for row in tables.series:
            if text(row, "slug") and not Series.objects.filter(slug=text(row, "slug")).exists():
                taxonomy.save_series(
                    Series(
                        title=text(row, "title"), slug=text(row, "slug"), description=text(row, "description")
                    )
                )


def keep_files(tables: Tables, members: Members, run: Run) -> None:
    for member in tables.files:
        name = member.removeprefix("media/")
        if STORED.fullmatch(name) and not default_storage.exists(name):
            wholefiles.keep(name, members.read(member))
            if name.startswith(RECORDINGS):
                Made.objects.create(run=run, recording=name)
    for row in tables.images:
        name = text(row, "file").removeprefix("media/")
        if not STORED.fullmatch(name) or not default_storage.exists(name):
            continue
        with default_storage.open(name, "rb") as file:
            data = file.read()
        newest = Image.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        image = images.adopt(
            name,
            data,
            alt=text(row, "alt"),
            decorative=flag(row, "decorative", False),
            original_name=text(row, "name"),
            source_url=text(row, "source"),
        )
        if image.pk > newest:
            Made.objects.create(run=run, image=image, alt=image.alt)


def restore_author(row: Row, run: Run) -> None:
    name, slug = text(row, "name"), text(row, "slug")
    if not name or not slug or Author.objects.filter(slug=slug).exists():
        return
    picture = text(row, "picture").removeprefix("media/")
    author = Author(name=name, slug=slug, bio=text(row, "bio"), website=text(row, "website"))
    author.picture = picture if STORED.fullmatch(picture) else ""
    taxonomy.save_author(author)
    Made.objects.create(run=run, author=author)
    for spelling in row.get("spellings", ()):
        AuthorAlias.objects.get_or_create(key=name_key(str(spelling)), defaults={"author": author})


def restore_tag(row: Row, run: Run) -> None:
    name, slug = text(row, "name"), text(row, "slug")
    known = Tag.objects.filter(key=tag_key(name)) | Tag.objects.filter(slug=slug)
    if name and slug and not known.exists():
        tag = taxonomy.save_tag(Tag(name=name, slug=slug, description=text(row, "description")))
        Made.objects.create(run=run, tag=tag)
        for merged in row.get("merged", ()):
            restore_merged(clean_name(str(merged)), tag)


def restore_merged(name: str, tag: Tag) -> None:
    """What the tag is called besides, since another was merged into it."""
    if name:
        said = {"tag": tag, "name": name, "slug": slug_of(name, signs=True)}
        TagAlias.objects.get_or_create(key=tag_key(name), defaults=said)


def after(tables: Tables) -> None:
    """Redirects and the menus, which lead to posts and pages. Menus that an editor has begun stay theirs."""
    ways = dict(tables.redirects)
    slugs = {target.strip("/").rpartition("/")[2] for target in ways.values()}
    posts = {path_of(post.kind, post.slug): post.pk for post in Post.everything.filter(slug__in=slugs)}
    with one_transaction():
        links.lead_from({path: posts[target] for path, target in ways.items() if target in posts}, posts=True)
        links.lead_from({path: target for path, target in ways.items() if target not in posts})
        if tables.navigation and not NavigationLink.objects.exists():
            restore_navigation(tables)
            pages_changed()


def restore_navigation(tables: Tables) -> None:
    pages = dict(Post.everything.filter(kind=Post.Kind.PAGE).values_list("slug", "pk"))
    for place, row in enumerate(tables.navigation):
        page = pages.get(text(row, "page"))
        if page or text(row, "address"):
            NavigationLink.objects.create(
                place="footer" if text(row, "place") == "footer" else "menu",
                position=place,
                label=text(row, "label"),
                page_id=page,
                address="" if page else text(row, "address"),
            )
