"""chunks: a chunk of entries made ready, decided and stored: together where that goes, one by one where it does not."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from django.db import transaction

from blog.content import Content
from blog.publishing import one_transaction
from importer.deciding import Decision, Fields, Known, Seen, decide
from importer.entry import Rejected
from importer.errors import EntryRejected
from importer.media import noting
from importer.media.noting import Brought
from importer.models import Run, Source
from importer.names.mapping import Names, fallback
from importer.preparing.cleaning import Cleaned, Context, clean
from importer.report import Item
from importer.runs import recording
from importer.runs.planning import Plan
from importer.storing import databases, posts
from importer.storing.databases import DATABASE_ERRORS
from importer.storing.knowing import Candidate, Knowledge, look_up, text_hash, twins
from importer.storing.posts import WRITES, Deed, Done
from importer.storing.reconciling import base_of, clash

logger = logging.getLogger(__name__)

Arrival = Candidate | Rejected
Ready = Cleaned | str  # an entry made ready, or why it is rejected
TRIES = 6  # as many runs at once may be after the same address


@dataclass(slots=True)
class Way:
    """What the chunks of one source share on their way in."""

    context: Context
    run: Run
    source: Source | None  # None in a dry run of a source that is new
    location: str
    shows_errors: bool = False  # raise what nobody foresaw instead of rejecting the entry
    plan: Plan | None = None  # what is not as it was planned is refused
    names: Names = field(default_factory=Names)
    seen: Seen = field(default_factory=Seen)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What was decided of a chunk."""

    decisions: dict[int, Decision]  # by position
    knowledge: Knowledge
    seen: Seen  # as it is if they are carried out
    bases: dict[int, Content]  # by position: what the source said before, of entries changed there and here
    refused: dict[int, str] = field(default_factory=dict)  # by position: why what was planned is not done


def carry(chunk: Sequence[Arrival], way: Way) -> list[Item]:
    """What becomes of a chunk. A connection that is lost and comes back costs the chunk a second try, nothing else."""
    try:
        return carried(chunk, way)
    except DATABASE_ERRORS as problem:
        if not (databases.is_lost(problem) and databases.comes_back()):
            raise
        return carried(chunk, way)


def carried(chunk: Sequence[Arrival], way: Way) -> list[Item]:
    """A chunk decided, made ready and, unless this is a dry run or nothing is to be done, stored."""
    ready: dict[int, Ready] = {}
    verdicts = decided(chunk, way, ready)
    prepare_all(chunk, verdicts, way, ready)
    source = None if way.context.options.dry_run else way.source
    if source is None:
        return planned(chunk, decided(chunk, way, ready), way, ready)
    if not any(asks_for_writing(arrival, verdicts) for arrival in chunk):
        return planned(chunk, verdicts, way, ready)
    try:
        return together(chunk, way, ready, source)
    except Exception as problem:
        if isinstance(problem, DATABASE_ERRORS) and databases.ends_the_run(problem):
            raise
        logger.debug("A chunk was rolled back and is stored entry by entry", exc_info=True)
        return one_by_one(chunk, way, ready, source)


# -- deciding ------------------------------------------------------------------------------------


def decided(
    chunk: Sequence[Arrival], way: Way, ready: Mapping[int, Ready], *, lock: bool = False
) -> Verdicts:
    """Decisions on a chunk by what the database holds at this moment."""
    candidates = [arrival for arrival in chunk if isinstance(arrival, Candidate)]
    knowledge = look_up(way.source, candidates, lock=lock)
    hashes = {position: hash_of(one) for position, one in ready.items() if isinstance(one, Cleaned)}
    standing = twins(way.source, set(hashes.values()))
    verdicts = Verdicts({}, knowledge, way.seen.ahead(), {})
    for candidate in candidates:
        entry, named = candidate.entry, candidate.named
        if isinstance(ready.get(entry.position), str):
            continue
        decision = decide(
            entry,
            named.digest,
            named.aliases,
            known=knowledge.known,
            rule=way.context.rule,
            seen=verdicts.seen,
            twin=standing.get(hashes.get(entry.position, "")),
            clashes=partial(clashes, candidate, ready.get(entry.position), verdicts, way.context),
            archived=candidate.archived,
        )
        verdicts.seen.note(entry, named.digest, decision)
        verdicts.decisions[entry.position] = decision
    return verdicts


