"""droppage: a Markdown file, dropped on the desk with its pictures, becomes a draft of whoever dropped it."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authors import own_author
from accounts.models import User
from blog import images, permissions, publishing
from blog.content import BylineSpec, Content
from blog.errors import PublishingProblem
from blog.markup import render
from blog.models import Image, Tag
from blog.models.tag import tag_key
from importer.documents.bundles import MARKDOWN as SUFFIXES
from importer.documents.bundles import suffix
from importer.documents.decoding import decode
from importer.entry import Entry, RawDocument, Rejected
from importer.errors import ImportProblem
from importer.formats.base import Reading
from importer.formats.markdown import one_file
from importer.formats.plain import text_of
from importer.media.rewriting import Stored, rewritten

if TYPE_CHECKING:  # generic for the type checker only
    Upload = UploadedFile[bytes]
else:
    Upload = UploadedFile

MOST_FILES = 40
MOST_TEXT = 1024 * 1024  # bytes


class Refused(Exception):
    """Nothing was made of the files; the message is a sentence for the author."""


@dataclass(slots=True)
class Dropped:
    """What came: one text, and pictures by the names that the text may call them."""

    text: Upload
    pictures: dict[str, Upload] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)


def drop(request: HttpRequest) -> HttpResponse:
    """POST alone; a refusal says why and makes nothing."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    user = request.user
    if not isinstance(user, User) or not permissions.may_create(user):
        raise PermissionDenied
    try:
        dropped = sorted_out(cast("list[Upload]", request.FILES.getlist("files")))
        entry = entry_of(dropped.text)
        content, told = content_of(entry, dropped, user)
        post = publishing.create(content, user, reason="begun from a file")
    except (Refused, PublishingProblem, images.PictureRefused) as problem:
        said = problem.messages[0] if isinstance(problem, images.PictureRefused) else str(problem)
        messages.error(request, said)
        return redirect("admin:index")
    messages.success(request, _("“%(title)s” is a draft now.") % {"title": post.title})
    for sentence in told:
        messages.warning(request, sentence)
    return redirect("admin:blog_post_change", post.pk)


def sorted_out(files: list[Upload]) -> Dropped:
    if len(files) > MOST_FILES:
        raise Refused(
            _("That are more than %(number)d files. Drop one text with its pictures.")
            % {"number": MOST_FILES}
        )
    texts = [one for one in files if suffix(_name(one)) in SUFFIXES]
    if len(texts) != 1:
        raise Refused(
            _("Drop one Markdown file, whose name ends in .md, with the pictures that it shows.")
            if not texts
            else _("Drop one Markdown file at a time. To bring in many, import them as a folder.")
        )
    if (texts[0].size or 0) > MOST_TEXT:
        raise Refused(_("The text is over 1 MB: too long for one post."))
    found = Dropped(texts[0])
    for one in files:
        if one is not texts[0]:
            found.pictures[_name(one).casefold()] = one
    return found


def _name(file: Upload) -> str:
    return posixpath.basename((file.name or "").replace("\\", "/"))


def entry_of(file: Upload) -> Entry:
    """The text with its front matter, as an import would read it."""
    name = _name(file)
    try:
        document = decode(RawDocument(name, file.read(), path=name), "")
        found = next(
            iter(one_file(document, Reading(timezone.now(), default_zone=settings.TIME_ZONE)).entries)
        )
    except ImportProblem as problem:
        raise Refused(str(problem)) from problem
    if isinstance(found, Rejected):
        raise Refused(found.reason)
    return found


def content_of(entry: Entry, dropped: Dropped, user: User) -> tuple[Content, list[str]]:
    """The draft's content, its pictures stored; and what is to be told."""
    told = list(entry.warnings)
    shown = [one.src for one in render(entry.body, entry.body_format).images]
    stored = _stored([*shown, *([entry.cover] if entry.cover else [])], dropped, user)
    missing = [
        src
        for src in shown
        if src not in stored and "://" not in src and not src.startswith(settings.MEDIA_URL)
    ]
    if missing:
        names = ", ".join(dict.fromkeys(posixpath.basename(unquote(src))[:80] for src in missing[:5]))
        told.append(
            _("These pictures did not come with the text: %(names)s. Add them where they belong.")
            % {"names": names}
        )
    tags, refused = _tags(entry.tags, user)
    if refused:
        told.append(
            _("There are no such tags yet, and only others may make them: %(names)s.")
            % {"names": ", ".join(refused)}
        )
    places = {src: Stored(image.file.url, image.width, image.height) for src, image in stored.items()}
    cover = stored.get(entry.cover)
    author = own_author(user)
    return Content(
        title=entry.title[:500],
        body=rewritten(entry.body, entry.body_format, places),
        body_format=entry.body_format,
        slug=entry.slug,
        summary=text_of(entry.summary) if entry.summary else "",
        language=entry.language,
        bylines=(BylineSpec(author.pk),) if author else (),
        tags=tags,
        cover=cover.pk if cover else None,
        cover_alt=entry.cover_alt[:500],
        canonical_url=entry.canonical,
        seo_title=entry.seo_title[:200],
        seo_description=entry.seo_description[:500],
    ), told


def _stored(sources: list[str], dropped: Dropped, user: User) -> dict[str, Image]:
    """The pictures that the text shows, by the addresses it shows them under; each stored once."""
    if dropped.pictures and not user.has_perm("blog.add_image"):
        raise Refused(_("You may not add pictures. Drop the text alone, or ask an editor."))
    kept: dict[str, Image] = {}
    found: dict[str, Image] = {}
    for src in sources:
        name = posixpath.basename(unquote(src.partition("?")[0])).casefold()
        upload = dropped.pictures.get(name)
        if upload is None:
            continue
        if name not in kept:
            kept[name] = images.store(upload, user, "")  # type: ignore[arg-type]  # an uploaded file reads like any other
        found[src] = kept[name]
    return found


def _tags(names: tuple[str, ...], user: User) -> tuple[tuple[str, ...], list[str]]:
    """Those that may stand on the draft, and those that this user may not make."""
    if user.has_perm("blog.add_tag") or not names:
        return names, []
    keys = {tag_key(name) for name in names}
    known = set(Tag.objects.filter(key__in=keys).values_list("key", flat=True))
    return tuple(name for name in names if tag_key(name) in known), [
        name for name in names if tag_key(name) not in known
    ]
