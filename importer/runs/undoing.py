"""undoing: a run taken back: its posts removed, its updates and proposals reverted, except where somebody has worked since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Author
from blog import deeds, publishing, taxonomy
from blog.content import Content, prepare
from blog.models import Byline, Changes, Deed, NavigationLink, Post, Redirect, Revision, Tag, TaggedPost
from blog.permissions import Actor
from importer.errors import ImportProblem
from importer.links import joining
from importer.models import AuthorMapping, Change, EntryAlias, ImportedEntry, Made, Run, Source
from importer.runs import storedfiles
from importer.runs.remembering import columns_from
from importer.runs.storedfiles import Shown
from importer.states import entry_from
from importer.storing import responding

CHUNK = 100
DONE, UNKNOWN, SOME_LEFT = 0, 1, 3
STILL_MOVED = "It stays marked as this blog's former self: posts that import {} brought as such are here."


class _Forgotten(Exception):
    """Ends a dry run: the database forgets what was done."""


@dataclass(frozen=True, slots=True)
class Left:
    """What was not undone, and why."""

    title: str
    reason: str
    post_id: int | None = None


@dataclass(slots=True)
class Undone:
    """What became of it."""

    run: Run
    removed: int = 0  # posts
    reverted: int = 0  # posts
    proposals: int = 0
    entries: int = 0  # imported entries that are forgotten or as they were
    people: int = 0
    tags: int = 0
    files: int = 0  # pictures and recordings
    marks: int = 0  # sources that are this blog's former self no more
    left: list[Left] = field(default_factory=list)

    shown: Shown = field(default_factory=Shown)  # what the removed posts showed

    @property
    def anything(self) -> bool:
        return bool(self.entries or self.people or self.tags or self.files or self.marks)

    def status(self) -> int:
        return SOME_LEFT if self.left else DONE

    def summary(self) -> str:
        """One line in plain words."""
        counted = (
            (self.removed, "post removed", "posts removed"),
            (self.reverted, "post as it was before", "posts as they were before"),
            (self.proposals, "proposal withdrawn", "proposals withdrawn"),
            (self.people, "author removed", "authors removed"),
            (self.tags, "tag removed", "tags removed"),
            (self.files, "picture or recording removed", "pictures and recordings removed"),
            (self.marks, "source is no former self any more", "sources are no former selves any more"),
        )
        said = [f"{number} {one if number == 1 else many}" for number, one, many in counted if number]
        if self.left:
            said.append(f"{len(self.left)} left")
        if not self.anything and not self.left:
            if self.run.undone:
                return f"Import {self.run.pk} was undone already; there is nothing left of it to undo."
            return f"Import {self.run.pk} changed nothing, so there is nothing to undo."
        return ", ".join(said) or "Nothing that readers or editors see has changed."


def find(number: int) -> Run:
    """The run. Raises ImportProblem if there is none, or it was a plan."""
    run = Run.objects.filter(pk=number).first()
    if run is None:
        raise ImportProblem(f"There is no import {number}. The desk lists them all under “Runs”.")
    if run.dry_run:
        raise ImportProblem(
            f"Import {number} was only a plan; it changed nothing, so there is nothing to undo."
        )
    return run


def undo(run: Run, user: Actor = None, *, dry_run: bool = False) -> Undone:
    """Take the run back, newest first, a chunk at a time; what was undone stays so if it is broken off.

    A dry run does all of it and lets the database forget it, so that it says exactly what would be.
    """
    undone = Undone(run)
    if not dry_run:
        return take(undone, user)
    # One transaction of publishing's own, so that no page of the site is told of what never happens.
    with suppress(_Forgotten), publishing.one_transaction():
        take(undone, user)
        raise _Forgotten
    return undone


def take(undone: Undone, user: Actor) -> Undone:
    run = undone.run
    for changes in chunks(
        list(run.changes.exclude(imported__first_run=run).order_by("-pk").values_list("pk", flat=True))
    ):
        with publishing.one_transaction():
            lock(Source.objects.filter(imported__changes__in=changes))
            for change in Change.objects.filter(pk__in=changes).order_by("-pk"):
                set_back(change, undone)
    for entries in chunks(list(run.brought.order_by("-pk").values_list("pk", flat=True))):
        with publishing.one_transaction():
            lock(Source.objects.filter(imported__in=entries))
            remove(ImportedEntry.objects.filter(pk__in=entries).order_by("-pk"), undone, user)
    with publishing.one_transaction():
        remove_made(undone)
        undone.files = storedfiles.forget(undone.run, undone.shown)
        take_marks_back(undone)
        if undone.anything:
            Run.objects.filter(pk=run.pk).update(undone=timezone.now())
            deeds.record("undo_import", user, what=Deed.What.RUN, title=str(run), note=undone.summary())
    return undone


def chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


def lock(sources: QuerySet[Source]) -> None:
    """No import of these sources runs meanwhile."""
    ids = sources.values("pk")
    list(Source.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))


# -- what the run changed ------------------------------------------------------------------------


def set_back(change: Change, undone: Undone) -> None:
    """One imported entry, its post and its proposals as they were."""
    row = change.imported
    post = Post.everything.select_for_update().filter(pk=row.post_id).first() if row.post_id else None
    if reason := why_not_set_back(change, row, post, undone.run):
        undone.left.append(Left(row.title, reason, row.post_id))
        return
    undone.entries += 1
    undone.proposals += len(change.proposals)
    undone.reverted += change.revision_after != change.revision_before
    columns = columns_from(change.before)
    if post is not None and change.revision_after != change.revision_before:
        columns["revision"] = write_back(change, post)
    if post is not None and change.proposals:
        Revision.objects.filter(post=post, proposed=True, number__in=change.proposals).delete()
    for kind, sha256 in change.aliases:
        EntryAlias.objects.filter(imported=row, kind=kind, sha256=sha256).delete()
    joining.unlearn_addresses(row, change.before.get("entry", {}))
    said = change.before.get("entry", {})
    if row.entry.get("comments") or said.get("comments"):
        responding.take_over(row, entry_from(said))
    ImportedEntry.objects.filter(pk=row.pk).update(**columns)
    change.delete()


def why_not_set_back(change: Change, row: ImportedEntry, post: Post | None, run: Run) -> str:
    """Why a change is left as it is; "" if it can be undone."""
    later = row.changes.filter(pk__gt=change.pk).exclude(run=run).order_by("-pk").first()
    if later is not None:
        return f"Import {later.run_id} has changed it since; undo that one first."
    if row.post_id is None:
        return "The post was deleted here for good since."
    if post is not None and post.revision not in (change.revision_after, row.revision):
        return worked_on(post)
    return ""


def write_back(change: Change, post: Post) -> int:
    """The post says again what it said before the run; the revision that says so counts as the importer's."""
    before = Revision.objects.get(post=post, number=change.revision_before)
    written = publishing.update_imported(
        post.pk,
        prepare(Content.from_state(before.state)),
        updated_at=change.updated_before,
        reason=f"import {change.run_id} undone",
    )
    return written.revision


