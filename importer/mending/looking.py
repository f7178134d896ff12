"""looking: everything that wants mending within a scope, a query or two a kind however many posts there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from django.utils import timezone

from accounts.slugs import slug_of
from blog.models import Byline, Dismissal, Post, Tag, TaggedPost
from blog.querysets import is_public
from importer.identity import sha256
from importer.mending import parts
from importer.mending.pictures import alt_wants, picture_wants
from importer.mending.sames import Name, Same, sames
from importer.mending.scope import Scope
from importer.mending.wants import HOME, ON_HOME, PUBLIC, UNSEEN, Kind, Seen, Want, ordered
from importer.mending.within import Within
from importer.models import AuthorMapping, ImportedEntry

COLUMNS = ("pk", "title", "kind", "status", "dated", "series", "cover", "cover_url", "cover_alt")
COVER = ("cover__alt", "cover__file", "cover__decorative")
SAID = 300  # characters of a dismissal's words


def wants(scope: Scope) -> list[Want]:
    """All of it, what gains most first."""
    within = read(scope)
    return kept(want for look in LOOKS.values() for want in look(within))


def wants_of(kind: Kind, scope: Scope) -> list[Want]:
    """Those of one kind."""
    return kept(LOOKS[kind](read(scope)))


def kept(found: Iterable[Want]) -> list[Want]:
    """Without what an editor has said is well as it is."""
    dismissed = set(Dismissal.objects.values_list("kind", "subject"))
    return ordered(want for want in found if (want.kind, want.subject) not in dismissed)


def read(scope: Scope) -> Within:
    """The posts of the scope, each with how visible it is."""
    now = timezone.now()
    home = set(
        Post.objects.published(now).filter(dated=True).newest_first().values_list("pk", flat=True)[:HOME]
    )
    rows = list(
        scope.posts()
        .annotate(public=ExpressionWrapper(is_public(now), BooleanField()))
        .order_by("published_at", "pk")
        .values(*COLUMNS, *COVER, "public")
    )
    seen = {row["pk"]: seen_as(row, home) for row in rows}
    return Within(scope, rows, seen)


def seen_as(row: dict[str, Any], home: set[int]) -> Seen:
    place = ON_HOME if row["pk"] in home else PUBLIC if row["public"] else UNSEEN
    return Seen(row["pk"], row["title"], row["kind"], place)


# -- each kind -------------------------------------------------------------------------------------


def undated(within: Within) -> Iterator[Want]:
    for row in within.rows:
        if not row["dated"] and row["status"] == Post.Status.PUBLISHED and row["kind"] == Post.Kind.POST:
            post = within.seen[row["pk"]]
            yield Want("undated", str(post.pk), post.title[:SAID], (post,))


def series(within: Within) -> Iterator[Want]:
    posts = (
        parts.Titled(row["pk"], row["title"], row["series"])
        for row in within.rows
        if row["kind"] == Post.Kind.POST
    )
    for one in parts.proposals(posts):
        listed = tuple((place, within.seen[pk]) for place, pk in one.parts)
        yield Want(
            "series",
            sha256(one.subject)[:32],
            one.name[:SAID],
            tuple(post for _, post in listed),
            {"parts": listed, "series": one.series},
        )


def tags(within: Within) -> Iterator[Want]:
    """Of the pairs, those that a post of the scope is concerned by; all tags are compared."""
    counted = Tag.objects.annotate(
        number=Count("taggings", filter=Q(taggings__content_object__trashed_at__isnull=True))
    )
    known = {tag.pk: tag for tag in counted}
    found = list(sames((Name(tag.pk, tag.key, tag.number) for tag in known.values()), slug_of))
    of_tag = posts_of({pk for pair in found for pk in (pair.gone, pair.kept)}, within)
    for pair in found:
        gone, into = known[pair.gone], known[pair.kept]
        posts = tuple(of_tag[pair.gone])
        if posts:
            about = {"gone": gone, "into": into, "why": pair.why}
            yield Want("tags", subject_of(pair), f"{gone.name} / {into.name}"[:SAID], posts, about)


def subject_of(pair: Same) -> str:
    return "{}-{}".format(*pair.subject)


def posts_of(tag_ids: set[int], within: Within) -> dict[int, list[Seen]]:
    found: defaultdict[int, list[Seen]] = defaultdict(list)
    if tag_ids:
        rows = TaggedPost.objects.filter(tag__in=tag_ids).order_by("pk")
        for tag_id, post_id in rows.values_list("tag_id", "content_object_id"):
            if post := within.seen.get(post_id):
                found[tag_id].append(post)
    return found


def authors(within: Within) -> Iterator[Want]:
    waiting = AuthorMapping.objects.filter(proposed=True, author__isnull=False)
    if within.scope.run is not None:
        waiting = waiting.filter(run=within.scope.run)
    if within.scope.source is not None:
        waiting = waiting.filter(source=within.scope.source)
    rows = list(waiting.select_related("author", "source"))
    written = Byline.objects.filter(author__aliases__key__in={row.key for row in rows})
    of_name: defaultdict[str, list[Seen]] = defaultdict(list)
    for key, post_id in written.values_list("author__aliases__key", "post_id") if rows else ():
        if post := within.seen.get(post_id):
            of_name[key].append(post)
    for row in rows:
        yield Want("author", str(row.pk), row.name, tuple(of_name[row.key]), {"mapping": row})


def losses(within: Within) -> Iterator[Want]:
    """What posts lack of their entries, each post's in one row; other losses than were seen are another row."""
    rows = ImportedEntry.objects.filter(within.scope.within("post"), shared=False).exclude(losses=[])
    for pk, post_id, sentences in rows.order_by("pk").values_list("pk", "post_id", "losses"):
        if post := within.seen.get(post_id or 0):
            told = Counter(sentences)
            subject = f"{pk}-{sha256(repr(sorted(told)))[:16]}"
            yield Want("loss", subject, post.title[:SAID], (post,), {"sentences": list(told)})


LOOKS: dict[Kind, Callable[[Within], Iterable[Want]]] = {
    "picture": picture_wants,
    "author": authors,
    "alt": alt_wants,
    "undated": undated,
    "series": series,
    "tags": tags,
    "loss": losses,
}


def find(kind: str, subject: str, scope: Scope) -> Want | None:
    """One row as it stands now; None where it is mended already, or never was."""
    if kind not in LOOKS:
        return None
    return next((want for want in wants_of(kind, scope) if want.subject == subject), None)
