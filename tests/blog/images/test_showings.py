"""test_showings: which posts show a picture is noted by the verbs, whatever is done to the text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from blog import publishing, showings
from blog.content import Content
from blog.models import Image, Post, Showing, UnsavedText
from tests.blog.images.pictures import kept
from tests.factories import UserFactory, a_post, an_author

pytestmark = pytest.mark.django_db


def noted(image: Image) -> list[str]:
    return sorted(Showing.objects.filter(image=image).values_list("post__title", flat=True))


def write(post: Post, **changes: Any) -> Post:
    return publishing.save(post.pk, replace(Content.of(post), **changes), None)


def test_it_follows_the_text(media_root: Path) -> None:
    one, two = kept(), kept()
    shown = f'![]({one.file.url}) <img src="{two.file.url}">'
    post = a_post(title="First", body=shown)
    other = a_post(title="Second", body=f"![]({one.file.url})")
    assert (noted(one), noted(two)) == (["First", "Second"], ["First"])
    post = write(post, body="nothing")
    assert (noted(one), noted(two)) == (["Second"], [])
    publishing.revert(post.pk, 1, None)
    assert noted(two) == ["First"]
    publishing.trash(other.pk, None)
    publishing.purge(other.pk, None)
    assert noted(one) == ["First"]


def test_rendering_again_notes_what_was_written_before_there_were_notes(media_root: Path) -> None:
    image = kept()
    post = a_post(title="First", body=f"![]({image.file.url})")
    Showing.objects.all().delete()
    publishing.render_again(post.pk)
    assert noted(image) == ["First"]


def test_everything_that_shows_it_is_found(media_root: Path) -> None:
    image = kept()
    name = str(image.file.name)
    text, cover = a_post(body=f"![]({image.file.url})"), a_post(cover=image)
    trashed = a_post(body=f"![]({image.file.url})")
    publishing.trash(trashed.pk, None)
    author = an_author()
    type(author).objects.filter(pk=author.pk).update(picture=name)
    quiet = a_post()
    publishing.propose(
        quiet.pk, replace(Content.of(quiet), body=f"![]({image.file.url})"), None, reason="newer"
    )
    publishing.propose(quiet.pk, replace(Content.of(quiet), cover=image.pk), None, reason="newer")
    state = [["title", "Unsaved"], ["body", f"![]({image.file.url})"]]
    UnsavedText.objects.create(user=UserFactory(), key="a", kind="post", state=state)
    uses = showings.uses_of(image)
    assert {post.pk for post in uses.in_texts} == {text.pk, trashed.pk}
    assert {post.pk for post in uses.as_cover} == {cover.pk}
    assert [one.pk for one in uses.people] == [author.pk]
    assert (uses.proposals, uses.unsaved, uses.number) == (2, 1, 7)
    assert not showings.uses_of(kept())
