"""joining: links between imported posts lead to each other here, once a run's posts are in; what was edited here is left."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import islice
from operator import or_
from typing import Any
from urllib.parse import unquote

from django.db.models import Q, QuerySet
from django.utils import timezone

from blog import publishing
from blog.content import Content, prepare
from blog.links import AT_ONCE, path_of
from blog.markup.ids import prefixed
from blog.markup.relinking import relinked
from blog.models import Post
from blog.relinking import Relinked
from importer.addresses import absolute, host_of, normalised
from importer.documents.bundles import SCHEME, named
from importer.formats.ownexport import NAME
from importer.identity import alias_of, link_forms
from importer.links import moving
from importer.links.rewriting import addresses_in, led
from importer.models import AmbiguousAlias, EntryAlias, ImportedEntry, Run
from importer.runs import remembering
from importer.storing.knowing import edited_fields, marks_of

CHUNK = 200  # posts
AT_HAND = 20  # texts in memory at a time: each may be long
HEAVY = ("body", "html", "feed_html", "outline")  # of a post that is only linked to
CHARACTERS = 500_000  # of texts that are changed together
FEW = 25  # new posts: those that link to them are asked for by their addresses, else by their hosts
MOST_HOSTS = 20
REASON = "links made ours"
JOINED = "joined"  # in the report of a run that was cut short: a later one has joined its links
KINDS = ("link", "also")  # of the aliases that are addresses
ROOTS = ("", "content/", "_posts/", "src/", "docs/")  # where generators keep what they serve from the root


@dataclass(frozen=True, slots=True)
class Target:
    """A post of ours that an address means."""

    post: int
    path: str
    public: bool
    source: int
    believed: bool  # the address stands on its own source's host: other sources' links to it count too


def join(run: Run) -> int:
    """Lead the links between imported posts to our addresses, where this run brought either end; how many posts changed."""
    cut_short = cut_short_before(run)
    runs = [run, *cut_short]
    # An export of ours comes back as it was, links too.
    brought = ImportedEntry.objects.filter(run__in=runs, post__isnull=False).exclude(source__format=NAME)
    if not brought.exists():
        return 0
    learn_addresses(brought)
    changed = sum(joined(chunk, run) for chunk in chunked(brought.order_by("pk")))
    changed += sum(joined(chunk, run) for chunk in chunked(pointing_at(brought, runs).order_by("pk")))
    for earlier in cut_short:
        # One that is still at work writes its report over this and joins its links itself.
        Run.objects.filter(pk=earlier.pk).update(report=earlier.report | {JOINED: True})
    return changed


def cut_short_before(run: Run) -> list[Run]:
    """Earlier runs of the same sources that brought posts and were ended before their links were joined."""
    ended = Q(exit_status__isnull=True) | ~Q(exit_status=0)
    found = Run.objects.filter(
        ended, sources__in=run.sources.all(), changed__post__isnull=False, dry_run=False
    )
    return [one for one in found.exclude(pk=run.pk).distinct() if not one.report.get(JOINED)]


def learn_addresses(rows: QuerySet[ImportedEntry]) -> None:
    """The other addresses of these entries, and their files' names, by which links may mean them."""
    made: list[EntryAlias] = []
    said = rows.values_list("pk", "source_id", "entry__also_at", "entry__base_url")
    for pk, source, also_at, base_url in said.iterator(chunk_size=2000):
        entry = {"also_at": also_at or (), "base_url": base_url}
        made += [
            EntryAlias(source_id=source, imported_id=pk, kind="also", sha256=hash_)
            for hash_ in other_addresses(entry)
        ]
        if len(made) >= AT_ONCE:
            EntryAlias.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)
            made.clear()
    EntryAlias.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)


def unlearn_addresses(row: ImportedEntry, entry: Mapping[str, Any]) -> None:
    """Forget the other addresses that an entry does not have as it is kept here."""
    row.aliases.filter(kind="also").exclude(sha256__in=other_addresses(entry)).delete()


def other_addresses(entry: Mapping[str, Any]) -> list[str]:
    """The digests of an entry's other addresses, from its state."""
    base = str(entry.get("base_url") or "")
    forms = {normalised(one)[0] for one in entry.get("also_at", ()) if absolute(one)}
    forms |= {base} if named(base) else set()
    return [alias_of("link", form).sha256 for form in sorted(forms)]


def pointing_at(brought: QuerySet[ImportedEntry], runs: Sequence[Run]) -> QuerySet[ImportedEntry]:
    """Entries of earlier runs whose posts may link to what came new now."""
    new = brought.filter(first_run__in=runs)
    said = new.values_list("entry__link", flat=True)[: FEW * 100]
    links = [str(link) for link in said if link]
    others = ImportedEntry.objects.filter(post__isnull=False, shared=False).exclude(run__in=runs)
    if not links:
        return others.none()
    hosts = {host_of(link) for link in links} - {""}
    wanted = {normalised(link)[0].partition("/")[2] or host_of(link) for link in links}
    needles = wanted if len(links) <= FEW else hosts if len(hosts) <= MOST_HOSTS else set()
    return (
        others.filter(reduce(or_, (Q(post__body__contains=one) for one in sorted(needles))))
        if needles
        else others
    )


