"""test_guests: whoever may add authors adds one with the post; a name that nobody knows is never added by mistake."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from accounts.models import Author, User
from blog import taxonomy
from blog.content import BylineSpec, Content, Guest
from blog.errors import NotAllowed
from blog.models import Deed, Post
from tests.blog.desk.filling import change, form_of
from tests.factories import a_post, a_user, an_author

pytestmark = pytest.mark.django_db


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def save(client: Client, post: Post, *names: str, **given: str) -> str:
    data = form_of(client, change(post))
    data = {name: value for name, value in data.items() if not name.startswith("byline_rows-")}
    for number, name in enumerate(names):
        stem = f"byline_rows-{number}"
        data |= {f"{stem}-author": name, f"{stem}-part": "author", f"{stem}-place": str(number + 1)}
    return client.post(change(post), data | {"_continue": "1"} | given, follow=True).content.decode()


def on_it(post: Post) -> list[str]:
    return [byline.author.name for byline in post.bylines.select_related("author")]


def test_a_guest_is_added_where_it_is_asked_for(db: None) -> None:
    known = an_author(name="Anna Petrova")
    post = a_post(status="draft", authors=[known])
    save(as_(a_user(role="editor")), post, "New Guest", "anna petrova", **{"byline_rows-guests": "on"})
    assert on_it(post) == ["New Guest", "Anna Petrova"]
    guest = Author.objects.get(name="New Guest")
    assert guest.user is None
    assert [(deed.verb, deed.title) for deed in Deed.objects.filter(what="author")] == [
        ("add_author", "New Guest")
    ]


def test_without_asking_nobody_is_added(db: None) -> None:
    post = a_post(status="draft")
    page = save(as_(a_user(role="editor")), post, "New Guset")
    assert "There is no author “New Guset”. Choose one of the list, or tick" in page
    assert not Author.objects.filter(name="New Guset").exists()


def test_whose_role_adds_no_authors_adds_none(db: None) -> None:
    user = a_user(role="author")
    post = a_post(status="draft", user=user)
    page = save(as_(user), post, "New Guest", **{"byline_rows-guests": "on"})
    assert (
        "There is no author “New Guest”. Choose one of the list, or ask an editor to add the author." in page
    )
    assert "byline_rows-guests" not in page
    assert not Author.objects.filter(name="New Guest").exists()
    with pytest.raises(NotAllowed, match="You may not add authors. Ask an editor."):
        taxonomy.with_guests([Guest("New Guest")], user)


def test_one_guest_named_twice_is_one_author(db: None) -> None:
    user = a_user(role="editor")
    specs = taxonomy.with_guests([Guest("New Guest"), Guest("new  guest", "translator")], user)
    assert {spec.author for spec in specs} == {Author.objects.get(name="New Guest").pk}
    assert [spec.part for spec in specs] == ["author", "translator"]


def test_known_bylines_stay_as_they_are(db: None) -> None:
    author = an_author()
    post = a_post(status="draft", authors=[author])
    content = replace(Content.of(post), title="Other")
    assert taxonomy.with_guests(content.bylines, a_user(role="contributor")) == (BylineSpec(author.pk),)
