"""choosing: which of the feeds that a web page names are imported: one for each kind of content, the fullest; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from importer.entry import Entry, Parsed
from importer.errors import SourceUnusable
from importer.formats.advertised import Offer
from importer.formats.plain import text_of
from importer.identity import folded, link_forms

COMMENTS = re.compile(r"comment|kommentar|commentaire|comentario|коммент|отзыв|/replies", re.IGNORECASE)
PARTS = re.compile(
    r"/(?:category|categories|tags?|authors?|topics?|labels?|search)/|[?&](?:cat|tag|author|s)=",
    re.IGNORECASE,
)
PREFERRED = ("atom", "jsonfeed", "rss", "rdf")  # of equals: what tells most of its posts first
MOST_READ = 8  # feeds of one page
ALIKE = 0.5  # the share of entries that two feeds of one channel have in common
AS_FULL = 0.9  # of the fullest one's text
NONE = (
    "This is a web page that names no feed, so --follow has nowhere to go. Look for the feed's address on it."
)
COMMENTS_ONLY = "This is a web page that names feeds of comments alone, which are not imported."


@dataclass(frozen=True, slots=True)
class Candidate:
    offer: Offer
    parsed: Parsed
    entries: tuple[Entry, ...]

    @property
    def fullness(self) -> float:
        """Characters that one of its entries says."""
        return sum(len(text_of(one.body)) for one in self.entries) / (len(self.entries) or 1)

    def names(self) -> set[str]:
        return {name for one in self.entries for name in names_of(one)}


@dataclass(slots=True)
class Chosen:
    urls: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)  # what was not, each with the reason

    def sentence(self, page: str) -> str:
        feeds = (
            f"its feed at {self.urls[0]}"
            if len(self.urls) == 1
            else f"its feeds at {' and '.join(self.urls)}"
        )
        said = f"{page} is a web page; {feeds} {'was' if len(self.urls) == 1 else 'were'} followed."
        return f"{said} Not followed: {'; '.join(self.left)}." if self.left else said


def choose(offers: Sequence[Offer], read: Callable[[str], Parsed]) -> Chosen:
    """The feeds to import. `read` gives what stands at an address; raises SourceUnusable, as this does if nothing is left."""
    if not offers:
        raise SourceUnusable(NONE)
    found = Chosen()
    posts = [one for one in offers if not COMMENTS.search(f"{one.title} {one.url}")]
    if not posts:
        raise SourceUnusable(COMMENTS_ONLY)
    found.left += [f"{one.url} (comments)" for one in offers if one not in posts]
    wholes = [one for one in posts if not PARTS.search(one.url)] or posts
    found.left += [f"{one.url} (a part of the site)" for one in posts if one not in wholes]
    if len(wholes) == 1:
        found.urls = [wholes[0].url]
        return found
    for group in grouped(candidates(wholes[:MOST_READ], read, found)):
        best = fullest(group)
        found.urls.append(best.offer.url)
        found.left += [f"{one.offer.url} (the same posts)" for one in group if one is not best]
    found.left += [f"{one.url} (one of too many)" for one in wholes[MOST_READ:]]
    if not found.urls:
        raise SourceUnusable(
            f"This is a web page, and none of its feeds can be read: {'; '.join(found.left)}."
        )
    return found


def candidates(offers: Sequence[Offer], read: Callable[[str], Parsed], found: Chosen) -> list[Candidate]:
    """The feeds that can be read and hold anything."""
    readable = []
    for offer in offers:
        try:
            parsed = read(offer.url)
        except SourceUnusable as problem:
            found.left.append(f"{offer.url} ({str(problem).rstrip('.')})")
            continue
        entries = tuple(one for one in parsed.entries if isinstance(one, Entry))
        if entries:
            readable.append(Candidate(offer, parsed, entries))
        else:
            found.left.append(f"{offer.url} (it is empty)")
    return readable


def grouped(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Feeds that hold the same posts together, in the page's order."""
    groups: list[list[Candidate]] = []
    for one in candidates:
        group = next((group for group in groups if alike(one, group[0])), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return groups


def alike(one: Candidate, other: Candidate) -> bool:
    small, large = sorted((one, other), key=lambda candidate: len(candidate.entries))
    known = large.names()
    common = sum(bool(names_of(entry) & known) for entry in small.entries)
    return common >= ALIKE * len(small.entries)


def names_of(entry: Entry) -> set[str]:
    return {name for name in (folded(entry.title), *link_forms(entry.link)) if name}


def fullest(group: Sequence[Candidate]) -> Candidate:
    most = max(one.fullness for one in group)
    as_full = [one for one in group if one.fullness >= AS_FULL * most]
    return min(as_full, key=lambda one: (-len(one.entries), PREFERRED.index(one.parsed.format)))
