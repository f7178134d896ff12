"""older: what an archive says once more of entries that newer pages hold is told apart from what it alone holds; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from importer.entry import Entry, Rejected
from importer.identity import Alias, AliasKey, aliases, digest, folded, link_forms

NAMES = ("guid", "link", "title-date")  # kinds of alias that tell entries of different pages apart
AGAIN = "Entry {} once more, as an older page has it; the newer page's words are taken."


@dataclass(slots=True)
class Gathered:
    """The entries of all pages so far, with positions that count through them."""

    entries: list[Entry | Rejected] = field(default_factory=list)
    newest: dict[AliasKey, Entry] = field(default_factory=dict)  # by the strongest name
    shared: set[AliasKey] = field(default_factory=set)  # names that one page gives to different entries
    digests: set[str] = field(default_factory=set)

    def add(self, page: Sequence[Entry | Rejected]) -> int:
        """Take a page in; how many of its entries stood on no page before. Of two wordings the earlier page's counts."""
        named = [(one, name_of(one)) for one in page if isinstance(one, Entry)]
        self.shared |= twice(named)
        fresh = 0
        news: dict[AliasKey, Entry] = {}
        for place, one in enumerate(page, start=len(self.entries) + 1):
            if isinstance(one, Rejected):
                self.entries.append(replace(one, position=place))
                continue
            entry, name = replace(one, position=place), name_of(one)
            first = self.newest.get(name.key) if name and name.key not in self.shared else None
            says = digest(one)
            if first is not None and says not in self.digests and same(first, entry):
                self.entries.append(Rejected(place, entry.title, AGAIN.format(first.position), repeats=True))
                continue
            fresh += says not in self.digests
            self.digests.add(says)
            self.entries.append(entry)
            if name:
                news.setdefault(name.key, entry)
        self.newest = news | self.newest
        return fresh


def name_of(entry: Entry) -> Alias | None:
    """The strongest name of an entry, if it can be one on other pages too."""
    strongest = aliases(entry)[0]
    return strongest if strongest.kind in NAMES else None


def twice(named: Sequence[tuple[Entry, Alias | None]]) -> set[AliasKey]:
    """The names that stand on different entries of one page: they tell nothing."""
    said = {(name.key, digest(entry)) for entry, name in named if name}
    return {key for key, number in Counter(key for key, _ in said).items() if number > 1}


def same(one: Entry, other: Entry) -> bool:
    """Whether two entries of one name are one in two wordings: a site may give all of them one id."""
    dated = one.published is not None and one.published == other.published
    links = link_forms(one.link)[:1]
    return (
        folded(one.title) == folded(other.title)
        or dated
        or (bool(links) and links == link_forms(other.link)[:1])
    )
