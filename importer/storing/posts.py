"""posts: carries out decisions inside the caller's transaction: posts through publishing, and what ties them to entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.authors import find_or_make, name_key
from accounts.models import Author
from blog import publishing
from blog.content import BylineSpec, Content, Prepared, prepare
from blog.links import path_of
from blog.models import Post
from blog.writing import new_post
from importer.deciding import Decision
from importer.entry import Entry, Person
from importer.identity import Alias, field_digests
from importer.links import moving
from importer.models import EntryAlias, ImportedEntry, Run, Source
from importer.names import doubts
from importer.names.mapping import Known, Named
from importer.options import Options
from importer.preparing.cleaning import Cleaned, fit, fit_value
from importer.runs import remembering
from importer.states import state_of
from importer.storing import responding, restoring
from importer.storing.knowing import Candidate, Knowledge, marks_of, text_hash, with_fields
from importer.storing.reconciling import offered

WRITES = frozenset({"created", "updated", "kept", "conflict"})  # verdicts that write posts
NOTHING_HERE = "What changed at the source changes nothing here."


@dataclass(frozen=True, slots=True)
class Deed:
    """One decision to be carried out."""

    candidate: Candidate
    decision: Decision
    cleaned: Cleaned | None = None  # None where nothing is written
    base: Content | None = None  # what the source said before, of an entry changed there and here

    @property
    def ready(self) -> Cleaned:
        if self.cleaned is None:
            raise RuntimeError("What is written has been made ready before.")
        return self.cleaned


@dataclass(frozen=True, slots=True)
class Done:
    """What a deed came to."""

    decision: Decision
    post_id: int | None = None
    url: str = ""


def carry_out(
    deeds: Sequence[Deed], knowledge: Knowledge, *, source: Source, run: Run, options: Options
) -> list[Done]:
    """Do what was decided, in order. The caller holds the transaction and the source's lock."""
    before = remembering.look([known_id(deed) for deed in deeds if changes(deed)])
    authors = authors_of(deed.ready for deed in deeds if deed.decision.verdict in WRITES)
    doubts.propose((one for one in authors.values() if one.pk > before.last_author), source, run)
    created = [deed for deed in deeds if deed.decision.verdict == "created"]
    posts = dict(
        zip(map(id, created), create(created, authors, source=source, run=run, options=options), strict=True)
    )
    done = []
    for deed in deeds:
        if post := posts.get(id(deed)):
            done.append(Done(deed.decision, post.pk, address_of(post)))
        elif deed.decision.twin is not None:
            done.append(link(deed, deed.decision.twin, source=source, run=run))
        elif deed.decision.known is not None:
            row = knowledge.rows[deed.decision.known.imported_entry_id]
            done.append(again(deed, row, knowledge, authors, run=run))
        else:
            done.append(Done(deed.decision))
    added = {known_id(deed): deed.decision.adds for deed in deeds if changes(deed) and deed.decision.adds}
    remembering.keep(before, run, added)
    tags = {name for deed in deeds if deed.decision.verdict in WRITES for name in deed.ready.content.tags}
    remembering.keep_made(before, run, {author.pk for author in authors.values()}, tags)
    return done


def changes(deed: Deed) -> bool:
    """Whether anything of what is known of the entry may change."""
    known, verdict = deed.decision.known, deed.decision.verdict
    if known is None or verdict == "buried":
        return False
    return verdict in WRITES or bool(deed.decision.adds) or known.digest != deed.candidate.named.digest


def known_id(deed: Deed) -> int:
    return deed.decision.known.imported_entry_id if deed.decision.known else 0


def address_of(post: Post) -> str:
    return settings.SITE_URL + path_of(post.kind, post.slug)


# -- people --------------------------------------------------------------------------------------


def authors_of(entries: Iterable[Cleaned]) -> dict[str, Author]:
    """The authors of all these entries by `name_key`, made where they are new; never a login."""
    wanted: dict[str, tuple[str, str]] = {}
    for person in (person for cleaned in entries for person in cleaned.people):
        if isinstance(person, Known):
            continue
        name, email = wanted.setdefault(name_key(person.name), (person.name, person.email))
        if person.email and not email:
            wanted[name_key(name)] = (name, person.email)
    return find_or_make(wanted.values())


def content_of(cleaned: Cleaned, authors: Mapping[str, Author]) -> Content:
    if cleaned.content.bylines:  # of an export of ours: they are known as they were
        return cleaned.content
    bylines = dict.fromkeys(map(BylineSpec, ids_of(cleaned.people, authors)))
    return replace(cleaned.content, bylines=tuple(bylines))


def ids_of(people: Iterable[Person], authors: Mapping[str, Author]) -> Iterable[int]:
    for person in people:
        if isinstance(person, Known):
            yield person.author
        elif author := authors.get(name_key(person.name)):
            yield author.pk


# -- new -----------------------------------------------------------------------------------------


def create(
    deeds: Sequence[Deed], authors: Mapping[str, Author], *, source: Source, run: Run, options: Options
) -> list[Post]:
    """New posts with what ties them to their entries, in bulk."""
    made: list[tuple[Post, Prepared]] = []
    ids = moving.kept_ids(deeds, options)
    for deed in deeds:
        prepared = Prepared(content_of(deed.ready, authors), deed.ready.prepared.rendered)
        stands = standing(deed.candidate.entry, deed.candidate.moment, options)
        if uid := ids.get(deed.candidate.entry.position):
            stands["uid"] = uid
        post = new_post(prepared, kind=deed.candidate.entry.kind, user=None, **stands)
        if deed.candidate.entry.own:
            post.slug = deed.candidate.entry.slug
        made.append((post, prepared))
    posts = publishing.create_many(made, None)
    rows = [
        imported(
            deed,
            source=source,
            run=run,
            post_id=post.pk,
            revision=post.revision,
            marks=marks_of(prepared.content),
        )
        for deed, post, (_, prepared) in zip(deeds, posts, made, strict=True)
    ]
    stored = ImportedEntry.objects.bulk_create(rows)
    add_aliases(source.pk, zip(stored, (deed.decision.adds for deed in deeds), strict=True))
    for row, deed in zip(stored, deeds, strict=True):
        if deed.candidate.entry.comments:
            responding.take_over(row, deed.candidate.entry)
    return posts


