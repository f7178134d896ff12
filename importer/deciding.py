"""deciding: what to do with one entry and why; told everything, touching nothing."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, TypeVar

from importer.entry import Entry, Rejected
from importer.identity import FIELDS, Alias, AliasKey, Field, Rule, field_digests, folded, whole

Fields = frozenset[Field]
NONE: Fields = frozenset()
Key = TypeVar("Key")
Verdict = Literal["created", "updated", "unchanged", "duplicate", "kept", "conflict", "buried", "rejected"]
VERDICTS: tuple[Verdict, ...] = (
    "created",
    "updated",
    "unchanged",
    "duplicate",
    "kept",
    "conflict",
    "buried",
    "rejected",
)

PLAIN: Mapping[Field, str] = {
    "title": "title",
    "text": "text",
    "summary": "summary",
    "bylines": "bylines",
    "tags": "tags",
    "cover": "cover picture",
    "details": "details",
}
ALIAS_WORDS: Mapping[str, str] = {
    "guid": "its id",
    "guid-path": "its id without the host",
    "link": "its link",
    "canonical": "its canonical link",
    "title-date": "its title and date",
    "title": "its title",
    "title-text": "its title and text",
    "whole": "all that it says",
}

OLDER = "The archive has it in older words than those that came before; they stay."


@dataclass(frozen=True, slots=True)
class Known:
    """What we know of an entry that came before."""

    imported_entry_id: int
    post_id: int | None  # None: an editor deleted the post for good
    digest: str  # of the entry as it last came
    field_digests: Mapping[Field, str] = field(default_factory=dict)  # of the same; empty: not known
    edited_fields: Fields = NONE  # differ here from the last imported revision
    trashed: bool = False  # in the trash, restorable
    shared: bool = False  # the post is another source's; this entry is linked to it as a duplicate
    title: str = ""
    published: datetime | None = None
    updated: datetime | None = None  # of the entry as it last came; asked for only where an archive is read


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with one entry. `fields` are to be written; `conflicts` go into a proposed revision."""

    verdict: Verdict
    reason: str
    known: Known | None = None
    matched_by: str = ""  # the kind of alias
    adds: tuple[Alias, ...] = ()
    fields: Fields = NONE
    conflicts: Fields = NONE
    twin: int | None = None  # the post that a `duplicate` from another source is linked to
    repeats: int | None = None  # the position of the entry that a `duplicate` in one document repeats


@dataclass(slots=True)
class Seen:
    """What this run has decided of this document so far, so that no entry is taken twice."""

    digests: MutableMapping[str, int] = field(default_factory=dict)  # digest → position
    taken: MutableMapping[int, int] = field(default_factory=dict)  # imported_entry_id → position

    def ahead(self) -> Seen:
        """This, to be added to; what is added counts here when it is accepted. A long document's is never copied."""
        return Seen(ChainMap({}, self.digests), ChainMap({}, self.taken))

    def accept(self, later: Seen) -> None:
        """Take over what was added to one that this was asked for."""
        self.digests.update(added(later.digests))
        self.taken.update(added(later.taken))

    def note(self, entry: Entry, digest: str, decision: Decision) -> None:
        """Remember a decision; called by whoever asked for it, once an entry, in document order."""
        self.digests.setdefault(digest, entry.position)
        if decision.known and decision.verdict != "duplicate":
            self.taken.setdefault(decision.known.imported_entry_id, entry.position)


def added(places: Mapping[Key, int]) -> Mapping[Key, int]:
    return places.maps[0] if isinstance(places, ChainMap) else places


Clashes = Callable[[Known, Fields], bool]


def decide(
    entry: Entry,
    digest: str,
    aliases: tuple[Alias, ...],
    *,
    known: Mapping[AliasKey, Known],
    rule: Rule,
    seen: Seen,
    twin: int | None = None,
    clashes: Clashes | None = None,
    archived: bool = False,
) -> Decision:
    """What to do with an entry, by the first that applies: repeat in this document, buried, unchanged, kept or
    conflict, updated, duplicate of another source's post (`twin`, its id), created.

    `clashes` is asked only when a field was changed here and at the source: whether the two cannot be merged.
    `archived` entries come from a feed's older pages, whose words may be older than what came before.
    """
    if digest in seen.digests:
        return repeat(seen.digests[digest])
    good, itself = rule.good(aliases), whole(digest)
    match = find(entry, good, known, seen) or find(entry, (itself,), known, seen)
    adds = tuple(alias for alias in stored(aliases, good, rule) if alias.key not in known)
    if match is None:
        # With no name of its own left it would be made anew by every run.
        return fresh(adds or (itself,), twin)
    alias, old = match
    if archived and is_older(entry, old):
        # What it says is not to be remembered either: the next import would take the newer words for a change.
        return Decision("unchanged", OLDER, replace(old, digest=digest), alias.kind)
    return again(entry, digest, alias, old, adds, clashes)


