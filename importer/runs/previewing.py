"""previewing: what a plan would make of its entries, read again from its documents: the changes of each update, the posts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from django.conf import settings

from accounts.authors import find_authors, name_key
from accounts.models import Author
from blog.admin.showing import Difference, difference, differences, in_words
from blog.content import Content
from importer import fetching
from importer.deciding import Fields, Known, changed_fields
from importer.entry import Entry, Person
from importer.errors import EntryRejected, ImportProblem
from importer.formats.base import Reading
from importer.models import ImportedEntry, Run, RunEntry
from importer.names.mapping import Known as Mapped
from importer.names.mapping import fallback
from importer.preparing.cleaning import Cleaned, Context, clean
from importer.preparing.surveying import Survey, look_over
from importer.reading.sources import read
from importer.runs import planning
from importer.runs.planning import Plan
from importer.storing import sourcing
from importer.storing.knowing import Candidate, edited_fields, with_fields
from importer.storing.reconciling import base_of, offered

CHANGES = ("updated", "kept", "conflict")


def survey_of(plan: Plan, location: str) -> Survey:
    """The document as the plan saw it. Raises SourceUnusable."""
    options = plan.options
    raw = planning.fetching_of(plan, fetching.fetch)(location)
    reading = Reading(plan.run.started, options.base_url, options.time_zone or settings.TIME_ZONE)
    found = read(raw, options, reading, planning.pages_of(plan, location))
    source = sourcing.find(found.document, found.parsed.about)
    return look_over(found.parsed, options, sourcing.memory(source))


def cleaned(survey: Survey, plan: Plan, positions: Collection[int]) -> Iterator[tuple[Candidate, Cleaned]]:
    """These entries of a document, ready to be stored; those that cannot be taken are left out."""
    for arrival in survey.arrivals(plan.run.started, 0):
        if isinstance(arrival, Candidate) and arrival.entry.position in positions:
            try:
                context = survey.context
                yield arrival, survey.names.applied(clean(arrival.entry, context), fallback(context))
            except EntryRejected:
                continue


# -- what an update changes --------------------------------------------------------------------------


def plan_differences(run: Run, entries: Sequence[RunEntry]) -> Mapping[int, list[Difference]]:
    """What the plan would change in the posts of these entries, field by field, by the entry's id."""
    wanted = [one for one in entries if one.verdict in CHANGES and one.post is not None]
    if not wanted:
        return {}
    try:
        plan = planning.load(run.pk)
        return dict(
            pair for location, some in by_location(wanted) for pair in of_document(plan, location, some)
        )
    except ImportProblem:  # what it was made from is not there any more; carrying it out says so
        return {}


def by_location(entries: Sequence[RunEntry]) -> Iterator[tuple[str, list[RunEntry]]]:
    for location, some in groupby(entries, key=lambda one: one.location):
        yield location, list(some)


def of_document(
    plan: Plan, location: str, entries: Sequence[RunEntry]
) -> Iterator[tuple[int, list[Difference]]]:
    found = {one.position: one for one in entries}
    posts = [one.post_id for one in entries]
    rows = ImportedEntry.objects.filter(post__in=posts, shared=False).select_related("post")
    known = {row.post_id: row for row in rows}
    survey = survey_of(plan, location)
    for candidate, ready in cleaned(survey, plan, found.keys()):
        one = found[candidate.entry.position]
        row = known.get(one.post_id)
        if row is not None and row.post is not None:
            now = Content.of(row.post)
            then = outcome(row, now, candidate.entry, ready.content, survey.context)
            yield one.pk, [*differences(now, then), *byline_difference(row, now, candidate.entry, ready)]


def byline_difference(row: ImportedEntry, now: Content, entry: Entry, ready: Cleaned) -> Iterator[Difference]:
    """What becomes of the bylines, in names: authors who are new are made when the plan is carried out."""
    if "bylines" not in changed(row, entry):
        return
    then = ready.content.bylines
    known = find_authors([person.name for person in ready.people])
    names = in_words("bylines", then) if then else "\n".join(dict.fromkeys(spoken(ready.people, known)))
    if (before := in_words("bylines", now.bylines)) != names:
        yield difference("bylines", before, names)


def spoken(people: Iterable[Person], known: Mapping[str, Author]) -> Iterator[str]:
    """The names that these people have here, or will get."""
    mapped = [person.author for person in people if isinstance(person, Mapped)]
    authors = dict(Author.objects.filter(pk__in=mapped).values_list("pk", "name"))
    for person in people:
        if isinstance(person, Mapped):
            yield authors.get(person.author, person.name)
        else:
            found = known.get(name_key(person.name))
            yield found.name if found else person.name


def changed(row: ImportedEntry, entry: Entry) -> Fields:
    return changed_fields(entry, Known(row.pk, row.post_id, row.digest, row.field_digests))


def outcome(row: ImportedEntry, now: Content, entry: Entry, theirs: Content, context: Context) -> Content:
    """What the post would say with the update and, where it was edited here, with the proposal that will wait.

    Without the bylines, which are names until they are stored.
    """
    fields = changed(row, entry) - {"bylines"}
    edited = edited_fields(now, row.marks)
    wanted = with_fields(now, theirs, fields - edited)
    return offered(base_of(row, context), wanted, theirs, fields & edited)