def worked_on(post: Post) -> str:
    """Who did what to the post last, as the reason why it is left."""
    if post.trashed_at is not None:
        return "It was moved to the trash since."
    last = Revision.objects.filter(post=post, number=post.revision).select_related("user").first()
    who = f" by {last.user}" if last and last.user else ""
    return f"Someone has worked on it since ({last.reason if last else 'changed'}{who})."


# -- what the run made ---------------------------------------------------------------------------


def remove(rows: Iterable[ImportedEntry], undone: Undone, user: Actor) -> None:
    """The posts of these entries and the entries themselves."""
    found = list(rows)
    ids = [row.post_id for row in found if row.post_id]
    posts = {post.pk: post for post in Post.everything.select_for_update().filter(pk__in=ids).order_by("pk")}
    needed = needed_elsewhere(list(posts), found)
    gone: list[ImportedEntry] = []
    for row in found:
        post = posts.get(row.post_id) if row.post_id else None
        if reason := why_not_removed(row, post, needed, undone.run):
            undone.left.append(Left(row.title, reason, row.post_id))
        else:
            gone.append(row)
    taken = [row.post_id for row in gone if row.post_id and not row.shared]
    storedfiles.note(gone, undone.shown)
    undone.entries += len(gone)
    undone.removed += len(taken)
    ImportedEntry.objects.filter(pk__in=[row.pk for row in gone]).delete()
    publishing.take_back(taken, user)


