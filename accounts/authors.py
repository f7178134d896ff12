"""authors: names become Authors, by spelling and e-mail; never a login."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Sequence

from django.db import transaction

from accounts.models import Author, AuthorAlias, User
from accounts.slugs import allocate, slug_of

NAME_LENGTH = 200


def name_key(name: str) -> str:
    """The spelling under which a name is looked up: compatibility-normalised, white space folded, case folded."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())[:250]


def _taken(slugs: Collection[str]) -> set[str]:
    return set(Author.objects.filter(slug__in=slugs).values_list("slug", flat=True))


@transaction.atomic
def make_author(name: str, *, email: str = "", website: str = "") -> Author:
    """A new Author under this name, with its spelling remembered where no other author has it."""
    name = " ".join(name.split())[:NAME_LENGTH]
    author = Author.objects.create(
        name=name, slug=allocate([slug_of(name)], _taken)[0], email=email, website=website
    )
    AuthorAlias.objects.get_or_create(key=name_key(name), defaults={"author": author})
    return author


def find_authors(names: Sequence[str]) -> dict[str, Author]:
    """Those of these names that are known, by `name_key`; one query."""
    keys = {name_key(name) for name in names}
    found = AuthorAlias.objects.filter(key__in=keys).select_related("author")
    return {alias.key: alias.author for alias in found}


def find_or_make(people: Iterable[tuple[str, str]]) -> dict[str, Author]:
    """Authors for (name, e-mail) pairs, by `name_key`; made where neither spelling nor e-mail is known."""
    wanted = {name_key(name): (name, email) for name, email in people if name_key(name)}
    known = find_authors([name for name, _ in wanted.values()])
    emails = {email.casefold() for key, (_, email) in wanted.items() if email and key not in known}
    by_email = {a.email.casefold(): a for a in Author.objects.filter(email__in=emails)} if emails else {}
    for key, (name, email) in wanted.items():
        if key in known:
            continue
        known[key] = (
            by_email.get(email.casefold()) or make_author(name, email=email) if email else make_author(name)
        )
    return known


def own_author(user: User) -> Author | None:
    """The author that readers know the user by, made from the full name where there is none yet.

    None where the user has no full name: readers never see the name that someone signs in with.
    """
    known = Author.objects.filter(user=user).first()
    name = user.get_full_name().strip()
    if known is not None or not name:
        return known
    with transaction.atomic():
        author = make_author(name)
        author.user = user
        author.save(update_fields=["user"])
    return author
