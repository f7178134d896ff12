"""test_alt: a picture without words is given them beside the picture itself, or is said to be decorative."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from blog.content import Content
from blog.models import Image, Post
from tests.blog.desk.matrix import a_picture
from tests.factories import a_post
from tests.importer.mending.rows import address, an_editor, listed, only, press, told, undo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_root")]


@pytest.fixture
def picture() -> Image:
    image = a_picture()
    Image.objects.update(alt="")
    return Image.objects.get(pk=image.pk)


def src(image: Image) -> str:
    return str(image.file.url)


def test_it_is_written_into_every_post_that_shows_it(client: Client, picture: Image) -> None:
    first = a_post(body=f"Text.\n\n![IMG_1234.jpg]({src(picture)})")
    second = a_post(body=f'<p>Text</p><img src="{src(picture)}" alt="">', body_format="html")
    want = only("alt")
    assert {post.pk for post in want.posts} == {first.pk, second.pk}
    page = an_editor(client).get(address(), secure=True).content.decode()
    assert f'<img src="{src(picture)}"' in page
    page = press(client, "say", want, alt="A teal square")
    assert "The picture says now what it shows, in 2 posts." in page
    assert 'alt="A teal square"' in Post.objects.get(pk=first.pk).html
    assert 'alt="A teal square"' in Post.objects.get(pk=second.pk).html
    assert told(first) == "said what a picture shows"
    assert first.revisions.latest("number").user is not None
    assert listed("alt") == []


def test_readers_are_not_told_of_an_update(client: Client, picture: Image) -> None:
    before = a_post(body=f"![]({src(picture)})", updated_at="2024-05-07T12:00:00Z").updated_at
    an_editor(client)
    press(client, "say", only("alt"), alt="A teal square")
    assert Post.objects.get().updated_at == before
    undo(client)
    assert Post.objects.get().updated_at == before


def test_undo_brings_the_text_back(client: Client, picture: Image) -> None:
    post = a_post(body=f"![]({src(picture)})")
    an_editor(client)
    press(client, "say", only("alt"), alt="A teal square")
    assert "Taken back." in undo(client)
    assert Post.objects.get().body == post.body
    assert len(listed("alt")) == 1


def test_what_was_edited_since_is_left_by_undo(client: Client, picture: Image) -> None:
    from blog import publishing

    post = a_post(title="Edited", body=f"![]({src(picture)})")
    an_editor(client)
    press(client, "say", only("alt"), alt="A teal square")
    publishing.save(post.pk, Content("Edited", "Another text."), None)
    assert "but for a post that somebody has changed since: “Edited”" in undo(client)
    assert Post.objects.get().body == "Another text."


def test_decorative_takes_a_file_name_away_and_is_remembered(client: Client, picture: Image) -> None:
    a_post(body=f"![IMG_1234.jpg]({src(picture)})")
    an_editor(client)
    press(client, "leave", only("alt"))
    assert Post.objects.get().body == f"![]({src(picture)})"
    assert listed("alt") == []
    undo(client)
    assert Post.objects.get().body == f"![IMG_1234.jpg]({src(picture)})"
    assert len(listed("alt")) == 1


def test_the_stored_picture_knows_it_too_and_forgets_it_by_undo(client: Client, picture: Image) -> None:
    a_post(body=f"![]({src(picture)})")
    an_editor(client)
    press(client, "say", only("alt"), alt="A teal square")
    assert Image.objects.get().alt == "A teal square"
    undo(client)
    assert Image.objects.get().alt == ""
    press(client, "leave", only("alt"))
    assert Image.objects.get().decorative
    undo(client)
    assert not Image.objects.get().decorative


def test_what_was_called_decorative_in_the_library_is_not_listed(picture: Image) -> None:
    a_post(body=f"![]({src(picture)})", cover=picture)
    Image.objects.update(decorative=True)
    assert listed("alt") == []


def test_a_cover_says_what_it_shows(client: Client, picture: Image) -> None:
    a_post(cover=picture, cover_alt="cover.png")
    an_editor(client)
    press(client, "say", only("alt"), alt="A teal square")
    assert Post.objects.get().cover_alt == "A teal square"


@pytest.mark.parametrize("alt", ["", "   ", "IMG_1234.jpg"])
def test_a_file_name_is_refused(client: Client, picture: Image, alt: str) -> None:
    post = a_post(body=f"![]({src(picture)})")
    page = press(an_editor(client), "say", only("alt"), alt=alt)
    assert "Write what the picture shows" in page
    assert Post.objects.get().revision == post.revision


def test_what_says_something_is_not_listed(picture: Image) -> None:
    a_post(body=f"![A teal square]({src(picture)})")
    a_post(cover=picture, cover_alt="A teal square")
    a_post(status="draft", body=f"![]({src(picture)})", trashed_at="2026-01-01T00:00:00Z")
    assert listed("alt") == []


def test_newer_text_of_the_source_does_not_take_the_words_away(
    client: Client, picture: Image, tmp_path: Path
) -> None:
    from tests.importer.documents import imported, item, rss, verdicts, written

    body = f'<p>Text of some length.</p><img src="https://masthead.example{src(picture)}" alt="">'
    imported(written(tmp_path, rss(item(1, body))))
    post = Post.objects.get()
    wanted = Content.of(post)
    from dataclasses import replace

    from blog import publishing

    publishing.save(post.pk, replace(wanted, body=body.replace("https://masthead.example", "")), None)
    press(an_editor(client), "say", only("alt"), alt="A teal square")
    again = imported(written(tmp_path, rss(item(1, body.replace("Text", "Newer text")))))
    assert verdicts(again) in (["kept"], ["conflict"])
    assert "A teal square" in Post.objects.get().html


def test_authors_mend_nothing(client: Client, picture: Image) -> None:
    a_post(body=f"![]({src(picture)})")
    want = only("alt")
    answer: Any = an_editor(client, "author").post(
        address(), {"act": "say", "kind": "alt", "subject": want.subject, "alt": "A square"}, secure=True
    )
    assert answer.status_code == 403
    assert len(listed("alt")) == 1