def chunked(rows: QuerySet[ImportedEntry]) -> Iterator[list[int]]:
    """The ids of entries whose own posts these are, a chunk at a time."""
    ids = iter(rows.filter(shared=False).values_list("pk", flat=True).iterator(chunk_size=2000))
    while chunk := list(islice(ids, CHUNK)):
        yield chunk


def joined(chunk: Sequence[int], run: Run) -> int:
    """One chunk. Bodies are read and looked up first: most have nothing to be changed."""
    links, lengths = links_of(chunk)
    asked = sorted({form for forms in links.values() for of in forms.values() for form in of})
    targets: dict[str, list[Target]] = {}
    for start in range(0, len(asked), AT_ONCE):
        targets |= targets_of(asked[start : start + AT_ONCE])
    concerned = [
        pk for pk, forms in links.items() if any(form in targets for of in forms.values() for form in of)
    ]
    return sum(led_here(some, links, targets, run) for some in by_length(concerned, lengths))


def by_length(entries: Iterable[int], lengths: Mapping[int, int]) -> Iterator[list[int]]:
    """As many at a time as have their texts in memory at once, each several times."""
    some: list[int] = []
    characters = 0
    for pk in entries:
        some.append(pk)
        characters += lengths[pk]
        if characters >= CHARACTERS:
            yield some
            some, characters = [], 0
    if some:
        yield some


def led_here(
    concerned: Sequence[int],
    links: Mapping[int, Mapping[str, Sequence[str]]],
    targets: Mapping[str, Sequence[Target]],
    run: Run,
) -> int:
    """The links of these entries' posts, in one transaction: together where their pages need not be rendered again."""
    with publishing.one_transaction():
        earlier = ImportedEntry.objects.filter(pk__in=concerned).exclude(first_run=run)
        before = remembering.look(earlier.values_list("pk", flat=True))
        locked = ImportedEntry.objects.select_for_update(of=("self",)).filter(pk__in=concerned)
        rows = list(locked.defer("entry", "losses", "written").order_by("pk"))
        together = Together({row.post_id or 0: row for row in reversed(rows)}, links, targets)
        publishing.lead_links(list(together.rows), together.change, reason=REASON)
        together.keep()
        settled = {row.pk for row in together.settled}
        changed = [renewed(row, links[row.pk], targets) for row in rows if row.pk not in settled]
        remembering.keep(before, run, {})
    return len(together.marks) + sum(changed)


def links_of(chunk: Sequence[int]) -> tuple[dict[int, dict[str, list[str]]], dict[int, int]]:
    """The links of entries' posts as they stand there, each with the forms that it may be known by; how long the texts are."""
    links: dict[int, dict[str, list[str]]] = {}
    lengths: dict[int, int] = {}
    rows = ImportedEntry.objects.filter(pk__in=chunk, post__trashed_at__isnull=True).order_by("pk")
    said = rows.values_list("pk", "post__body", "post__body_format")
    for pk, body, body_format in said.iterator(chunk_size=AT_HAND):
        found = addresses_in(body or "", body_format)
        entry = entry_at(pk) if found and body_format != "html" else {}
        forms = {address: forms_of(address, entry) for address in found}
        links[pk] = {address: of for address, of in forms.items() if of}
        lengths[pk] = len(body or "")
    return links, lengths


def entry_at(pk: int) -> dict[str, Any]:
    """What of an entry says what the relative addresses of its text are relative to."""
    base, link = ImportedEntry.objects.values_list("entry__base_url", "entry__link").get(pk=pk)
    return {"base_url": base, "link": link}


def forms_of(address: str, entry: Mapping[str, Any]) -> list[str]:
    """What an address may be known as, the closest first. Relative ones stay in Markdown, which is not made absolute."""
    if not address or address.startswith("#"):
        return []
    if whole := absolute(address):
        return link_forms(whole)
    if ":" in address.partition("/")[0]:
        return []
    base, link = str(entry.get("base_url") or ""), str(entry.get("link") or "")
    forms = link_forms(absolute(address, link)) if link else []
    return forms + (member_forms(address, named(base)) if named(base) else [])


def member_forms(address: str, name: str) -> list[str]:
    """The files of the same bundle that a relative address may mean."""
    path = unquote(address.partition("#")[0].partition("?")[0])
    if not path:
        return []
    rooted = path.lstrip("/")
    places = (
        [] if path.startswith("/") else [posixpath.normpath(posixpath.join(posixpath.dirname(name), path))]
    )
    places += [posixpath.normpath(root + rooted) for root in ROOTS]
    files = [
        file for place in places for file in (place, f"{place}.md", f"{place}/index.md", f"{place}.markdown")
    ]
    return [f"{SCHEME}/{file}" for file in dict.fromkeys(files) if not file.startswith("..")]