def is_older(entry: Entry, old: Known) -> bool:
    """Whether the source itself says that it changed the entry after it wrote this."""
    return bool(
        old.post_id and not old.trashed and entry.updated and old.updated and entry.updated < old.updated
    )


def find(
    entry: Entry, good: tuple[Alias, ...], known: Mapping[AliasKey, Known], seen: Seen
) -> tuple[Alias, Known] | None:
    """The strongest alias that leads to something known which no entry of this document has taken before."""
    for alias in good:
        old = known.get(alias.key)
        if old is None or old.imported_entry_id in seen.taken:
            continue
        if alias is not good[0] and contradicts(entry, alias, old):
            continue
        return alias, old
    return None


def contradicts(entry: Entry, alias: Alias, old: Known) -> bool:
    """Whether a link leads to something else: two entries of a link list point at one page, months apart."""
    if alias.kind not in ("link", "canonical") or not (entry.published and old.published):
        return False
    return entry.published != old.published and folded(entry.title) != folded(old.title)


def stored(aliases: tuple[Alias, ...], good: tuple[Alias, ...], rule: Rule) -> tuple[Alias, ...]:
    """The good aliases and the plain title: should the better ones prove bad one day, it still tells who this is."""
    titles = (alias for alias in aliases if alias.kind == "title" and alias.key not in rule.bad)
    return good + tuple(alias for alias in titles if alias not in good)


def again(
    entry: Entry, digest: str, alias: Alias, old: Known, adds: tuple[Alias, ...], clashes: Clashes | None
) -> Decision:
    """The decision on an entry that came before."""

    def decision(verdict: Verdict, reason: str, fields: Fields = NONE, conflicts: Fields = NONE) -> Decision:
        return Decision(verdict, reason, old, alias.kind, adds, fields, conflicts)

    if old.post_id is None:
        return decision("buried", "The post was deleted here for good and stays deleted.")
    if old.trashed:
        return decision(
            "buried",
            "The post is in the trash and stays there; restore it to let the source update it again.",
        )
    if old.digest == digest:
        return decision(
            "unchanged", f"Nothing has changed since it last came; recognised by {ALIAS_WORDS[alias.kind]}."
        )
    if old.shared:
        return decision("unchanged", "The post belongs to another source, which alone updates it.")
    changed = changed_fields(entry, old)
    if not changed:
        return decision(
            "unchanged", "Only its date or id has changed, and a post keeps the date it was published with."
        )
    both = changed & old.edited_fields
    if not both:
        return decision("updated", f"{named(changed)} changed at the source.", fields=changed)
    verdict, reason = clash(old, both, clashes)
    return decision(verdict, reason, fields=changed - both, conflicts=both)


def changed_fields(entry: Entry, old: Known) -> Fields:
    """The fields that differ from what came last time; all of them where that is not known."""
    now = field_digests(entry)
    return frozenset(name for name in FIELDS if old.field_digests.get(name) != now[name])


def clash(old: Known, both: Fields, clashes: Clashes | None) -> tuple[Verdict, str]:
    """Kept or conflict, and why, for fields changed on both sides."""
    what = f"{named(both)} changed at the source and {'was' if len(both) == 1 else 'were'} edited here"
    if clashes is not None and clashes(old, both):
        return "conflict", f"{what}, and the two do not merge: the newer text waits as a proposed revision."
    return "kept", f"{what}: the edit stays, and the source's newer text waits as a proposed revision."


def fresh(adds: tuple[Alias, ...], twin: int | None) -> Decision:
    """The decision on an entry that never came before."""
    if twin is not None:
        reason = "A post with the same title and text came from another source; the entry is linked to it."
        return Decision("duplicate", reason, adds=adds, twin=twin)
    return Decision("created", "New.", adds=adds, fields=frozenset(FIELDS))


def repeat(position: int) -> Decision:
    return Decision(
        "duplicate", f"The same as entry {position} of this document, word for word.", repeats=position
    )


def reject(rejected: Rejected) -> Decision:
    return Decision("rejected", rejected.reason)


def named(fields: Fields) -> str:
    """Fields as the beginning of a sentence: "The title and text"."""
    words = [PLAIN[name] for name in FIELDS if name in fields]
    return "The " + (" and ".join(filter(None, [", ".join(words[:-1]), words[-1]])))
