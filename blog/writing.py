"""writing: the steps that publishing's verbs are made of; rows, revisions, search, generation, signals."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from accounts.models import Author
from accounts.slugs import allocate, slug_of
from blog import approvals, comments, deeds, links, showings, tagging
from blog.addresses import web_address
from blog.content import PLAIN, BylineSpec, Content, Prepared
from blog.models import Byline, Image, Post, Revision, SearchDocument, Series, SiteState
from blog.permissions import Actor
from blog.search.writing import write_documents
from blog.signals import posts_left, posts_published


@dataclass
class _Pending:
    """What a transaction has to tell at its end."""

    changed: bool = False
    published: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)


_pending: ContextVar[_Pending | None] = ContextVar("pending", default=None)


@contextmanager
def one_transaction() -> Iterator[None]:
    """One transaction, one step of the generation as its last statement, signals after its commit. Nested ones join the outer."""
    if _pending.get() is not None:
        with transaction.atomic():
            yield
        return
    pending = _Pending()
    token = _pending.set(pending)
    try:
        with transaction.atomic():
            yield
            if pending.changed:
                SiteState.objects.filter(pk=1).update(
                    generation=F("generation") + 1, changed_at=timezone.now()
                )
            if pending.published:
                ids = tuple(pending.published)
                transaction.on_commit(lambda: posts_published.send_robust(sender=Post, post_ids=ids))
            if pending.left:
                gone = tuple(pending.left)
                transaction.on_commit(lambda: posts_left.send_robust(sender=Post, post_ids=gone))
    finally:
        _pending.reset(token)


def pages_changed() -> None:
    """Something that public pages show has changed: kept pages are old from the commit on."""
    pending = _pending.get()
    if pending is None:
        raise RuntimeError("pages_changed() stands inside one_transaction()")
    pending.changed = True


def announce(post: Post, *, was_public: bool) -> None:
    pending = _pending.get()
    if pending is None:
        raise RuntimeError("announce() stands inside one_transaction()")
    # A scheduled or withdrawn-later post flips by its moment; its other changes must not wait for that moment.
    if was_public or post.status == Post.Status.PUBLISHED:
        pending.changed = True
    if post.is_public and not was_public:
        pending.published.append(post.pk)
    if was_public and not post.is_public:
        pending.left.append(post.pk)


def free_slugs(kind: str, stems: Sequence[str]) -> list[str]:
    def taken(slugs: Collection[str]) -> set[str]:
        used = set(Post.rows.filter(kind=kind, slug__in=slugs).values_list("slug", flat=True))
        return used | links.redirected_slugs(kind, slugs)

    return allocate(stems, taken)


def new_uid(kind: str) -> str:
    """A tag: URI (RFC 4151) made once and stored, so that a new SITE_URL changes no id in a feed."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"tag:{host},{date.today():%Y-%m-%d}:{kind}/{uuid.uuid4()}"


def _stem(content: Content) -> str:
    return slug_of(content.slug or content.title)


def columns(prepared: Prepared) -> dict[str, Any]:
    """The columns that content and rendering fill, without the slug."""
    content, rendered = prepared.content, prepared.rendered
    plain = {name: getattr(content, name) for name in PLAIN if name != "slug"}
    plain |= {name: web_address(plain[name]) for name in ("cover_url", "origin_url", "canonical_url")}
    return plain | {
        "language": content.language or settings.LANGUAGE_CODE,
        "body_format": content.body_format,
        "series_id": content.series,
        "cover_id": content.cover,
        "html": rendered.html,
        "feed_html": rendered.feed_html,
        "outline": [[heading.level, heading.id, heading.text] for heading in rendered.outline],
        "own_contents": rendered.own_contents,
        "excerpt": rendered.excerpt,
        "words": rendered.words,
    }


def new_post(prepared: Prepared, *, kind: str, user: Actor, **stands: Any) -> Post:
    """An unsaved Post; `stands` gives status, published_at, dated, updated_at, uid where they are known."""
    stands.setdefault("uid", new_uid(kind))
    return Post(
        kind=kind, created_by=user, slug=_stem(prepared.content), revision=1, **columns(prepared), **stands
    )


def insert_posts(
    posts: Sequence[Post], prepared: Sequence[Prepared], user: Actor, *, reason: str
) -> list[Post]:
    """Insert new posts with bylines, tags, revisions and search documents, in bulk."""
    for kind in {post.kind for post in posts}:
        of_kind = [post for post in posts if post.kind == kind]
        for post, slug in zip(of_kind, free_slugs(kind, [post.slug for post in of_kind]), strict=True):
            post.slug = slug
    made = Post.everything.bulk_create(posts)
    contents = {post.pk: item.content for post, item in zip(made, prepared, strict=True)}
    Byline.objects.bulk_create(row for post in made for row in new_bylines(post, contents[post.pk].bylines))
    tagging.write_taggings({pk: content.tags for pk, content in contents.items()}, fresh=True)
    Revision.objects.bulk_create(
        Revision(post=post, number=1, user=user, reason=reason, state=state_of(post, contents[post.pk]))
        for post in made
    )
    showings.note(
        {post.pk: item.rendered.shown for post, item in zip(made, prepared, strict=True)}, fresh=True
    )
    names = _author_names(content.bylines for content in contents.values())
    write_documents(
        [
            _document(
                post,
                [names[b.author] for b in contents[post.pk].bylines],
                contents[post.pk].tags,
                item.rendered.text,
            )
            for post, item in zip(made, prepared, strict=True)
        ]
    )
    for post in made:
        announce(post, was_public=False)
    return made


