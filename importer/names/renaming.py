"""renaming: a source's table of names applied to posts that came before, as a run of its own that can be undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from time import monotonic

from django.utils import timezone

from accounts.authors import find_authors, find_or_make, name_key
from accounts.models import Author, User
from blog import publishing
from blog.content import BylineSpec, Content, prepare
from blog.models import Post
from importer.entry import Person
from importer.identity import Field
from importer.models import ImportedEntry, Run, RunEntry, Source
from importer.names.mapping import Known, Names, names_of
from importer.runs import remembering
from importer.storing.knowing import edited_fields, marks_of
from importer.storing.posts import ids_of

CHUNK = 100  # posts
REASON = "names and tags as its source's table says"
EDITED = "Its {} edited here since it was imported, and left as {}."
FIELDS: tuple[Field, ...] = ("bylines", "tags")
WORDS = {"bylines": "byline was", "tags": "tags were"}


@dataclass(frozen=True, slots=True)
class Step:
    """One post: what it says and what it would say; what an editor changed is left."""

    row: ImportedEntry
    before: Content
    after: Content
    new: tuple[str, ...] = ()  # authors that would be made
    left: str = ""  # why something of it is left

    @property
    def changes(self) -> bool:
        return bool(self.new) or self.before != self.after


@dataclass(slots=True)
class Renamed:
    """What an application came to."""

    run: Run
    changed: int = 0
    left: list[tuple[str, str]] = field(default_factory=list)  # title, reason
    finished: bool = True  # False: time ran out, and more waits


def steps(source: Source) -> Iterator[Step]:
    """Every imported post that the table says something of and that says otherwise, or would if nobody had edited it."""
    names = names_of(source)
    for chunk in concerned(source, names):
        yield from steps_of(chunk, names)


def steps_of(chunk: Sequence[int], names: Names) -> Iterator[Step]:
    rows = rows_of(chunk)
    people = {row.pk: people_of(row, names) for row in rows}
    known = known_authors([person for some in people.values() for person in some])
    for row in rows:
        if step := step_of(row, people[row.pk], known, names):
            yield step


def concerned(source: Source, names: Names) -> Iterator[list[int]]:
    """The source's own posts that stand under a name of the table, a chunk of entries at a time."""
    rows = ImportedEntry.objects.filter(
        source=source, shared=False, post__isnull=False, post__trashed_at__isnull=True
    )
    pairs = rows.order_by("pk").values_list("pk", "written").iterator(chunk_size=2000)
    ids = iter([pk for pk, written in pairs if names.concerns(written)])
    while chunk := list(islice(ids, CHUNK)):
        yield chunk


def rows_of(chunk: Sequence[int]) -> list[ImportedEntry]:
    rows = ImportedEntry.objects.filter(pk__in=chunk).select_related("post").order_by("pk")
    return list(rows.prefetch_related("post__bylines", "post__taggings").defer("entry"))


def people_of(row: ImportedEntry, names: Names) -> tuple[Person, ...]:
    """Whom the entry's byline means by the table."""
    written = tuple(Person(name, email) for name, email in row.written.get("people", ()))
    return names.people_for(written, Person(str(row.written.get("nobody") or "Unknown")))[0]


def step_of(
    row: ImportedEntry, people: Sequence[Person], known: Mapping[str, Author], names: Names
) -> Step | None:
    """None where nothing is to be done and nothing is to be said."""
    if row.post is None:
        return None
    before = Content.of(row.post)
    new = tuple(one.name for one in people if not isinstance(one, Known) and name_key(one.name) not in known)
    bylines = tuple(dict.fromkeys(map(BylineSpec, ids_of(people, known))))
    tags = names.tags_for(row.written.get("tags", ()))
    wanted = replace(before, bylines=bylines, tags=tags)
    edited = edited_fields(before, row.marks)
    differs = [name for name in FIELDS if getattr(before, name) != getattr(wanted, name)]
    if new and "bylines" not in differs:
        differs.append("bylines")
    left = [name for name in differs if name in edited]
    if not differs:
        return None
    kept = {name: getattr(before, name) for name in left}
    said = " ".join(EDITED.format(WORDS[name], "they are" if name == "tags" else "it is") for name in left)
    return Step(row, before, replace(wanted, **kept), () if "bylines" in left else new, said)


def known_authors(people: Sequence[Person]) -> dict[str, Author]:
    return find_authors([one.name for one in people if not isinstance(one, Known)])


# -- doing it ----------------------------------------------------------------------------------------


def apply(source: Source, user: User | None, *, seconds: float | None = None) -> Renamed:
    """Do it, a chunk a transaction. `seconds`: end at a safe place once they are over."""
    ends = None if seconds is None else monotonic() + seconds
    run = Run.objects.create(locations=[source.location], options={"names_and_tags": "applied"}, user=user)
    run.sources.add(source)
    done = Renamed(run)
    names = names_of(source)
    for chunk in concerned(source, names):
        if ends is not None and monotonic() > ends:
            done.finished = False
            break
        with publishing.one_transaction():
            Source.objects.select_for_update().get(pk=source.pk)
            renew(chunk, names, source, done)
    run.finished = timezone.now()
    run.counts = {
        name: number for name, number in (("updated", done.changed), ("kept", len(done.left))) if number
    }
    run.exit_status = 3 if done.left else 0
    run.save()
    return done


def renew(chunk: Sequence[int], names: Names, source: Source, done: Renamed) -> None:
    """One chunk; the caller holds the transaction and the source's lock."""
    posts = ImportedEntry.objects.filter(pk__in=chunk).values("post")
    list(Post.everything.select_for_update().filter(pk__in=posts).order_by("pk").values_list("pk"))
    found = list(steps_of(chunk, names))
    before = remembering.look([step.row.pk for step in found if step.changes])
    made: set[int] = set()
    for step in found:
        if step.changes:
            made |= write(step, names, done.run)
            done.changed += 1
        if step.left:
            done.left.append((step.row.title, step.left))
    remembering.keep(before, done.run, {})
    remembering.keep_made(before, done.run, made, {tag for step in found for tag in step.after.tags})
    RunEntry.objects.bulk_create(told(step, source, done.run, place) for place, step in enumerate(found, 1))


def write(step: Step, names: Names, run: Run) -> set[int]:
    """One post; the authors of its byline."""
    row, wanted = step.row, step.after
    if step.new:
        people = people_of(row, names)
        authors = find_or_make((one.name, one.email) for one in people if not isinstance(one, Known))
        wanted = replace(wanted, bylines=tuple(dict.fromkeys(map(BylineSpec, ids_of(people, authors)))))
    stood = row.post
    if stood is None:
        return set()
    post = publishing.update_imported(stood.pk, prepare(wanted), updated_at=stood.updated_at, reason=REASON)
    was, now = marks_of(step.before), marks_of(wanted)
    row.marks = row.marks | {name: [now[name]] for name in FIELDS if was[name] != now[name]}
    row.run, row.revision, row.updated_at = run, post.revision, timezone.now()
    row.save(update_fields=["marks", "run", "revision", "updated_at"])
    return {byline.author for byline in wanted.bylines}


def told(step: Step, source: Source, run: Run, place: int) -> RunEntry:
    return RunEntry(
        run=run,
        source=source,
        location=source.location,
        position=place,
        title=step.row.title[:500],
        verdict="updated" if step.changes else "kept",
        reason=f"{REASON[0].upper()}{REASON[1:]}." if step.changes else step.left,
        warnings=[step.left] if step.changes and step.left else [],
        post_id=step.row.post_id,
    )
