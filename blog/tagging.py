"""tagging: names become tags by their key, in one place; the most-used spelling is the one shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import Count, Min, Q
from django.utils import timezone

from accounts.slugs import allocate, slug_of
from blog.models import Tag, TagAlias, TaggedPost
from blog.models.tag import tag_key
from blog.querysets import is_public

NAME_LENGTH = 100


def clean_name(name: str) -> str:
    """White space folded, a leading hash dropped, cut to what the column takes; empty for what is no name."""
    return " ".join(name.split()).lstrip("#").strip()[:NAME_LENGTH] if tag_key(name) != "#" else ""


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """The names cleaned, one a key, in order."""
    found: dict[str, str] = {}
    for name in map(clean_name, names):
        if name:
            found.setdefault(tag_key(name), name)
    return tuple(found.values())


def _taken(slugs: Collection[str]) -> set[str]:
    return set(Tag.objects.filter(slug__in=slugs).values_list("slug", flat=True))


def known(keys: Collection[str]) -> dict[str, Tag]:
    """The tags that these keys mean, under their own name or one that was merged away. Two queries at most."""
    found = {tag.key: tag for tag in Tag.objects.filter(key__in=keys)} if keys else {}
    if len(found) < len(keys):
        merged = TagAlias.objects.filter(key__in=[key for key in keys if key not in found])
        found |= {alias.key: alias.tag for alias in merged.select_related("tag")}
    return found


def resolve(names: Iterable[str]) -> dict[str, Tag]:
    """Tags for these names by `tag_key`, made where they are missing; a name that was merged away means the tag it was
    merged into. Four queries at most, one when all are known."""
    wanted: dict[str, str] = {}
    for name in distinct(names):
        wanted.setdefault(tag_key(name), name)
    if not wanted:
        return {}
    found = known(wanted)
    missing = [(key, name) for key, name in wanted.items() if key not in found]
    if missing:
        slugs = allocate([slug_of(name, signs=True) for _, name in missing], _taken)
        Tag.objects.bulk_create(
            [Tag(name=name, key=key, slug=slug) for (key, name), slug in zip(missing, slugs, strict=True)],
            ignore_conflicts=True,
        )
        found |= {tag.key: tag for tag in Tag.objects.filter(key__in=[key for key, _ in missing])}
    return found


def write_taggings(tags_by_post: Mapping[int, Sequence[str]], *, fresh: bool = False) -> None:
    """Make each post carry exactly these tags in this order. `fresh`: the posts are new and carry none."""
    tags = resolve(name for names in tags_by_post.values() for name in names)
    carried = {post_id: _one_a_tag(names, tags) for post_id, names in tags_by_post.items()}
    if fresh:
        # More uses of the spelling that is shown leave it the most used one: there is nothing to count.
        touched = {tag.pk for found in carried.values() for tag, name in found if tag.name != name}
    else:
        old = TaggedPost.objects.filter(content_object__in=tags_by_post)
        touched = {tag.pk for tag in tags.values()} | set(old.values_list("tag_id", flat=True))
        old.delete()
    TaggedPost.objects.bulk_create(
        TaggedPost(content_object_id=post_id, tag=tag, position=position, spelling=name)
        for post_id, found in carried.items()
        for position, (tag, name) in enumerate(found)
    )
    if touched:
        show_most_used_spelling(touched)


def _one_a_tag(names: Iterable[str], tags: Mapping[str, Tag]) -> list[tuple[Tag, str]]:
    """The tags that these names mean, each once, in the spelling that came first."""
    found: dict[int, tuple[Tag, str]] = {}
    for name in distinct(names):
        if tag := tags.get(tag_key(name)):
            found.setdefault(tag.pk, (tag, name))
    return list(found.values())


def show_most_used_spelling(tag_ids: Iterable[int]) -> None:
    """Of the spellings that readers can see; those of unpublished posts count where no public one carries the tag.

    Other names that were merged into a tag are no spellings of its name: whoever merged them said which one stays.
    """
    tags = Tag.objects.in_bulk(list(tag_ids))
    shown = Q(content_object__kind="post") & is_public(timezone.now(), "content_object__")
    counted = (
        TaggedPost.objects.filter(tag__in=list(tags))
        .values("tag_id", "spelling")
        .annotate(seen=Count("id", filter=shown), first_seen=Min("id", filter=shown))
        .annotate(uses=Count("id"), first=Min("id"))
        .order_by("tag_id", "-seen", "first_seen", "-uses", "first")
    )
    best: dict[int, str] = {}
    for row in counted:
        if tag_key(row["spelling"]) == tags[row["tag_id"]].key:
            best.setdefault(row["tag_id"], row["spelling"])
    changed = [tags[pk] for pk, name in best.items() if tags[pk].name != name]
    for tag in changed:
        tag.name = best[tag.pk]
    if changed:
        Tag.objects.bulk_update(changed, ["name"])
