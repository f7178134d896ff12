"""links: redirects from old addresses; an address that redirects is never given to another post."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils import timezone

from blog.addresses import web_address
from blog.formerways import candidates, usual_page
from blog.models import Post, Redirect
from blog.querysets import is_public

AT_ONCE = 5000  # values in one question: a database takes only so many


def path_of(kind: str, slug: str) -> str:
    return reverse("page" if kind == Post.Kind.PAGE else "post", args=[slug])


def leave_redirect(post: Post, old_slug: str) -> None:
    """The post's old address leads to it from now on; its new one leads nowhere else."""
    Redirect.objects.filter(path=path_of(post.kind, post.slug), post=post).delete()
    Redirect.objects.update_or_create(
        path=path_of(post.kind, old_slug), defaults={"post": post, "address": ""}
    )


def lead_from(targets: Mapping[str, int] | Mapping[str, str], *, posts: bool = False) -> None:
    """Lead old paths to our addresses, or with `posts` to posts by id. What leads somewhere already, and an address that
    is a post's own, stays as it is."""
    slugs = sorted({path.strip("/").rpartition("/")[2] for path in targets})
    own: set[str] = set()
    for start in range(0, len(slugs), AT_ONCE):
        standing = Post.rows.filter(slug__in=slugs[start : start + AT_ONCE]).values_list("kind", "slug")
        own |= {path_of(kind, slug) for kind, slug in standing}
    Redirect.objects.bulk_create(
        (
            Redirect(path=path, post_id=target) if posts else Redirect(path=path, address=target)
            for path, target in targets.items()
            if path not in own and path != target
        ),
        ignore_conflicts=True,
        batch_size=500,
    )


def redirected_slugs(kind: str, slugs: Collection[str]) -> set[str]:
    """Those of these slugs whose addresses redirect."""
    before, after = path_of(kind, "slug").split(
        "slug"
    )  # asked once: an import comes with slugs by the thousand
    slug_by_path = {f"{before}{slug}{after}": slug for slug in slugs}
    found = Redirect.objects.filter(path__in=slug_by_path).values_list("path", flat=True)
    return {slug_by_path[path] for path in found}


def follow(asked: str) -> str | None:
    """Where an old address (path, with query where there is one) leads now; None where it never was one, or its post is not public."""
    ways = candidates(asked)
    found = {row.path: row for row in Redirect.objects.filter(path__in=ways).select_related("post")}
    targets = (_target(found[way]) for way in ways if way in found)
    return next(filter(None, targets), None) or _replaced(asked) or usual_page(asked)


def _replaced(asked: str) -> str | None:
    """The address that a post has had since its scheduled changes appeared, while it still holds its old one."""
    where, _, name = asked.split("?")[0].strip("/").partition("/")
    kind = {"posts": Post.Kind.POST, "pages": Post.Kind.PAGE}.get(where)
    slug = name.removesuffix(".md")
    if kind is None or not slug or "/" in slug or len(slug) > 200:
        return None
    coming = Post.rows.filter(is_public(timezone.now()), kind=kind, successor_of__slug=slug).first()
    if coming is None:
        return None
    if name.endswith(".md") and kind == Post.Kind.POST:
        return reverse("post-source", args=[coming.slug])
    return coming.get_absolute_url()


def _target(redirect: Redirect) -> str | None:
    if redirect.post is not None:
        address = redirect.post.get_absolute_url() if redirect.post.is_public else None
        return (redirect.post.replaced_at and address and _replaced(address)) or address
    return _usable(redirect.address)


def _usable(address: str) -> str | None:
    """A path of this site, or an address of the web; a browser takes `//` and `/\\` for another site."""
    if address.startswith("/"):
        return address if not address.startswith(("//", "/\\")) else None
    return web_address(address) or None