def write_content(post: Post, prepared: Prepared, standing: Content) -> None:
    """Put content on a locked, loaded post; the caller saves the row after the revision."""
    content = prepared.content
    shows_other = (
        prepared.rendered.html != post.html
    )  # another spelling of the same page is no news to readers
    for name, value in columns(prepared).items():
        setattr(post, name, value)
    _forget_what_is_gone(post)
    if content.slug and content.slug != post.slug:
        _move(post, content.slug)
    words = (content.title, content.summary) != (standing.title, standing.summary)
    if words or (content.body != standing.body and shows_other):
        post.updated_at = timezone.now()
    if content.bylines != standing.bylines:
        Byline.objects.filter(post=post).delete()
        known = set(
            Author.objects.filter(pk__in=[b.author for b in content.bylines]).values_list("pk", flat=True)
        )
        Byline.objects.bulk_create(new_bylines(post, [b for b in content.bylines if b.author in known]))
    if content.tags != standing.tags:
        tagging.write_taggings({post.pk: content.tags})
    showings.note({post.pk: prepared.rendered.shown})
    post._prefetched_objects_cache = {}  # type: ignore[attr-defined]  # bylines and tags were written past it
    write_search([post], texts={post.pk: prepared.rendered.text})


def _move(post: Post, wanted: str) -> None:
    """Change the slug; the old address redirects. An address the post itself once had may come back."""
    old = post.slug
    stem = slug_of(wanted)
    if post.redirects.filter(path=links.path_of(post.kind, stem)).exists():
        post.slug = stem
    else:
        post.slug = free_slugs(post.kind, [stem])[0]
    links.leave_redirect(post, old)


def _forget_what_is_gone(post: Post) -> None:
    """An old revision may name a series or cover that was deleted since."""
    if post.series_id and not Series.objects.filter(pk=post.series_id).exists():
        post.series_id = None
    if post.cover_id and not Image.objects.filter(pk=post.cover_id).exists():
        post.cover_id = None


def new_bylines(post: Post, specs: Sequence[BylineSpec]) -> list[Byline]:
    unique = dict.fromkeys((spec.author, spec.part) for spec in specs)
    return [
        Byline(post=post, author_id=author, part=part, position=n) for n, (author, part) in enumerate(unique)
    ]


def _author_names(bylines: Any) -> dict[int, str]:
    ids = {spec.author for specs in bylines for spec in specs}
    return dict(Author.objects.filter(pk__in=ids).values_list("pk", "name"))


def state_of(post: Post, content: Content) -> dict[str, Any]:
    """What a revision keeps: the whole content as it was written, and where the post stood."""
    moments = {name: getattr(post, name) for name in ("published_at", "withdraw_at", "trashed_at")}
    stands = {name: moment.isoformat() if moment else None for name, moment in moments.items()}
    return content.as_state() | {"slug": post.slug, "language": post.language, "status": post.status} | stands


def record_revision(
    post: Post,
    content: Content,
    user: Actor,
    reason: str,
    *,
    proposed: bool = False,
    working: bool = False,
    why: str = "",
    correction: str = "",
    verb: str = "save",
    was: str | None = None,
    note: str | None = None,
) -> Revision:
    """Append a revision; unless it is only proposed or worked on, the (locked) post's columns show it from now on.

    The log says it under `verb`, with the status the post had as `was` (None: the same) and the whole `note` (None: the
    reason); an empty verb keeps what imports do in bulk out of it. An approval is lifted by another's change.
    """
    last = Revision.objects.filter(post=post).aggregate(last=Max("number"))["last"] or 0
    revision = Revision.objects.create(
        post=post,
        number=last + 1,
        user=user,
        reason=reason[:200],
        why=why[:300],
        correction=correction[:500],
        proposed=proposed,
        working=working,
        state=state_of(post, content) | (_wanted(content) if working else {}),
    )
    if not proposed:
        comments.follow(post, content)
    if proposed or working:
        return revision
    post.revision = revision.number
    if verb:
        deeds.record(
            verb,
            user,
            post=post,
            was=post.status if was is None else was,
            note=reason if note is None else note,
        )
    approvals.follow(post, content, user)
    return revision


def _wanted(content: Content) -> dict[str, str]:
    """What the post does not have yet, where it is asked for."""
    return {name: value for name in ("slug", "language") if (value := str(getattr(content, name)))}


def corrected(post: Post, correction: str, at: datetime) -> list[list[str]]:
    """The post's public log of corrections, with one more where there is one to tell of."""
    told = [list(entry) for entry in post.corrections]
    return [*told, [at.isoformat(), correction[:500]]] if correction else told


def _document(post: Post, names: Sequence[str], tags: Sequence[str], text: str) -> SearchDocument:
    return SearchDocument(
        post=post, title=post.title, names=", ".join(names), tags=", ".join(tags), text=text
    )


def write_search(posts: Sequence[Post], *, texts: dict[int, str] | None = None) -> None:
    """Documents of saved posts; `texts` where the plain text was just made, else the one already kept is used."""
    kept = texts or dict(
        SearchDocument.objects.filter(post__in=[post.pk for post in posts]).values_list("post_id", "text")
    )
    write_documents(
        [
            _document(
                post,
                [byline.author.name for byline in post.bylines.select_related("author")],
                [tagging_.spelling for tagging_ in post.taggings.all()],
                kept.get(post.pk, ""),
            )
            for post in posts
        ]
    )
