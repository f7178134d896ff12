"""test_drop: a Markdown file and its pictures, dropped on the desk, are a draft of whoever dropped them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Pillow

from blog.models import Image, Post
from tests.factories import TagFactory, UserFactory

pytestmark = pytest.mark.django_db
TEXT = """---
title: By the sea
tags: [Sea, Unheard of]
date: 2020-01-02
cover: pictures/cover.png
---
Look: ![Waves](pictures/waves%20one.PNG) and `![x](pictures/waves%20one.PNG)`.

![Gone](gone.png)
"""


def png(name: str, colour: str = "teal") -> SimpleUploadedFile:
    out = BytesIO()
    Pillow.new("RGB", (8, 6), colour).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def text(body: str = TEXT, name: str = "sea.md") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body.encode(), "text/markdown")


def dropped(client: Client, *files: SimpleUploadedFile) -> tuple[Any, list[str]]:
    answer = client.post("/admin/drop/", {"files": list(files)}, secure=True)
    return answer, [str(one) for one in get_messages(answer.wsgi_request)]


@pytest.fixture
def author(client: Client, media_root: Any) -> Client:
    client.force_login(
        UserFactory(role="author", author=True), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def test_the_text_its_front_matter_and_its_pictures(author: Client) -> None:
    answer, said = dropped(author, text(), png("Waves one.png"), png("cover.png", "red"), png("spare.png"))
    post = Post.objects.get()
    assert answer.headers["Location"] == f"/admin/blog/post/{post.pk}/change/"
    assert said == [
        "“By the sea” is a draft now.",
        "These pictures did not come with the text: gone.png. Add them where they belong.",
    ]
    waves = Image.objects.exclude(pk=post.cover_id).get()
    assert f"![Waves]({waves.file.url})" in post.body
    assert "`![x](pictures/waves%20one.PNG)`" in post.body
    assert (post.status, post.published_at, post.title) == ("draft", None, "By the sea")
    assert sorted(tagging.spelling for tagging in post.taggings.all()) == ["Sea", "Unheard of"]
    assert [byline.author.user for byline in post.bylines.all()] == [post.created_by]


def test_contributors_make_no_tags(client: Client, media_root: Any) -> None:
    TagFactory(name="Sea")
    client.force_login(UserFactory(role="contributor"), backend="django.contrib.auth.backends.ModelBackend")
    _, said = dropped(client, text())
    assert [tagging.spelling for tagging in Post.objects.get().taggings.all()] == ["Sea"]
    assert "There are no such tags yet, and only others may make them: Unheard of." in said


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            ["a.png"],
            "Drop one Markdown file, whose name ends in .md, with the pictures that it shows.",
        ),
        (
            ["a.md", "b.md"],
            "Drop one Markdown file at a time. To bring in many, import them as a folder.",
        ),
        (
            [f"{n}.md" for n in range(41)],
            "That are more than 40 files. Drop one text with its pictures.",
        ),
    ],
)
def test_what_is_no_one_text_is_refused(author: Client, files: list[str], said: str) -> None:
    given = [png(name) if name.endswith("png") else text("Words.", name) for name in files]
    answer, found = dropped(author, *given)
    assert (answer.headers["Location"], found) == ("/admin/", [said])
    assert not Post.objects.exists()


def test_a_text_that_is_too_long_or_no_text_is_refused(author: Client) -> None:
    assert dropped(author, text("x" * (1024 * 1024 + 1)))[1] == [
        "The text is over 1 MB: too long for one post."
    ]
    _, said = dropped(author, SimpleUploadedFile("a.md", b"\x89PNG\r\n\x1a\n" + bytes(200)))
    assert said[1:] == ["This is a PNG picture, not a feed or a text."]
    assert not Post.objects.exists()


def test_a_picture_that_is_none_is_refused_with_its_sentence(author: Client) -> None:
    _, said = dropped(author, text("![a](a.png)"), SimpleUploadedFile("a.png", b"no picture"))
    assert len(said) == 1
    assert not Post.objects.exists()


def test_only_writers_drop(client: Client) -> None:
    client.force_login(UserFactory(is_staff=True), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/admin/drop/", {"files": [text()]}, secure=True).status_code == 403
    client.force_login(UserFactory(role="author"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/admin/drop/", secure=True).status_code == 405
