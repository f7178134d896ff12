"""test_library: a stored picture's words, file and end: who may, what follows in the posts, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from blog import changes, images, library, publishing
from blog.content import Content, rendered
from blog.errors import NotAllowed, NotPossible
from blog.models import FormerFile, Image, Post, Revision, SiteState
from tests.blog.images.pictures import file, kept, photo
from tests.factories import UserFactory, a_post

pytestmark = pytest.mark.django_db


def another(size: tuple[int, int] = (1000, 1000)) -> Any:
    return ContentFile(file(photo(size), "JPEG").read(), "better.jpg")


def fresh(post: Post) -> Post:
    return Post.everything.get(pk=post.pk)


# -- words -----------------------------------------------------------------------------------------


def test_words_reach_the_pages_that_lean_on_them(media_root: Path) -> None:
    image = kept(user=(user := UserFactory(role="author")))
    before = SiteState.objects.get(pk=1).generation
    library.say_alt(image.pk, user, "  A wide \n field ")
    assert Image.objects.get().alt == "A wide field"
    library.say_alt(image.pk, user, "whatever", decorative=True)
    assert (Image.objects.get().alt, Image.objects.get().decorative) == ("", True)
    assert SiteState.objects.get(pk=1).generation == before + 2


def test_another_s_picture_keeps_its_words(media_root: Path) -> None:
    image = kept(alt="Theirs", user=UserFactory(role="author"))
    with pytest.raises(NotAllowed, match="The picture “Theirs” is not yours to change. Ask an editor."):
        library.say_alt(image.pk, UserFactory(role="author"), "Mine")
    library.say_alt(image.pk, UserFactory(role="editor"), "Better")
    assert Image.objects.get().alt == "Better"


def test_words_are_written_into_the_texts_that_say_nothing(media_root: Path) -> None:
    user = UserFactory(role="author")
    image = kept(user=user, alt="A field")
    empty = a_post(body=f"![]({image.file.url})", user=user)
    said = a_post(body=f"![Mine]({image.file.url})", user=user)
    others = a_post(body=f"![]({image.file.url})")
    mended = library.mend_alts(image.pk, user)
    assert [post.pk for post in mended.done] == [empty.pk]
    assert [post.pk for post in mended.left] == [others.pk]
    assert fresh(empty).body == f"![A field]({image.file.url})"
    assert 'alt="A field"' in fresh(empty).html
    assert (fresh(said).revision, fresh(others).revision) == (1, 1)
    assert Revision.objects.get(post=empty, number=2).reason == "alt text written"


def test_no_words_no_mending(media_root: Path) -> None:
    with pytest.raises(NotPossible, match="Say first what the picture shows."):
        library.mend_alts(kept().pk, None)


# -- the file --------------------------------------------------------------------------------------


def test_another_file_stands_in_every_place_of_the_old_one(
    media_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    image = kept((1400, 700), alt="A field")
    old = str(image.file.name)
    post = a_post(body=f"Before\n\n![A field]({image.file.url})\n\nafter", cover=image)
    with django_capture_on_commit_callbacks(execute=True):
        image = library.replace_file(image.pk, another(), None)
    assert (image.width, image.height, image.original_name, image.alt) == (
        1000,
        1000,
        "better.jpg",
        "A field",
    )
    assert fresh(post).body == f"Before\n\n![A field]({image.file.url})\n\nafter"
    assert f'src="{image.file.url}"' in fresh(post).html
    assert fresh(post).cover_id == image.pk
    names = {path.name for path in media_root.rglob("*") if path.is_file()}
    assert Path(old).name not in names
    assert len(names) == 1 + len(image.widths or ())


def test_an_older_state_of_a_text_finds_the_new_file(media_root: Path) -> None:
    image = kept()
    post = a_post(body=f"![A field]({image.file.url})")
    new = library.replace_file(image.pk, another(), None)
    publishing.revert(post.pk, 1, None)
    assert image.file.url in fresh(post).body
    assert f'src="{new.file.url}"' in fresh(post).html
    twice = library.replace_file(image.pk, another((900, 900)), None)
    assert f'src="{twice.file.url}"' in rendered(fresh(post).body, "markdown").html
    assert FormerFile.objects.count() == 2


def test_a_file_stays_where_others_posts_show_it(media_root: Path) -> None:
    user = UserFactory(role="author")
    image = kept(user=user)
    a_post(body=f"![]({image.file.url})")
    sentence = "The picture stands in 1 post that you may not edit, so its file stays. Ask an editor."
    with pytest.raises(NotAllowed, match=sentence):
        library.replace_file(image.pk, another(), user)
    assert Image.objects.get().sha256 == image.sha256


def test_what_waits_to_be_published_shows_the_new_file_too(media_root: Path) -> None:
    image = kept()
    user = UserFactory(role="editor")
    said = f"One.\n\n![A field]({image.file.url})\n\nBetween.\n\nTwo."
    post = a_post(body=said)
    later = replace(Content.of(fresh(post)), body=said.replace("Two.", "Two and three."))
    changes.save(post.pk, later, user, base=1)
    changes.schedule(post.pk, user, timezone.now() + timedelta(hours=1))
    new = library.replace_file(image.pk, another(), user)
    successor = Post.rows.get(successor_of=post)
    for row in (fresh(post), successor):
        assert f'src="{new.file.url}"' in row.html
        assert str(image.file.name) not in row.body
    assert "Two and three." in successor.body


def test_a_refused_file_leaves_nothing_on_the_disk(media_root: Path) -> None:
    user = UserFactory(role="author")
    image = kept(user=user)
    a_post(body=f"![]({image.file.url})")
    before = {path.name for path in media_root.rglob("*") if path.is_file()}
    with pytest.raises(NotAllowed):
        library.replace_file(image.pk, another(), user)
    assert {path.name for path in media_root.rglob("*") if path.is_file()} == before


def test_a_file_that_is_here_already_replaces_nothing(media_root: Path) -> None:
    data = file(photo((50, 50)), "PNG").read()
    image = kept()
    images.store(BytesIO(data), None, "Known")
    with pytest.raises(NotPossible, match="This file is in the library already, as “Known”."):
        library.replace_file(image.pk, BytesIO(data), None)


# -- the end ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["text", "cover"])
def test_what_is_shown_stays(media_root: Path, where: str) -> None:
    image = kept()
    a_post(cover=image) if where == "cover" else a_post(body=f"![]({image.file.url})")
    with pytest.raises(
        NotPossible, match="The picture is used in 1 place, so it stays. Take it out there first."
    ):
        library.remove(image.pk, UserFactory(role="editor"))
    assert Image.objects.exists()


def test_an_author_deletes_no_picture_an_editor_what_nothing_shows(
    media_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    user = UserFactory(role="author")
    image = kept(user=user)
    with pytest.raises(NotAllowed, match="You may not delete pictures. Ask an editor."):
        library.remove(image.pk, user)
    with django_capture_on_commit_callbacks(execute=True):
        library.remove(image.pk, UserFactory(role="editor"))
    assert not [path for path in media_root.rglob("*") if path.is_file()]
    with pytest.raises(NotPossible, match="This picture is not there any more: someone deleted it."):
        library.remove(image.pk, None)
