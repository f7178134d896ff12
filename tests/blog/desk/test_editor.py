"""test_editor: what the editor asks while someone writes is answered to writers alone, and never with anything that runs."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver
from PIL import Image as Pillow

from blog.models import Image
from tests.blog.desk.filling import ADD, SignIn, change, form_of
from tests.factories import UserFactory, a_post

PREVIEW, UPLOAD, TAGS = "/admin/editor/preview/", "/admin/editor/upload/", "/admin/editor/tags/"


def picture(name: str = "p.png", kind: str = "PNG", declared: str = "image/png") -> SimpleUploadedFile:
    out = BytesIO()
    Pillow.effect_noise((40, 30), 80).convert("RGB").save(out, kind)
    return SimpleUploadedFile(name, out.getvalue(), declared)


def test_markdownx_s_own_addresses_are_not_there() -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert not {name for name in names if "markdownx" in name}


def test_a_preview_is_what_the_page_will_show(sign_in: SignIn) -> None:
    text = "# T\n\n**bold** <script>alert(1)</script>\n\n![x](javascript:alert(1))\n\n<img src=x onerror=alert(1)>"
    answer = sign_in("contributor").post(PREVIEW, {"content": text})
    page = answer.content.decode()
    assert "<strong>bold</strong>" in page
    assert "<script" not in page
    assert "onerror" not in page
    assert 'src="javascript' not in page
    assert "<p>![x](javascript:alert(1))</p>" in page  # as words, which they are
    assert "no-store" in answer["Cache-Control"]


def test_html_is_previewed_as_html(sign_in: SignIn) -> None:
    answer = sign_in("author").post(PREVIEW + "?format=html", {"content": "<p>*not emphasis*</p>"})
    assert answer.content.decode().strip() == "<p>*not emphasis*</p>"


def test_a_giant_text_is_refused_in_words(sign_in: SignIn) -> None:
    answer = sign_in("author").post(PREVIEW, {"content": "я" * 600_000})
    assert answer.status_code == 413
    assert (
        "The text is over 1 MB: too long to preview while writing. It can be saved."
        in answer.content.decode()
    )


@pytest.mark.django_db
@pytest.mark.parametrize("address", [PREVIEW, UPLOAD])
def test_a_forged_request_is_refused(address: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(UserFactory(role="editor"), backend="django.contrib.auth.backends.ModelBackend")
    assert strict.post(address, {"content": "x", "image": picture()}).status_code == 403


@pytest.mark.django_db
def test_nobody_is_told_to_sign_in_inside_the_preview() -> None:
    answer = Client().post(PREVIEW, {"content": "x"})
    assert answer.status_code == 403
    assert (
        "Sign in again (in another tab, your text stays here): this needs a writer."
        in answer.content.decode()
    )


def test_a_picture_is_written_anew_under_a_name_of_ours(sign_in: SignIn, media_root: Path) -> None:
    user = UserFactory(role="contributor")
    sent = {"image": picture("../../evil.html.jpg"), "alt": "A [field]"}
    code = sign_in(user).post(UPLOAD, sent).json()["image_code"]
    kept = Image.objects.get()
    assert code == f"![A \\[field\\]](/media/{kept.file.name})"
    assert kept.file.name == f"images/{kept.sha256[:2]}/{kept.sha256}.webp"
    assert (kept.alt, kept.original_name, kept.uploaded_by) == ("A [field]", "evil.html.jpg", user)
    assert [path.name for path in media_root.rglob("*") if path.is_file()] == [f"{kept.sha256}.webp"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("x.png", b"<html><script>alert(1)</script></html>"),
        ("x.jpg", b"%!PS-Adobe-3.0 EPSF-3.0"),
        ("x.png", b""),
    ],
)
def test_what_is_no_picture_is_refused_in_words(
    sign_in: SignIn, media_root: Path, name: str, data: bytes
) -> None:
    file = SimpleUploadedFile(name, data, "image/png")
    answer = sign_in("author").post(UPLOAD, {"image": file})
    assert answer.status_code == 400
    assert "error" in answer.json()
    assert not [path for path in media_root.rglob("*") if path.is_file()]


def test_tags_are_offered_those_that_begin_so_first(sign_in: SignIn) -> None:
    a_post(tags=["Django", "C++", "Книги", "Old Django"])
    client = sign_in("contributor")

    def names(typed: str) -> Any:
        return client.get(TAGS, {"q": typed}).json()["names"]

    assert names("djan") == ["Django", "Old Django"]
    assert names("кНИ") == ["Книги"]
    assert names("c+") == ["C++"]
    assert names("") == names("%") == names("\0") == []


def test_the_form_names_our_addresses_and_no_script_stands_in_it(sign_in: SignIn) -> None:
    page = sign_in("editor").get(change(a_post())).content.decode()
    assert f'data-markdownx-urls-path="{PREVIEW}"' in page
    assert f'data-markdownx-upload-urls-path="{UPLOAD}"' in page
    assert "<style" not in page
    assert " style=" not in page
    assert "<script>" not in page
    assert " onclick=" not in page


def test_a_contributor_makes_no_new_tag(sign_in: SignIn) -> None:
    a_post(tags=["Known"])
    client = sign_in("contributor")
    data = form_of(client, ADD) | {"title": "T", "body": "B"}
    page = client.post(ADD, data | {"tag_names": "known, Fresh"}).content.decode()
    assert "There is no tag “Fresh” yet. Choose among the tags there are, or ask an editor." in page
    assert client.post(ADD, data | {"tag_names": "known"}).status_code == 302
