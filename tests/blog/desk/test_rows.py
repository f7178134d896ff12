"""test_rows: people, subjects, pictures and links are kept through taxonomy's verbs: bios linkified, old addresses leading on."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow

from accounts.models import Author
from blog.models import NavigationLink, Redirect, Series, SiteState, Tag
from tests.blog.desk.filling import SignIn, fresh
from tests.factories import PageFactory, SeriesFactory, TagFactory, a_post, an_author


def picture(colour: str = "teal", size: tuple[int, int] = (900, 600)) -> SimpleUploadedFile:
    out = BytesIO()
    Pillow.new("RGB", size, colour).save(out, "PNG")
    return SimpleUploadedFile("p.png", out.getvalue(), "image/png")


def test_a_bio_gets_its_links_and_no_script(sign_in: SignIn) -> None:
    data = {"name": "Anna", "bio": "See https://example.org <script>alert(1)</script>", "slug": ""}
    sign_in("editor").post("/admin/accounts/author/add/", data)
    author = Author.objects.get()
    assert 'href="https://example.org"' in author.bio_html
    assert "<script" not in author.bio_html
    assert author.slug == "anna"


def test_a_renamed_author_keeps_the_old_address_and_is_found_by_both_names(sign_in: SignIn) -> None:
    author = an_author(name="Anna Petrova")
    address = f"/admin/accounts/author/{author.pk}/change/"
    sign_in("editor").post(address, {"name": "Anna Sidorova", "slug": "anna-sidorova"})
    assert Redirect.objects.get().address == "/authors/anna-sidorova/"
    assert {alias.key for alias in author.aliases.all()} == {"anna petrova", "anna sidorova"}


def test_a_picture_of_an_author_is_a_small_square_and_can_be_taken_off(
    sign_in: SignIn, media_root: Path
) -> None:
    author = an_author(name="Anna")
    address = f"/admin/accounts/author/{author.pk}/change/"
    client = sign_in("editor")
    client.post(address, {"name": "Anna", "slug": "anna", "new_picture": picture()})
    author.refresh_from_db()
    with Pillow.open(media_root / str(author.picture.name)) as kept:
        assert kept.size == (512, 512)
    client.post(address, {"name": "Anna", "slug": "anna", "no_picture": "on"})
    author.refresh_from_db()
    assert not author.picture


def test_an_author_who_stands_on_posts_is_not_deleted(sign_in: SignIn) -> None:
    author = an_author(name="Anna")
    a_post(authors=[author])
    client = sign_in("editor")
    page = client.post(f"/admin/accounts/author/{author.pk}/delete/", {"post": "yes"}).content.decode()
    assert "protected" in page
    assert Author.objects.filter(pk=author.pk).exists()


def test_a_renamed_tag_keeps_its_posts_and_its_old_address(sign_in: SignIn) -> None:
    post = a_post(tags=["Travel"])
    tag = Tag.objects.get()
    data = {"name": "Journeys", "slug": "journeys", "description": "See https://example.org"}
    sign_in("editor").post(f"/admin/blog/tag/{tag.pk}/change/", data)
    assert [tagging.spelling for tagging in fresh(post).taggings.all()] == ["Journeys"]
    assert Redirect.objects.get().path == "/tags/travel/"
    assert "<a " in Tag.objects.get().description_html


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"name": "TRAVEL", "slug": ""}, "There is a tag “TRAVEL” already, perhaps in other letters."),
        ({"name": "New", "slug": "travel"}, "The address “travel” is taken. Write another one."),
        ({"name": "#", "slug": ""}, "Write a name for the tag."),
    ],
)
def test_a_tag_that_can_not_be_is_refused_in_words(
    sign_in: SignIn, data: dict[str, str], sentence: str
) -> None:
    TagFactory(name="Travel")
    assert sentence in sign_in("editor").post("/admin/blog/tag/add/", data).content.decode()
    assert Tag.objects.count() == 1


def test_c_and_its_kin_get_addresses_of_their_own(sign_in: SignIn) -> None:
    client = sign_in("author")
    for name in ("C", "C++", "C#"):
        client.post("/admin/blog/tag/add/", {"name": name, "slug": ""})
    assert sorted(Tag.objects.values_list("slug", flat=True)) == ["c", "c-plus-plus", "c-sharp"]


def test_a_series_is_written_and_its_pages_are_new(sign_in: SignIn) -> None:
    SeriesFactory(title="Letters")
    before = SiteState.objects.get().generation
    series = Series.objects.get()
    sign_in("editor").post(f"/admin/blog/series/{series.pk}/change/", {"title": "Notes", "slug": "notes"})
    assert Series.objects.get().title == "Notes"
    assert SiteState.objects.get().generation == before + 1


def test_a_refused_picture_is_said_in_the_form(sign_in: SignIn, media_root: Path) -> None:
    file = SimpleUploadedFile("x.png", b"<svg/>", "image/png")
    page = sign_in("editor").post("/admin/blog/image/add/", {"upload": file, "alt": ""}).content.decode()
    assert "This is no picture that can be used here: choose a PNG, JPEG, WebP, GIF or AVIF file." in page


def test_the_menu_is_ordered_in_its_list(sign_in: SignIn) -> None:
    page = PageFactory(title="About")
    client = sign_in("editor")
    client.post("/admin/blog/navigationlink/add/", {"place": "menu", "page": str(page.pk), "position": "1"})
    client.post(
        "/admin/blog/navigationlink/add/",
        {"place": "menu", "label": "Tags", "address": "/tags/", "position": "2"},
    )
    first, second = NavigationLink.objects.all()
    rows = {
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "2",
        "form-0-id": str(first.pk),
        "form-0-place": "menu",
        "form-0-position": "5",
        "form-1-id": str(second.pk),
        "form-1-place": "footer",
        "form-1-position": "2",
        "_save": "Save",
    }
    before = SiteState.objects.get().generation
    client.post("/admin/blog/navigationlink/", rows)
    assert {(str(link), link.place, link.position) for link in NavigationLink.objects.all()} == {
        ("About", "menu", 5),
        ("Tags", "footer", 2),
    }
    assert SiteState.objects.get().generation > before


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"path": "old", "address": "/new/"}, "Write the old address from its first slash on"),
        ({"path": "//evil.example", "address": "/new/"}, "Write the old address from its first slash on"),
        ({"path": "/old/", "address": "javascript:alert(1)"}, "Write an address of this site"),
        ({"path": "/old/", "address": "//evil.example"}, "Write an address of this site"),
        ({"path": "/old/", "address": "/old/"}, "This would lead to itself."),
    ],
)
def test_a_redirect_that_makes_no_sense_is_refused(
    sign_in: SignIn, data: dict[str, str], sentence: str
) -> None:
    assert sentence in sign_in("editor").post("/admin/blog/redirect/add/", data).content.decode()
    assert not Redirect.objects.exists()