def standing(entry: Entry, moment: datetime, options: Options) -> dict[str, Any]:
    """Where a new post stands: status, moments, whether its date is one that readers are shown."""
    if entry.own:
        return restoring.standing(entry, entry.own, options.status)
    status = options.status or entry.status or "published"
    published = entry.published
    if published is None and status == "published":
        return {
            "status": status,
            "published_at": moment,
            "dated": False,
            "updated_at": entry.updated or moment,
        }
    updated = max(filter(None, (entry.updated, published)), default=None)
    return {
        "status": status,
        "published_at": published,
        "dated": True,
        "updated_at": updated or timezone.now(),
    }


def imported(
    deed: Deed, *, source: Source, run: Run, marks: Mapping[str, str], **stands: Any
) -> ImportedEntry:
    return ImportedEntry(
        source=source,
        first_run=run,
        run=run,
        marks={name: [mark] for name, mark in marks.items()},
        **stands,
        **said(deed),
    )


def said(deed: Deed) -> dict[str, Any]:
    """The columns that keep what the source said."""
    entry = fit(deed.candidate.entry)
    columns: dict[str, Any] = {
        "title": entry.title,
        "published": entry.published,
        "digest": deed.candidate.named.digest,
        "field_digests": field_digests(deed.candidate.entry),
        "entry": state_of(entry),
    }
    if deed.cleaned:
        columns["text_sha256"] = text_hash(deed.cleaned.content.title, deed.cleaned.prepared.rendered.text)
        columns["losses"] = list(map(fit_value, deed.cleaned.losses))
    if isinstance(deed.cleaned, Named):
        columns["written"] = deed.cleaned.written
    return columns


def add_aliases(source_id: int, rows: Iterable[tuple[ImportedEntry, Sequence[Alias]]]) -> None:
    EntryAlias.objects.bulk_create(
        EntryAlias(source_id=source_id, imported=row, kind=alias.kind, sha256=alias.sha256)
        for row, aliases in rows
        for alias in aliases
    )


def link(deed: Deed, twin: int, *, source: Source, run: Run) -> Done:
    """Tie the entry to the post that another source brought."""
    row = imported(deed, source=source, run=run, marks={}, post_id=twin, shared=True)
    row.save()
    add_aliases(source.pk, [(row, deed.decision.adds)])
    post = Post.everything.only("kind", "slug").get(pk=twin)
    return Done(deed.decision, post.pk, address_of(post))


# -- again ---------------------------------------------------------------------------------------


def again(
    deed: Deed, row: ImportedEntry, knowledge: Knowledge, authors: Mapping[str, Author], *, run: Run
) -> Done:
    """An entry that came before."""
    decision, post = deed.decision, row.post
    if post is None or decision.verdict == "buried":
        return Done(decision)
    if decision.verdict in WRITES:
        decision = renew(deed, row, knowledge.contents[post.pk], content_of(deed.ready, authors))
    if row.digest != deed.candidate.named.digest and changes(deed):
        had = bool(row.entry.get("comments"))
        keep(deed, row, run)
        if had or deed.candidate.entry.comments:
            responding.take_over(row, deed.candidate.entry)
    if decision.adds:
        add_aliases(row.source_id, [(row, decision.adds)])
    return Done(decision, post.pk, address_of(post))


def renew(deed: Deed, row: ImportedEntry, current: Content, theirs: Content) -> Decision:
    """Bring the source's newer words into the post where nobody edited it here; propose them where somebody did."""
    decision, post_id = deed.decision, int(row.post_id or 0)
    wanted = with_fields(current, theirs, decision.fields)
    if wanted != current:
        post = publishing.update_imported(
            post_id, rendered(wanted, deed.ready), updated_at=deed.candidate.entry.updated
        )
        row.revision = post.revision
    marks = marks_of(wanted)
    row.marks = row.marks | {name: [marks[name]] for name in decision.fields}
    if not decision.conflicts:
        return decision if wanted != current else replace(decision, verdict="unchanged", reason=NOTHING_HERE)
    proposal = offered(deed.base, wanted, theirs, decision.conflicts)
    if proposal != wanted:
        publishing.propose(post_id, proposal, None, reason="newer text from the source")
    # Taken as it is, the source's text counts as imported; a merged one holds an editor's work and never does.
    marks = marks_of(with_fields(wanted, theirs, decision.conflicts))
    row.marks = row.marks | {
        name: list(dict.fromkeys([*row.marks.get(name, ()), marks[name]])) for name in decision.conflicts
    }
    return decision


def rendered(wanted: Content, cleaned: Cleaned) -> Prepared:
    """The content with its rendering, which is at hand unless an editor changed what goes into it."""
    parts = ("body", "body_format", "origin_url", "canonical_url")
    if all(getattr(wanted, part) == getattr(cleaned.content, part) for part in parts):
        return Prepared(wanted, cleaned.prepared.rendered)
    return prepare(wanted)


def keep(deed: Deed, row: ImportedEntry, run: Run) -> None:
    """Remember what the source says now."""
    columns = said(deed) | {
        "marks": row.marks,
        "revision": row.revision,
        "run": run,
        "updated_at": timezone.now(),
    }
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))
