"""factories: people, posts, pages and tags for tests, made through the same doors that the product uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any, cast

import factory
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.authors import find_or_make, make_author
from accounts.models import Author, User
from blog import publishing, taxonomy
from blog.content import BylineSpec, Content, Prepared, prepare
from blog.models import Page, Post, Series, SiteState, Tag
from blog.writing import new_post

PASSWORD = "a long pass phrase"  # every user made here signs in with it
_CONTENT = {field.name for field in fields(Content)}


class UserFactory(factory.django.DjangoModelFactory):  # type: ignore[misc]  # factory-boy ships no types
    """`UserFactory(role="editor")`: a user of that role who may enter the desk; no role, no entry.

    `author=True` links an Author of the user's own (named by `name=` or the user name), or pass an Author.
    """

    class Meta:
        model = User

    username = factory.Sequence(lambda number: f"user-{number}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **given: Any) -> User:
        role, author = given.pop("role", None), given.pop("author", None)
        name = given.pop("name", given["username"])
        given.setdefault("is_staff", role is not None)
        user = model_class.objects.create_user(password=given.pop("password", PASSWORD), **given)
        if role:
            user.groups.add(Group.objects.get(name=role))
        if author is True:
            author = make_author(name)
        if author:
            author.user = user
            author.save()
        return user


class AuthorFactory(factory.django.DjangoModelFactory):  # type: ignore[misc]
    """Who readers see; no login unless `user=` is given."""

    class Meta:
        model = Author

    name = factory.Sequence(lambda number: f"Writer Number {number}")

    @classmethod
    def _create(cls, model_class: type[Author], *args: Any, **given: Any) -> Author:
        author = make_author(given.pop("name"), email=given.pop("email", ""))
        if given:
            for name, value in given.items():
                setattr(author, name, value)
            taxonomy.save_author(author)
        return author


class TagFactory(factory.django.DjangoModelFactory):  # type: ignore[misc]
    """A tag on no post yet; `PostFactory(tags=[tag.name])` puts it on one."""

    class Meta:
        model = Tag

    name = factory.Sequence(lambda number: f"Subject {number}")

    @classmethod
    def _create(cls, model_class: type[Tag], *args: Any, **given: Any) -> Tag:
        return taxonomy.save_tag(model_class(**given))


class SeriesFactory(factory.django.DjangoModelFactory):  # type: ignore[misc]
    class Meta:
        model = Series

    title = factory.Sequence(lambda number: f"Series {number}")

    @classmethod
    def _create(cls, model_class: type[Series], *args: Any, **given: Any) -> Series:
        return taxonomy.save_series(model_class(**given))


def the_site_stands() -> None:
    """The row that a migration made; a test with real transactions empties every table behind itself."""
    SiteState.objects.get_or_create(pk=1)


def _content(given: dict[str, Any]) -> Content:
    """Take the content out of what the caller gave; authors are Authors, names, (Author, part) pairs or ids."""
    authors: Iterable[Any] = given.pop("authors", ())
    series = given.get("series")
    if isinstance(series, Series):
        given["series"] = series.pk
    if hasattr(given.get("cover"), "pk"):
        given["cover"] = given["cover"].pk
    given.setdefault("bylines", tuple(_byline(author) for author in authors))
    given["tags"] = tuple(getattr(tag, "name", tag) for tag in given.get("tags", ()))
    return Content(**{name: given.pop(name) for name in list(given) if name in _CONTENT})


def _byline(author: Any) -> BylineSpec:
    if isinstance(author, BylineSpec):
        return author
    who, part = author if isinstance(author, tuple) else (author, "author")
    if isinstance(who, str):
        (who,) = find_or_make([(who, "")]).values()
    return BylineSpec(who if isinstance(who, int) else who.pk, part)


def _moment(value: Any) -> Any:
    """Moments may be written: "2026-05-07T12:00:00Z"."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value


class PostFactory(factory.django.DjangoModelFactory):  # type: ignore[misc]
    """A published post of a minute ago; `status="draft"`, `published_at=`, `withdraw_at=`, `trashed_at=` … stand it elsewhere.

    What an editor writes is given by the names of `Content`; people by `authors=[author, "A Name", (author, "editor")]`.
    """

    class Meta:
        model = Post

    title = factory.Sequence(lambda number: f"Post number {number}")
    body = factory.LazyAttribute(lambda post: f"The first paragraph of the text “{post.title}”, long enough.")

    @classmethod
    def _create(cls, model_class: type[Post], *args: Any, **given: Any) -> Post:
        the_site_stands()
        user = given.pop("user", None)
        prepared = prepare(_content(given))
        given = {name: _moment(value) if name.endswith("_at") else value for name, value in given.items()}
        given.setdefault("status", "published")
        if given["status"] in ("published", "withdrawn"):
            given.setdefault("published_at", timezone.now() - timedelta(minutes=1))
        kind = "page" if model_class is Page else "post"
        post = new_post(prepared, kind=kind, user=user, **given)
        return publishing.create_many([(post, prepared)], user)[0]


class PageFactory(PostFactory):
    """A published page: About, Imprint."""

    class Meta:
        model = Page

    title = factory.Sequence(lambda number: f"Page number {number}")


def many_posts(
    number: int,
    *,
    authors: Sequence[Author] = (),
    tags: Sequence[str] = (),
    change: Callable[[int, Content], Content] | None = None,
) -> None:
    """`number` published posts an hour apart, the newest an hour old; one body rendered once. `change` varies the content."""
    the_site_stands()
    bylines = tuple(BylineSpec(author.pk) for author in authors)
    base = prepare(Content("Post", body="A paragraph of a text.", bylines=bylines, tags=tuple(tags)))
    now = timezone.now()
    rows: list[tuple[Post, Prepared]] = []
    for count in range(1, number + 1):
        content = replace(base.content, title=f"Post {count} of many")
        content = change(count, content) if change else content
        prepared = replace(base, content=content)
        moment = now - timedelta(hours=count)
        post = new_post(
            prepared, kind="post", user=None, status="published", published_at=moment, updated_at=moment
        )
        rows.append((post, prepared))
    for start in range(0, number, 500):
        publishing.create_many(rows[start : start + 500], None)


def a_post(**given: Any) -> Post:
    """PostFactory with its type told."""
    return cast(Post, PostFactory(**given))


def an_author(**given: Any) -> Author:
    """AuthorFactory with its type told."""
    return cast(Author, AuthorFactory(**given))


def a_user(**given: Any) -> User:
    """UserFactory with its type told."""
    return cast(User, UserFactory(**given))


def a_series(**given: Any) -> Series:
    """SeriesFactory with its type told."""
    return cast(Series, SeriesFactory(**given))
