"""moving: this blog's former self: its entries keep their ids in our feeds, and its addresses lead to what is here now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Q
from django.urls import reverse

from accounts.authors import find_authors, name_key
from blog import links, tagging
from blog.formerways import LONGEST, written
from blog.models import Image, Post
from blog.models.tag import tag_key
from importer.addresses import absolute, host_of
from importer.entry import Place
from importer.identity import alias_of, link_forms
from importer.models import AmbiguousAlias, ImportedEntry, MediaItem, Run, Source
from importer.options import Options

if TYPE_CHECKING:
    from importer.storing.posts import Deed

UID = 300  # characters; what the column takes
HERE = (
    "localhost",
    "127.0.0.1",
    "::1",
    "*",
    "",
)  # names that every machine has say nothing of whose blog it is
FEEDS = {"atom": "atom", "jsonfeed": "json"}


def as_marked(options: Options, source: Source | None) -> Options:
    """A source that was marked once stays marked."""
    return replace(options, moved_here=True) if source is not None and source.moved_here else options


def mark(source: Source, options: Options, run: Run) -> None:
    if options.moved_here and not source.moved_here:
        source.moved_here, source.moved_here_by = True, run
        source.save(update_fields=["moved_here", "moved_here_by"])


# -- ids -----------------------------------------------------------------------------------------


def kept_ids(deeds: Sequence[Deed], options: Options) -> dict[int, str]:
    """The ids that new posts have in our feeds because they had them there, by position: good ones that nobody has here."""
    kept_by = [deed for deed in deeds if options.moved_here or deed.candidate.entry.own]
    ids = {deed.candidate.entry.position: good_id(deed) for deed in kept_by}
    taken = set(
        Post.everything.filter(uid__in=[one for one in ids.values() if one]).values_list("uid", flat=True)
    )
    kept: dict[int, str] = {}
    for position, one in ids.items():
        if one and one not in taken:
            kept[position] = one
            taken.add(one)
    return kept


def good_id(deed: Deed) -> str:
    """An entry's id, if it is one of those that identify."""
    guid = deed.candidate.entry.guid.strip()
    identifies = any(alias.kind == "guid" for alias in deed.decision.adds)
    return guid if identifies and len(guid) <= UID and guid.isprintable() else ""


# -- addresses -----------------------------------------------------------------------------------


def hosts_of(source: Source) -> frozenset[str]:
    """The hosts that a source may speak for: where it is fetched from, and of a file what it says of itself."""
    key = source.key_value if source.key_kind == "ident" else f"https://{source.key_value}"
    said = [key] if source.key_kind in ("url", "site", "ident") else []
    if not source.fetched or source.moved_here:
        said.append(source.site_url)
    return frozenset(map(host_of, said)) - {""}


def own_hosts() -> frozenset[str]:
    """The hosts at which this site answers."""
    named = {name.lstrip(".").removeprefix("www.").lower() for name in settings.ALLOWED_HOSTS}
    return frozenset((named | {host_of(settings.SITE_URL)}) - set(HERE))


def leave_redirects(source: Source, places: Iterable[Place], run: Run) -> None:
    """Lead the old addresses of a source to what they are here, if they were this blog's own. None is ever taken over."""
    hosts = former_hosts(source)
    if hosts:
        links.lead_from(posts_at(source, run, hosts), posts=True)
        links.lead_from(places_at(source, places, hosts))


def lead_pictures(sources: Iterable[Source]) -> None:
    """The same for pictures and recordings, once they are stored here."""
    for source in sources:
        if hosts := former_hosts(source):
            links.lead_from(media_at(source, hosts) | pictures_at(hosts))


def former_hosts(source: Source) -> frozenset[str]:
    """The hosts of a source at which this blog stood, or stands."""
    return hosts_of(source) if source.moved_here else hosts_of(source) & own_hosts()


def posts_at(source: Source, run: Run, hosts: Collection[str]) -> dict[str, int]:
    """Posts by the old paths of the entries that came in this run; an address that several share is nobody's."""
    rows = ImportedEntry.objects.filter(source=source, run=run, post__isnull=False)
    shared = set(AmbiguousAlias.objects.filter(source=source, kind="link").values_list("sha256", flat=True))
    found: dict[str, int] = {}
    for post, entry in rows.values_list("post_id", "entry").iterator(chunk_size=200):
        link = str(entry.get("link") or "")
        forms = link_forms(link)
        usable = [link] if forms and alias_of("link", forms[0]).sha256 not in shared else []
        for address in (*usable, *entry.get("also_at", ()), str(entry.get("guid") or "")):
            if (path := path_at(address, hosts)) and post is not None:
                found.setdefault(path, post)
    return found


def places_at(source: Source, places: Iterable[Place], hosts: Collection[str]) -> dict[str, str]:
    """Our lists and feeds by the old paths of what was no post."""
    found: dict[str, str] = {}
    if source.key_kind == "url" and (path := path_at(f"https://{source.key_value}", hosts)):
        found[path] = reverse("home-feed", args=[FEEDS.get(source.format, "rss")])
    listed = [place for place in places if path_at(place.url, hosts)]
    tags = tagging.known({tag_key(one.name) for one in listed})
    people = find_authors([one.name for one in listed if one.kind == "author"])
    for place in listed:
        target = ""
        if place.kind == "tag" and (tag := tags.get(tag_key(place.name))):
            target = tag.get_absolute_url()
        elif place.kind == "author" and (author := people.get(name_key(place.name))):
            target = author.get_absolute_url()
        elif place.kind in ("feed", "home"):
            atom = place.kind == "feed" and "atom" in place.url.lower()
            target = (
                reverse("home-feed", args=["atom" if atom else "rss"])
                if place.kind == "feed"
                else reverse("home")
            )
        if target:
            found.setdefault(path_at(place.url, hosts), target)
    return found


def media_at(source: Source, hosts: Collection[str]) -> dict[str, str]:
    """What the posts of a source show and is stored here, by its old paths, those of other sizes too."""
    found: dict[str, str] = {}
    stored = MediaItem.objects.filter(imported__source=source, status=MediaItem.Status.STORED).select_related(
        "image"
    )
    for item in stored.iterator(chunk_size=500):
        name = str(item.image.file.name) if item.image else item.name
        for address in (item.url, *item.others):
            if name and (path := path_at(str(address), hosts)):
                found.setdefault(path, default_storage.url(name))
    return found


def pictures_at(hosts: Collection[str]) -> dict[str, str]:
    """Our pictures by the old paths that they were fetched from."""
    at = Q(pk__in=[])
    for host in hosts:
        for start in (f"{scheme}://{www}{host}/" for scheme in ("https", "http") for www in ("", "www.")):
            at |= Q(source_url__startswith=start)
    return {
        path: image.file.url
        for image in Image.objects.filter(at).only("file", "source_url")
        if (path := path_at(image.source_url, hosts))
    }


def path_at(address: str, hosts: Collection[str]) -> str:
    """The path, with query, of an address at one of these hosts; "" for every other and for the front page."""
    if not absolute(address) or host_of(address) not in hosts:
        return ""
    parts = urlsplit(absolute(address))
    path = written(parts.path or "/", parts.query)
    return path if path != "/" and len(path) <= LONGEST else ""