def targets_of(forms: Collection[str]) -> dict[str, list[Target]]:
    """The posts that these forms of addresses mean, by form."""
    hashes = {alias_of("link", form).sha256: form for form in forms}
    rows = EntryAlias.objects.filter(
        kind__in=KINDS, sha256__in=list(hashes), imported__post__trashed_at__isnull=True
    )
    rows = (
        rows.filter(imported__post__isnull=False)
        .select_related("imported__post", "source")
        .defer("imported__entry", *(f"imported__post__{name}" for name in HEAVY))
    )
    shared = set(
        AmbiguousAlias.objects.filter(kind="link", sha256__in=list(hashes)).values_list("source_id", "sha256")
    )
    found: dict[str, list[Target]] = {}
    for row in rows.order_by("-kind", "pk"):
        post, form = row.imported.post, hashes[row.sha256]
        if post is None or (row.source_id, row.sha256) in shared:
            continue
        believed = host_of(f"https://{form}") in moving.hosts_of(row.source)
        target = Target(post.pk, path_of(post.kind, post.slug), post.is_public, row.source_id, believed)
        found.setdefault(form, []).append(target)
    return found


@dataclass(slots=True)
class Together:
    """Posts that are written together, and what is to be kept of that."""

    rows: dict[int, ImportedEntry]  # by post id
    links: Mapping[int, Mapping[str, Sequence[str]]]
    targets: Mapping[str, Sequence[Target]]
    settled: list[ImportedEntry] = field(default_factory=list)  # written, or not to be written
    marks: dict[int, str] = field(default_factory=dict)  # of the texts that were written, by post id

    def change(self, post: Post, content: Content) -> Relinked | None:
        """The post with its links led here; None where nothing is to be changed, or only rendering tells what becomes of it."""
        row = self.rows[post.pk]
        wanted, counted = with_links(post, content, row, self.links[row.pk], self.targets)
        if wanted is None:
            self.settled.append(row)
            return None
        if content.body_format != "html":
            return None
        made = relinked(content.body, (post.html, post.feed_html), counted)
        if made is None:
            return None
        self.settled.append(row)
        self.marks[post.pk] = marks_of(wanted)["text"]
        return Relinked(wanted, *made)

    def keep(self) -> None:
        """Remember what was written, so that it counts as the importer's own."""
        revisions = dict(Post.everything.filter(pk__in=self.marks).values_list("pk", "revision"))
        written = [row for row in self.settled if row.post_id in self.marks]
        for row in written:
            row.marks = row.marks | {"text": [self.marks[row.post_id or 0]]}
            row.revision, row.updated_at = revisions[row.post_id or 0], timezone.now()
        ImportedEntry.objects.bulk_update(written, ["marks", "revision", "updated_at"], batch_size=CHUNK)


def with_links(
    post: Post,
    content: Content,
    row: ImportedEntry,
    links: Mapping[str, Sequence[str]],
    targets: Mapping[str, Sequence[Target]],
) -> tuple[Content | None, dict[str, tuple[str, int]]]:
    """What a post says with its links led here, None where that is nothing new; where each leads and how often it stands there.
    A text that an editor changed is theirs."""
    counted: dict[str, tuple[str, int]] = {}
    if post.trashed_at is not None or "text" in edited_fields(content, row.marks):
        return None, counted

    def lead(address: str) -> str | None:
        target = chosen(links.get(address, ()), targets, row.source_id)
        leads = address_at(target, address, links[address], post) if target else None
        if leads is not None:
            counted[address] = leads, counted.get(address, ("", 0))[1] + 1
        return leads

    body = led(content.body, content.body_format, lead)
    return (None if body == content.body else replace(content, body=body)), counted


def renewed(
    row: ImportedEntry, links: Mapping[str, Sequence[str]], targets: Mapping[str, Sequence[Target]]
) -> bool:
    """Write one post's links and render it again."""
    post = Post.everything.select_for_update().filter(pk=row.post_id or 0).first()
    if post is None:
        return False
    wanted, _ = with_links(post, Content.of(post), row, links, targets)
    if wanted is None:
        return False
    written = publishing.update_imported(post.pk, prepare(wanted), updated_at=post.updated_at, reason=REASON)
    row.marks = row.marks | {"text": [marks_of(wanted)["text"]]}
    row.revision, row.updated_at = written.revision, timezone.now()
    row.save(update_fields=["marks", "revision", "updated_at"])
    return True


def chosen(
    forms: Iterable[str], targets: Mapping[str, Sequence[Target]], source: int
) -> tuple[str, Target] | None:
    """The target of the closest form: of the same source first, of another only where the address is that source's own."""
    for form in forms:
        among = targets.get(form, ())
        for target in (
            *(one for one in among if one.source == source),
            *(one for one in among if one.believed),
        ):
            return form, target
    return None


def address_at(found: tuple[str, Target], address: str, forms: Sequence[str], post: Post) -> str | None:
    """Where the link leads from now on. The fragment goes with it, unless it was a part of the entry's own address."""
    form, target = found
    if not target.public and post.is_public:
        return None
    if address.partition("#")[0] == target.path:
        return None
    fragment = "" if "#" in form else normalised(address)[1]
    anchor = f"#{prefixed(unquote(fragment))}" if fragment else ""
    return (anchor or target.path) if target.post == post.pk else target.path + anchor