def why_not_removed(row: ImportedEntry, post: Post | None, needed: dict[int, str], run: Run) -> str:
    """Why an entry and its post are left; "" if both can go."""
    later = row.changes.exclude(run=run).order_by("-pk").first()
    if later is not None:
        return f"Import {later.run_id} has changed it since; undo that one first."
    if row.shared:
        return ""
    if post is None:
        return "The post was deleted here for good since; “reset_import” lets it come again."
    if post.revision != row.revision:
        return worked_on(post)
    return needed.get(post.pk, "")


def needed_elsewhere(posts: Collection[int], rows: Collection[ImportedEntry]) -> dict[int, str]:
    """Posts that something else here leads to by now, and what."""
    found = {}
    own = [row.pk for row in rows]
    others = ImportedEntry.objects.filter(post__in=posts).exclude(pk__in=own).select_related("source")
    for other in others:
        number = f"import {other.first_run_id}" if other.first_run_id else "another import"
        found[int(other.post_id or 0)] = (
            f"“{other.source}” brought the same post with {number}; undo that one first."
        )
    for page_id in NavigationLink.objects.filter(page__in=posts).values_list("page_id", flat=True):
        found[int(page_id or 0)] = "The site's navigation leads to it; take it out there first."
    for post_id in Changes.objects.filter(post__in=posts).values_list("post_id", flat=True):
        found[post_id] = "An editor works on unpublished changes of it; publish or discard them first."
    return found


def remove_made(undone: Undone) -> None:
    """Authors and tags that this run made, nobody uses and nobody has given a word to."""
    AuthorMapping.objects.filter(run=undone.run, proposed=True).delete()
    made = Made.objects.filter(run=undone.run)
    people = [pk for pk in made.values_list("author_id", flat=True) if pk]
    tags = [pk for pk in made.values_list("tag_id", flat=True) if pk]
    used = set(Byline.objects.filter(author__in=people).values_list("author_id", flat=True))
    known = Author.objects.filter(pk__in=people, user=None, bio="", website="", picture="").exclude(
        pk__in=used
    )
    tagged = set(TaggedPost.objects.filter(tag__in=tags).values_list("tag_id", flat=True))
    idle = Tag.objects.filter(pk__in=tags, description="").exclude(pk__in=tagged)
    undone.people, undone.tags = known.count(), idle.count()
    for row in [*known, *idle]:
        # An old address that led there leads nowhere from now on.
        Redirect.objects.filter(post=None, address=row.get_absolute_url()).delete()
        taxonomy.delete(row)


def take_marks_back(undone: Undone) -> None:
    """Sources that this run marked as this blog's former self are so no more, unless posts that came as such stand here."""
    run = undone.run
    for source in Source.objects.select_for_update().filter(moved_here=True, moved_here_by=run):
        kept = source.imported.filter(first_run__gte=run.pk).order_by("first_run").first()
        if kept is not None:
            undone.left.append(Left(str(source), STILL_MOVED.format(kept.first_run_id)))
            continue
        source.moved_here, source.moved_here_by = False, None
        source.save(update_fields=["moved_here", "moved_here_by"])
        undone.marks += 1
