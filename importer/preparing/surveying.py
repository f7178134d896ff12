"""surveying: the first of two passes over a document: what its names are worth, which summaries repeat, what is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings

from importer import identity
from importer.addresses import host_of
from importer.entry import About, Entry, Parsed, Rejected
from importer.identity import AliasKey, Named, rule_for
from importer.names.mapping import Names
from importer.options import Options
from importer.preparing.cleaning import Context
from importer.preparing.summaries import Repeats
from importer.storing.knowing import Candidate

EACH = 3_000  # characters of a text that take as long as all else that is done for an entry


@dataclass(frozen=True, slots=True)
class Memory:
    """What a source remembers of its aliases."""

    ambiguous: frozenset[AliasKey] = frozenset()
    trusts_ids: bool = True
    names: Names = field(default_factory=Names)


@dataclass(frozen=True, slots=True)
class Survey:
    """What the first pass found."""

    parsed: Parsed
    context: Context
    named: dict[int, Named]  # by position, of the entries that are taken
    taken: frozenset[int]  # positions; the others were left out by the operator
    total: int  # entries in the document
    undated: int  # of those that are taken
    work: int  # that those take, as `work_of` counts it
    warnings: tuple[str, ...]
    names: Names = field(default_factory=Names)

    def arrivals(self, moment: datetime, before: int) -> Iterator[Candidate | Rejected]:
        """The second pass. Entries without a date get the moment less their place in the run, in milliseconds."""
        for one in self.parsed.entries:
            if one.position not in self.taken:
                continue
            if isinstance(one, Rejected):
                yield one
            else:
                undated = moment - timedelta(milliseconds=before + one.position)
                newest = self.parsed.newest
                archived = newest is not None and one.position > newest
                yield Candidate(one, self.named[one.position], undated, archived)


def work_of(one: Candidate | Entry | Rejected) -> int:
    """How much work an entry is, beside others: what each costs, and its text, in characters."""
    entry = one.entry if isinstance(one, Candidate) else one
    return EACH + (len(entry.body) if isinstance(entry, Entry) else 0)


def look_over(
    parsed: Parsed, options: Options, memory: Memory, advance: Callable[[int], object] = lambda number: None
) -> Survey:
    named: dict[int, Named] = {}
    taken: set[int] = set()
    repeats = Repeats()
    anonymous = undated = total = work = 0
    for one in parsed.entries:
        total += 1
        advance(1)
        wanted = options.limit is None or len(taken) < options.limit
        if isinstance(one, Entry):
            known = named[one.position] = identity.named(one)
            repeats.add(one, known.digest)
            wanted = wanted and not options.leaves_out(one)
            anonymous += wanted and not one.authors
            undated += wanted and one.published is None
        if wanted:
            taken.add(one.position)
            work += work_of(one)
    rule = rule_for(named.values(), memory.ambiguous, steps_down=not memory.trusts_ids)
    fallback = nobody(parsed.about)
    warnings = list(rule.warnings)
    if anonymous and not parsed.about.authors and not options.author:
        warnings.append(
            f"Nobody is named as the author; the posts carry the name “{fallback}”. --author gives another."
        )
    if left := total - len(taken):
        warnings.append(f"{left} of {total} entries were left out, as --since or --limit asks.")
    context = Context(parsed.about, options, rule, repeats, fallback)
    return Survey(
        parsed, context, named, frozenset(taken), total, undated, work, tuple(warnings), memory.names
    )


def nobody(about: About) -> str:
    """Whose name stands on posts that nobody signed: the source's own, else its host's, else this site's."""
    return (
        " ".join(about.title.split())[:200] or host_of(about.site_url or about.self_url) or settings.SITE_NAME
    )