def hold_to_plan(verdicts: Verdicts, way: Way) -> None:
    """Take out what would be done otherwise than it was planned."""
    if way.plan is None:
        return
    for position, decision in list(verdicts.decisions.items()):
        if reason := way.plan.refusal(way.location, position, decision, way.run):
            verdicts.refused[position] = reason
            del verdicts.decisions[position]


def clashes(
    candidate: Candidate, one: Ready | None, verdicts: Verdicts, context: Context, old: Known, both: Fields
) -> bool:
    """Whether an edit here and a change there do not merge; not asked before the entry is made ready."""
    row = verdicts.knowledge.rows[old.imported_entry_id]
    mine = verdicts.knowledge.contents.get(old.post_id or 0)
    if not isinstance(one, Cleaned) or mine is None:
        return False
    base = base_of(row, context)
    if base is not None:
        verdicts.bases[candidate.entry.position] = base
    return clash(base, mine, one.content, both)


def hash_of(cleaned: Cleaned) -> str:
    return text_hash(cleaned.content.title, cleaned.prepared.rendered.text)


def asks_for_writing(arrival: Arrival, verdicts: Verdicts) -> bool:
    """Whether carrying the decision out changes anything in the database."""
    if isinstance(arrival, Rejected) or (decision := verdicts.decisions.get(arrival.entry.position)) is None:
        return False
    if decision.verdict in WRITES or decision.twin is not None:
        return True
    known = decision.known
    if known is None or decision.verdict == "buried":
        return False
    return bool(decision.adds) or known.digest != arrival.named.digest


# -- making ready --------------------------------------------------------------------------------


def prepare_all(chunk: Sequence[Arrival], verdicts: Verdicts, way: Way, ready: dict[int, Ready]) -> None:
    """Clean and render what will be written, before a transaction opens: this is the slow part."""
    for arrival in chunk:
        if isinstance(arrival, Candidate):
            decision = verdicts.decisions.get(arrival.entry.position)
            if decision is not None and decision.verdict in WRITES and arrival.entry.position not in ready:
                ready[arrival.entry.position] = made_ready(arrival, way)


def made_ready(candidate: Candidate, way: Way) -> Ready:
    context = way.context
    try:
        cleaned = way.names.applied(clean(candidate.entry, context), fallback(context))
    except EntryRejected as problem:
        return str(problem)
    except Exception as problem:
        # Whatever a strange body does to the renderer may cost its entry, never the run.
        if way.shows_errors:
            raise
        logger.debug("An entry could not be rendered", exc_info=True)
        if isinstance(problem, MemoryError):
            return databases.NO_MEMORY
        return f"The entry could not be turned into a page ({type(problem).__name__})."
    if context.options.strict and cleaned.losses:
        return f"It would lose something, and --strict refuses that: {' '.join(cleaned.losses)}"
    return cleaned


# -- storing -------------------------------------------------------------------------------------


def together(chunk: Sequence[Arrival], way: Way, ready: dict[int, Ready], source: Source) -> list[Item]:
    """The whole chunk in one transaction. The source is locked first: of two runs, one waits and then finds it done."""
    with one_transaction():
        source = locked(source)
        verdicts, done = done_with(chunk, way, ready, source)
        items = [item_of(arrival, verdicts, ready, done) for arrival in chunk]
        recording.entries(way, items)
    way.seen.accept(verdicts.seen)
    return items


def one_by_one(chunk: Sequence[Arrival], way: Way, ready: dict[int, Ready], source: Source) -> list[Item]:
    """The same with a savepoint an entry: what one of them does to the database costs that one alone."""
    with one_transaction():
        source = locked(source)
        items = [tried(arrival, way, ready, source) for arrival in chunk]
        recording.entries(way, items)
    return items


