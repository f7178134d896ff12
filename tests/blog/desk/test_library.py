"""test_library: the library at the desk: found and filtered, mended in place, its uses told to whom they concern, deleted only when free."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from blog import images, library
from blog.checking import advice
from blog.models import Image, Post
from tests.blog.desk.filling import ADD, SignIn
from tests.blog.images.pictures import file, kept, photo
from tests.factories import UserFactory, a_post

pytestmark = pytest.mark.django_db
LIST = "/admin/blog/image/"


def shown(client: Client, question: str = "") -> set[str]:
    """The alt texts, or names, of the pictures that the library shows."""
    rows = client.get(LIST + question).context["cl"].result_list
    return {str(row) for row in rows}


def upload(name: str = "new.jpg", size: tuple[int, int] = (500, 400)) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, file(photo(size), "JPEG").read(), "image/jpeg")


@pytest.fixture
def hung(media_root: Path) -> dict[str, Image]:
    """A small library: one of each kind."""
    user = UserFactory(role="author", username="anna")
    pictures = {
        "lake": kept((60, 40), "Озеро утром", name="lake.jpg", user=user),
        "bare": kept((60, 40), name="bare.jpg"),
        "file": kept((60, 40), "IMG_2041.JPG", name="x.jpg"),
        "rule": kept((60, 40), name="rule.jpg"),
    }
    frames = [photo((20, 20)) for _ in range(3)]
    pictures["moving"] = images.store(
        file(frames[0], "GIF", save_all=True, append_images=frames[1:]), None, "It moves"
    )
    library.say_alt(pictures["rule"].pk, None, "", decorative=True)
    a_post(title="In text", body=f"![]({pictures['bare'].file.url})")
    a_post(title="As cover", cover=pictures["lake"])
    return pictures


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("?q=озеро", {"Озеро утром"}),
        ("?q=LAKE", {"Озеро утром"}),
        ("?q=lake+озеро", {"Озеро утром"}),
        ("?q=lake+bare", set()),
        ("?words=none", {"bare.jpg", "IMG_2041.JPG"}),
        ("?words=said", {"Озеро утром", "It moves"}),
        ("?words=decorative", {"rule.jpg"}),
        ("?used=no", {"IMG_2041.JPG", "rule.jpg", "It moves"}),
        ("?used=yes", {"Озеро утром", "bare.jpg"}),
        ("?by=imports&words=none", {"bare.jpg", "IMG_2041.JPG"}),
        ("?kind=moving", {"It moves"}),
        ("?by=99999999", set()),
    ],
)
def test_pictures_are_found(sign_in: SignIn, hung: dict[str, Image], question: str, found: set[str]) -> None:
    assert shown(sign_in("editor"), question) == found


def test_the_debt_is_counted_where_it_can_be_paid(sign_in: SignIn, hung: dict[str, Image]) -> None:
    client = sign_in("editor")
    page = client.get(LIST).content.decode()
    assert "2 pictures say nothing to those who can’t see them." in page
    assert page.count("data-words-form") == 2
    assert "in 1 text" in page
    assert "cover of 1" in page
    bare = hung["bare"]
    back = f"{LIST}?words=none"
    answer = client.post(f"{LIST}{bare.pk}/words/", {"alt": "A shore", "back": back})
    assert answer.headers["Location"] == back
    assert Image.objects.get(pk=bare.pk).alt == "A shore"
    evil = client.post(f"{LIST}{bare.pk}/words/", {"alt": "A shore", "back": "//evil.example/"})
    assert evil.headers["Location"] == f"{LIST}{bare.pk}/change/"


def test_a_script_is_answered_in_its_language(sign_in: SignIn, hung: dict[str, Image]) -> None:
    bare = hung["bare"]
    json = {"Accept": "application/json"}
    answer = sign_in("editor").post(f"{LIST}{bare.pk}/words/", {"decorative": "on", "alt": "x"}, headers=json)
    assert (answer.json()["alt"], answer.json()["decorative"]) == ("", True)
    refused = sign_in("author").post(f"{LIST}{bare.pk}/words/", {"alt": "x"}, headers=json)
    assert refused.status_code == 403
    assert refused.json()["error"].endswith("is not yours to change. Ask an editor.")


def test_a_post_is_named_to_those_who_may_see_it_and_counted_to_others(
    sign_in: SignIn, media_root: Path
) -> None:
    user = UserFactory(role="author")
    image = kept((60, 40), "A field", user=user)
    a_post(title="Mine", body=f"![]({image.file.url})", user=user)
    a_post(title="Secret plan", status="draft", body=f"![]({image.file.url})")
    page = sign_in(user).get(f"{LIST}{image.pk}/change/").content.decode()
    assert "Mine" in page
    assert "Secret plan" not in page
    assert "and 1 post of others" in page
    assert "without words" in page
    assert f"![A field]({image.file.url})" in page
    assert f"&lt;img src=&quot;{image.file.url}&quot; alt=&quot;A field&quot; width=&quot;60&quot;" in page


def test_words_are_written_into_the_texts_when_asked(sign_in: SignIn, media_root: Path) -> None:
    user = UserFactory(role="author")
    image = kept((60, 40), "A field", user=user)
    mine = a_post(body=f"![]({image.file.url})", user=user)
    a_post(body=f"![]({image.file.url})")
    page = sign_in(user).post(f"{LIST}{image.pk}/mend/", follow=True).content.decode()
    assert "The alt text stands in 1 more text now. 1 is not yours to edit." in page
    assert Post.everything.get(pk=mine.pk).body == f"![A field]({image.file.url})"


def test_another_file_is_put_in_its_place(sign_in: SignIn, media_root: Path) -> None:
    user = UserFactory(role="author")
    image = kept((60, 40), "A field", user=user)
    post = a_post(body=f"![x]({image.file.url})", user=user)
    client = sign_in(user)
    address = f"{LIST}{image.pk}/file/"
    bad = client.post(address, {"file": SimpleUploadedFile("x.png", b"<svg/>")}, follow=True)
    assert "This is no picture that can be used here" in bad.content.decode()
    assert "No picture came." in client.post(address, follow=True).content.decode()
    page = client.post(address, {"file": upload("better.jpg")}, follow=True).content.decode()
    assert "The new file stands everywhere the old one stood." in page
    new = Image.objects.get()
    assert str(new.file.name) in Post.everything.get(pk=post.pk).body
    assert new.original_name == "better.jpg"


def test_what_is_used_is_not_deleted_and_the_page_says_where(
    sign_in: SignIn, media_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    client = sign_in("editor")
    image = kept((400, 300))
    post = a_post(title="Shows it", body=f"![x]({image.file.url})")
    address = f"{LIST}{image.pk}/delete/"
    page = client.get(address).content.decode()
    assert "It is shown somewhere, so it stays. Take it out there first:" in page
    assert "Shows it" in page
    refused = client.post(address, {"post": "yes"}, follow=True).content.decode()
    assert "The picture is used in 1 place, so it stays. Take it out there first." in refused
    post.delete()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"post": "yes"})
    assert not Image.objects.exists()
    assert not [path for path in media_root.rglob("*") if path.is_file()]


def test_without_a_script_a_picture_is_added_and_its_line_copied(sign_in: SignIn, media_root: Path) -> None:
    client = sign_in("contributor")
    page = client.post(
        f"{LIST}add/", {"upload": upload(), "alt": "A [wide] field"}, follow=True
    ).content.decode()
    image = Image.objects.get()
    assert "The picture is here. Copy the line that shows it into your text." in page
    assert f"![A \\[wide\\] field]({image.file.url})" in page
    assert f'href="{LIST}add/"' in client.get(ADD).content.decode()


def test_the_chooser_finds_page_by_page(
    sign_in: SignIn, media_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blog.admin.picturemoves.A_PAGE", 2)
    for alt in ("One", "Two", "Three"):
        kept((60, 40), alt)
    client = sign_in("contributor")
    first = client.get(f"{LIST}choose/").json()
    assert ([one["alt"] for one in first["pictures"]], first["more"]) == (["Three", "Two"], True)
    rest = client.get(f"{LIST}choose/?page=2").json()
    assert ([one["alt"] for one in rest["pictures"]], rest["more"]) == (["One"], False)
    assert not first["pictures"][0]["changeable"]
    for odd in ("?page=-1", "?page=x", "?page=99999999999", "?q=%00"):
        assert client.get(f"{LIST}choose/{odd}").status_code == 200


def test_the_library_asks_as_much_for_many_as_for_few(
    sign_in: SignIn, media_root: Path, django_assert_max_num_queries: Any
) -> None:
    client = sign_in("editor")
    for number in range(12):
        images.store(BytesIO(file(photo((40, 40)), "PNG").read()), None, f"No {number}")
    with django_assert_max_num_queries(14):
        client.get(LIST)


def test_a_decorative_picture_is_no_warning_beside_the_text(media_root: Path) -> None:
    image = kept((60, 40))
    body = f"![]({image.file.url})"
    assert [one.kind for one in advice(body, "markdown")] == ["alt"]
    library.say_alt(image.pk, None, "", decorative=True)
    assert advice(body, "markdown") == []
