"""identity: when two things from outside are the same thing: entries by their aliases, sources by what they are called."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from html import unescape
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from importer.addresses import absolute, host_of, normalised
from importer.entry import About, Document, Entry

AliasKind = Literal["guid", "guid-path", "link", "canonical", "title-date", "title", "title-text", "whole"]
AliasKey = tuple[str, str]  # (kind, sha256): what the database knows an alias by
Field = Literal["title", "text", "summary", "bylines", "tags", "cover", "details"]
FIELDS: tuple[Field, ...] = get_args(Field)

GUIDS = frozenset({"guid", "guid-path"})
# A title alone is a name only where nothing better exists: "Weekly links" comes every week.
LAST_RESORTS = frozenset({"title", "title-text"})
BAD_GUIDS_LIMIT = 0.05
TAG_URI = re.compile(r"tag:[^,:/]+(,.+)", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"<[^<>]*>")
# What of an entry its digest is taken of.
SAID = tuple(
    part.name for part in fields(Entry) if part.name not in ("position", "warnings", "base_url", "updated")
)


LEARNT = frozenset({"responding"})  # parts of a part that came later: counted where they say something


@dataclass(frozen=True, slots=True)
class Alias:
    """One name of an entry. Two entries of one source that share a good alias are the same entry."""

    kind: AliasKind
    sha256: str  # hex; a guid can be 5 kB, an index row cannot
    value: str = field(compare=False)  # what was hashed, for people

    @property
    def key(self) -> AliasKey:
        return self.kind, self.sha256


@dataclass(frozen=True, slots=True)
class Named:
    """An entry's digest with its aliases: what the first pass over a document collects."""

    digest: str
    aliases: tuple[Alias, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Which aliases of a source can be trusted. `bad` is remembered by the source for good."""

    bad: frozenset[AliasKey] = frozenset()
    trusts_guids: bool = True
    warnings: tuple[str, ...] = field(default=(), compare=False)

    def good(self, aliases: Iterable[Alias]) -> tuple[Alias, ...]:
        """The aliases that identify, strongest first; titles only where nothing better is left."""
        usable = tuple(
            alias
            for alias in aliases
            if alias.key not in self.bad and (self.trusts_guids or alias.kind not in GUIDS)
        )
        better = tuple(alias for alias in usable if alias.kind not in LAST_RESORTS)
        return better or usable


def aliases(entry: Entry) -> tuple[Alias, ...]:
    """Every name the entry has, strongest first.

    A guid counts exactly as written, case included, white space around it apart; that its scheme or host changed is
    what "guid-path" forgives. A link with a fragment is two aliases, the whole one first: where entries of a document
    differ by the fragment alone, the one without it turns out ambiguous.
    """
    found: list[tuple[AliasKind, str]] = []
    if guid := entry.guid.strip():
        found.append(("guid", guid))
        if path := guid_path(guid):
            found.append(("guid-path", path))
    found += [("link", form) for form in link_forms(entry.link)]
    found += [("canonical", form) for form in link_forms(entry.canonical)]
    title = folded(entry.title)
    if title and entry.published:
        found.append(("title-date", f"{title}\n{entry.published.isoformat()}"))
    elif title:
        found.append(("title", title))
    found.append(("title-text", f"{title}\n{folded(entry.body or entry.summary)}"))
    return tuple(alias_of(kind, value) for kind, value in found)


def named(entry: Entry) -> Named:
    """The entry's digest and aliases without their wording: a long document's are all in memory at once."""
    return Named(digest(entry), tuple(Alias(alias.kind, alias.sha256, "") for alias in aliases(entry)))


def alias_of(kind: AliasKind, value: str) -> Alias:
    return Alias(kind, sha256(value), value[:500])


def whole(digest: str) -> Alias:
    """The name of an entry all of whose names are shared: everything that it says. A newer wording is another entry."""
    return Alias("whole", digest, digest)


def guid_path(guid: str) -> str:
    """A guid without scheme and host, where it is an address of something below the host; else ""."""
    if tag := TAG_URI.fullmatch(guid):
        return tag[1]
    if not absolute(guid):
        return ""
    parts = urlsplit(guid)
    path = parts.path.rstrip("/")
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return path + query + fragment


def link_forms(link: str) -> list[str]:
    """The ways a link names an entry: with its fragment if it has one, then without."""
    if not absolute(link):
        return []
    address, fragment = normalised(link)
    return [f"{address}#{fragment}", address] if fragment else [address]


def rule_for(
    entries: Iterable[Named], remembered: frozenset[AliasKey] = frozenset(), *, steps_down: bool = False
) -> Rule:
    """What a source's aliases are worth, from all entries of its document and what it remembers from earlier ones.

    `steps_down` is the source's own memory of having stopped trusting guids.
    """
    named = tuple(entries)
    bad = ambiguous(named)
    share = bad_guid_share(named, bad | remembered)
    stopped = share > BAD_GUIDS_LIMIT
    warnings = [*bad_alias_sentences(bad)]
    if stopped:
        warnings.append(
            f"{share:.0%} of the ids in this source are shared by different entries, so ids are not used to recognise its "
            "entries; links, and titles with dates, are."
        )
    return Rule(bad | remembered, trusts_guids=not (stopped or steps_down), warnings=tuple(warnings))


def ambiguous(entries: Iterable[Named]) -> frozenset[AliasKey]:
    """The aliases that stand on two different entries of one document: they identify nothing."""
    seen: dict[AliasKind, dict[str, str]] = defaultdict(dict)
    bad = set()
    for entry in entries:
        for alias in entry.aliases:
            if seen[alias.kind].setdefault(alias.sha256, entry.digest) != entry.digest:
                bad.add(alias.key)
    return frozenset(bad)


def bad_guid_share(entries: Iterable[Named], bad: frozenset[AliasKey]) -> float:
    """The share, 0 to 1, of the entries with a guid whose guid is ambiguous."""
    guids = shared = 0
    for alias in (alias for entry in entries for alias in entry.aliases if alias.kind == "guid"):
        guids += 1
        shared += alias.key in bad
    return shared / guids if guids else 0.0


def bad_alias_sentences(bad: frozenset[AliasKey]) -> Iterable[str]:
    """One sentence for ids and one for links that stand on several different entries."""
    for kind, word in (("guid", "id"), ("link", "link")):
        if count := sum(key[0] == kind for key in bad):
            if count == 1:
                yield f"One {word} stands on several different entries of this source and is not used to recognise them."
            else:
                yield (
                    f"{count} {word}s stand on several different entries each in this source and are not used to "
                    "recognise them."
                )


def digest(entry: Entry) -> str:
    """The entry's content as one hash: the same digest, nothing to do.

    Left out: the place in the document and what we said of the entry ourselves; the base address (a moved host is not
    new content); `updated`, which some sources set to the moment of asking.
    """
    # Only what is said counts: a field that this product learns to read later must not make every entry look new.
    said = {name: plain(value) for name in SAID if (value := getattr(entry, name))}
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True, default=str))


def plain(value: Any) -> Any:
    """What JSON takes of an entry's field; `asdict` would copy every text and every moment on its way."""
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if is_dataclass(value):
        said = {part.name: plain(getattr(value, part.name)) for part in fields(value)}
        return {name: part for name, part in said.items() if part or name not in LEARNT}
    return value


def content_digest(entry: Entry) -> str:
    """Title and words of the text as one hash, to find the same post in another source; "" where there is no text.

    Markup is left out: one site's RSS, Atom and JSON may wrap the same words differently.
    """
    words = folded(unescape(TAG.sub(" ", entry.body)))
    return sha256(f"{folded(entry.title)}\n{words}") if words else ""


def field_digests(entry: Entry) -> dict[Field, str]:
    """A short hash for each part of a post that the entry can change; `details` is the rest."""
    parts: Mapping[Field, object] = {
        "title": entry.title,
        "text": (entry.body_format, entry.body),
        "summary": entry.summary,
        "bylines": [asdict(person) for person in entry.authors],
        "tags": entry.tags,
        "cover": (entry.cover, entry.cover_alt),
        "details": (
            link_forms(entry.link)[:1],
            link_forms(entry.canonical)[:1],
            entry.language,
            entry.slug,
            entry.kind,
            entry.status,
            entry.seo_title,
            entry.seo_description,
            [asdict(enclosure) for enclosure in entry.enclosures],
        ),
    }
    return {name: sha256(json.dumps(part, ensure_ascii=False))[:16] for name, part in parts.items()}


def folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def sha256(text: str) -> str:
    # A lone surrogate must not stop an import; it is hashed as what it is.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


SourceKind = Literal["url", "ident", "site", "path", "digest"]


@dataclass(frozen=True, slots=True)
class SourceKey:
    kind: SourceKind
    value: str


@dataclass(frozen=True, slots=True)
class SourceNames:
    """What a source is called, strongest first: `keys[0]` is its own, the others are where a file may find it."""

    keys: tuple[SourceKey, ...]
    fetched: bool  # over http: then its address alone says which source it is

    @property
    def key(self) -> SourceKey:
        return self.keys[0]

    def same_as(self, other: SourceNames) -> bool:
        """Two addresses are one source only if they are equal; a file joins whatever shares a name with it."""
        if self.fetched and other.fetched:
            return self.key == other.key
        return bool(set(self.keys) & set(other.keys))


def source_key(document: Document, about: About) -> SourceKey:
    return source_names(document, about).key


def source_names(document: Document, about: About) -> SourceNames:
    """Which source the document comes from.

    What a fetched document says of itself counts only where it names its own host, so that nobody's self link can
    take over another source's posts. A channel's link is a name of files alone and only where nothing better exists.
    """
    raw = document.raw
    said = said_names(about)
    if address := absolute(raw.final_url):
        host = host_of(address)
        own = SourceKey("url", address_key(address))
        others = (key for key, of in said if of == host and key != own)
        return SourceNames((own, *others), fetched=True)
    if said:
        return SourceNames(tuple(key for key, _ in said), fetched=False)
    if site := absolute(about.site_url):
        return SourceNames((SourceKey("site", address_key(site)),), fetched=False)
    if raw.path:
        return SourceNames((SourceKey("path", raw.path),), fetched=False)
    return SourceNames((SourceKey("digest", raw.sha256),), fetched=False)


def said_names(about: About) -> list[tuple[SourceKey, str]]:
    """The names a document gives itself, strongest first, each with the host it speaks for ("" for none)."""
    found = []
    if ident := about.ident.strip():
        found.append((SourceKey("ident", ident), host_of(ident)))
    if own := absolute(about.self_url):
        found.append((SourceKey("url", address_key(own)), host_of(own)))
    return found


def address_key(address: str) -> str:
    """An address of a source for comparing; the fragment never reaches a server."""
    return normalised(address)[0]