def tried(arrival: Arrival, way: Way, ready: dict[int, Ready], source: Source) -> Item:
    """One entry in its own savepoint; several times, because another run may have taken the same address meanwhile."""
    reason = ""
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                verdicts, done = done_with([arrival], way, ready, source)
                item = item_of(arrival, verdicts, ready, done)
                databases.check_references()
            way.seen.accept(verdicts.seen)
            return item
        except Exception as problem:
            if isinstance(problem, DATABASE_ERRORS):
                if databases.ends_the_run(problem):
                    raise
            elif way.shows_errors:
                raise
            logger.debug("An entry could not be stored", exc_info=True)
            reason = databases.entry_sentence(problem)
    return rejected(arrival, reason)


def done_with(
    chunk: Sequence[Arrival], way: Way, ready: dict[int, Ready], source: Source
) -> tuple[Verdicts, dict[int, Done]]:
    """Decide again under the lock, and do it."""
    verdicts = decided(chunk, way, ready, lock=True)
    hold_to_plan(verdicts, way)
    # Rare: what another run changed since we looked is made ready late.
    prepare_all(chunk, verdicts, way, ready)
    deeds = []
    for arrival in chunk:
        if isinstance(arrival, Candidate) and (decision := verdicts.decisions.get(arrival.entry.position)):
            one = ready.get(arrival.entry.position)
            if isinstance(one, str):
                continue
            deeds.append(Deed(arrival, decision, one, verdicts.bases.get(arrival.entry.position)))
    done = posts.carry_out(deeds, verdicts.knowledge, source=source, run=way.run, options=way.context.options)
    noting.note(list(brought(deeds, done)), source=source, run=way.run)
    return verdicts, {deed.candidate.entry.position: one for deed, one in zip(deeds, done, strict=True)}


def brought(deeds: Sequence[Deed], done: Sequence[Done]) -> Iterator[Brought]:
    """What was written, for the list of what it shows."""
    for deed, outcome in zip(deeds, done, strict=True):
        if deed.decision.verdict in WRITES and deed.cleaned is not None and outcome.post_id is not None:
            new = deed.decision.verdict == "created"
            yield Brought(outcome.post_id, deed.candidate.entry, deed.cleaned, new)


def locked(source: Source) -> Source:
    return Source.objects.select_for_update().get(pk=source.pk)


# -- telling -------------------------------------------------------------------------------------


def planned(chunk: Sequence[Arrival], verdicts: Verdicts, way: Way, ready: Mapping[int, Ready]) -> list[Item]:
    """What would become of a chunk, or what becomes of it where nothing is to be done."""
    hold_to_plan(verdicts, way)
    way.seen.accept(verdicts.seen)
    done = {}
    for position, decision in verdicts.decisions.items():
        row = verdicts.knowledge.rows.get(decision.known.imported_entry_id) if decision.known else None
        post = row.post if row else None
        url = posts.address_of(post) if post is not None and post.trashed_at is None else ""
        done[position] = Done(decision, post.pk if post else decision.twin, url)
    items = [item_of(arrival, verdicts, ready, done) for arrival in chunk]
    recording.entries(way, items)
    return items


def item_of(
    arrival: Arrival, verdicts: Verdicts, ready: Mapping[int, Ready], done: Mapping[int, Done]
) -> Item:
    if isinstance(arrival, Rejected):
        return passed_over(arrival)
    entry = arrival.entry
    one, outcome = ready.get(entry.position), done.get(entry.position)
    if isinstance(one, str) or outcome is None:
        refused = verdicts.refused.get(entry.position, "The entry was not reached.")
        return rejected(arrival, one if isinstance(one, str) else refused)
    title = one.content.title if one else entry.title
    item = Item(
        entry.position,
        title,
        outcome.decision.verdict,
        outcome.decision.reason,
        outcome.url,
        post_id=outcome.post_id,
    )
    if one is None:
        return item
    return replace(item, warnings=one.warnings, losses=one.losses, pictures=one.pictures)


def passed_over(one: Rejected) -> Item:
    return Item(one.position, one.title, "duplicate" if one.repeats else "rejected", one.reason)


def rejected(arrival: Arrival, reason: str) -> Item:
    if isinstance(arrival, Rejected):
        return passed_over(arrival)
    return Item(arrival.entry.position, arrival.entry.title, "rejected", reason)
