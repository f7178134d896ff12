"""test_round_trip: a site exported and imported into an empty one is the same site, post by post and byte by byte."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone
from PIL import Image as Pillow

from accounts.models import Author
from blog import images, publishing, taxonomy
from blog.content import BylineSpec, Content
from blog.exporting import export
from blog.models import Image, NavigationLink, Post, Redirect, Series, Tag
from blog.tagmerging import merge_tags
from importer.models import Run, Source
from tests.factories import the_site_stands
from tests.importer.documents import imported, only, rows, verdicts

pytestmark = pytest.mark.django_db
COLUMNS = (
    *(
        "uid",
        "kind",
        "status",
        "slug",
        "language",
        "published_at",
        "dated",
        "withdraw_at",
        "created_at",
        "updated_at",
    ),
    *(
        "title",
        "summary",
        "body",
        "body_format",
        "html",
        "feed_html",
        "series_position",
        "cover_url",
        "cover_alt",
    ),
    *("origin_url", "canonical_url", "seo_title", "seo_description", "noindex", "responding"),
)
BODY = (
    "\n  An opening that begins with a line break and spaces.\n\n---\n\ntitle: no front matter\n\n---\n"
    "Line breaks\r\nof two kinds, \u2028 another, a \u0085 too, “quotes”, \\ back\\slashes, emoji 🎉, tabs\t.\n"
    "[A link](https://masthead.example/posts/second/#part) and <b>HTML</b>.   \n\n\n"
)


def picture() -> io.BytesIO:
    made = io.BytesIO()
    Pillow.new("RGB", (30, 20), "teal").save(made, "PNG")
    return io.BytesIO(made.getvalue())


def a_site() -> None:
    the_site_stands()
    ada = Author(
        name="Ada Example",
        bio="Writes.\nhttps://example.org/",
        website="https://example.org/",
        email="ada@example.org",
    )
    ada.picture = images.store_portrait(picture())
    taxonomy.save_author(ada)
    other = taxonomy.save_author(Author(name="Ada Example", slug="ada-example-2"))
    ivan = taxonomy.save_author(Author(name="Иван Петров"))
    series = taxonomy.save_series(Series(title="Part by part", description="All of it."))
    cover = images.store(picture(), None, "A teal field", name="teal.png")
    moment = datetime(2024, 5, 31, 12, 30, 15, 123456, tzinfo=UTC)
    first = Content(
        title='A “title”: with #signs, \\ and "quotes"',
        body=BODY,
        summary="Line one.\nLine two:\t“x”",
        language="ru",
        bylines=(
            BylineSpec(ivan.pk),
            BylineSpec(other.pk, "translator"),
            BylineSpec(ada.pk),
            BylineSpec(ada.pk, "editor"),
        ),
        tags=("C++", "Slow Food", "еда"),
        series=series.pk,
        series_position=3,
        cover=cover.pk,
        cover_alt="Teal",
        origin_url="https://old.example/1",
        canonical_url="https://old.example/1",
        seo_title="For engines",
        seo_description="Described.",
        noindex=True,
        responding="closed",
    )
    make(first, at=moment)
    make(
        Content(
            title="Second",
            body="<p>An <em>HTML</em> body.</p>\n",
            body_format="html",
            tags=("slow food",),
            cover_url="https://x.example/p.png",
        ),
        at=moment,
    )
    make(Content(title="Second", body="The same title."), at=moment + timedelta(days=20_000))
    make(Content(title="x" * 230, body="A long title."), at=moment)
    make(Content(title="x" * 230, body="A long title, again."), at=moment)
    make(Content(title="A draft", body=""), at=None)
    withdrawn = make(Content(title="Withdrawn", body="Gone."), at=moment)
    publishing.withdraw(withdrawn.pk, None)
    leaving = make(Content(title="Leaving", body="Soon gone."), at=moment)
    publishing.schedule_withdrawal(leaving.pk, None, timezone.now() + timedelta(days=9))
    publishing.trash(make(Content(title="In the trash", body="x"), at=moment).pk, None)
    Post.everything.filter(title="Leaving").update(dated=False)
    page = make(Content(title="Readme", body="A page."), at=moment, kind="page")
    make(Content(title="Merged", body="About slow foods.", tags=("Slow foods",)), at=moment)
    merge_tags(Tag.objects.get(key="slow foods"), Tag.objects.get(key="slow food"), None)
    taxonomy.save_tag(tagged("c-plus-plus", "A language.\n- and a list\n- of two"))
    publishing.save(leaving.pk, Content(title="Leaving", body="Soon gone.", slug="leaving-soon"), None)
    Redirect.objects.create(path="/old,path/?p=1", address="/archive/")
    NavigationLink.objects.create(label="About", page=page)


def tagged(slug: str, description: str) -> Tag:
    tag: Tag = Tag.objects.get(slug=slug)
    tag.description = description
    return tag


def make(content: Content, *, at: datetime | None, kind: str = "post") -> Post:
    post = publishing.create(content, None, kind=kind)
    return publishing.publish(post.pk, None, at=at) if at else post


def emptied() -> None:
    for table in (Run, Source, NavigationLink, Redirect, Post, Tag, Series, Author, Image):
        table._base_manager.all().delete()


def state() -> list[dict[str, Any]]:
    return [
        {name: getattr(post, name) for name in COLUMNS}
        | {
            "bylines": [(one.author.slug, one.part) for one in post.bylines.select_related("author")],
            "tags": [one.spelling for one in post.taggings.all()],
            "series": post.series.slug if post.series else "",
            "cover": post.cover.file.name if post.cover else "",
        }
        for post in Post.everything.filter(trashed_at__isnull=True).order_by("uid")
    ]


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def media(tmp_path: Path) -> Iterator[Path]:
    with override_settings(MEDIA_ROOT=str(tmp_path / "media-one")):
        yield tmp_path


def test_a_site_comes_back_as_it_was(media: Path) -> None:
    a_site()
    before = state()
    export(media / "one")
    emptied()
    with override_settings(MEDIA_ROOT=str(media / "media-two")):
        report = imported(str(media / "one"))
        assert set(verdicts(report)) == {"created"}
        assert only(report).format == "masthead"
        assert state() == before
        export(media / "two")
        assert files(media / "two") == files(media / "one")
        assert len(files(media / "two")) > 15


def test_a_second_import_changes_no_row(media: Path) -> None:
    a_site()
    export(media / "one")
    emptied()
    imported(str(media / "one"))
    before = rows()
    assert set(verdicts(imported(str(media / "one")))) == {"unchanged"}
    assert rows() == before


def test_a_hand_edited_file_is_read_as_yaml(media: Path) -> None:
    a_site()
    export(media / "one")
    emptied()
    path = media / "one" / "posts" / "second.md"
    edited = (
        path.read_text()
        .replace('title: "Second"', "title: Edited by hand # so")
        .replace('tags: ["slow food"]', "tags:\n  - by hand\n")
    )
    path.write_text(edited)
    imported(str(media / "one"))
    post = Post.objects.get(slug="second")
    assert (post.title, [one.spelling for one in post.taggings.all()]) == ("Edited by hand", ["by hand"])


def test_a_damaged_file_costs_itself(media: Path) -> None:
    a_site()
    export(media / "one")
    emptied()
    (media / "one" / "posts" / "second.md").write_text("Nothing but words.\n")
    report = imported(str(media / "one"))
    (refused,) = [one for one in only(report).items if one.verdict == "rejected"]
    assert refused.reason == "posts/second.md has no front matter, so nothing says whose post it is."


def test_a_file_that_is_none_of_ours_is_not_stored(media: Path) -> None:
    a_site()
    export(media / "one")
    emptied()
    (media / "one" / "media" / "page.html").write_text("<script>alert(1)</script>")
    with override_settings(MEDIA_ROOT=str(media / "media-two")):
        imported(str(media / "one"))
        assert not default_storage.exists("page.html")


def test_nothing_private_is_in_an_export(media: Path) -> None:
    a_site()
    export(media / "one")
    everything = b"".join(files(media / "one").values())
    for word in (b"ada@example.org", b"password", b"In the trash"):
        assert word not in everything


def command(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("export_site", *words, stdout=out, stderr=err)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_a_folder_of_somebody_elses_is_left_alone(media: Path) -> None:
    folder = media / "mine"
    folder.mkdir()
    (folder / "thesis.txt").write_text("Years of work.")
    status, _, said = command(str(folder))
    assert (status, said) == (
        1,
        f"{folder} holds what is no export of this program (thesis.txt), and an export replaces all that is there. Name an "
        "empty folder, or one that does not exist yet.\n",
    )
    assert files(folder) == {"thesis.txt": b"Years of work."}


def test_an_earlier_export_is_replaced_whole_and_hidden_files_stay(media: Path) -> None:
    a_site()
    folder = media / "out"
    assert command(str(folder))[0] == 0
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("kept")
    (folder / "posts" / "gone.md").write_text("gone")
    default_storage.save("images/ab/" + "b" * 64 + ".webp", ContentFile(b"x"))
    status, out, _ = command(str(folder))
    assert status == 0
    assert out.startswith("9 posts, 1 page, 3 files written to ")
    assert not (folder / "posts" / "gone.md").exists()
    assert (folder / ".git" / "config").read_text() == "kept"
    assert sorted(path.name for path in media.iterdir()) == ["media-one", "out"]


def test_an_empty_site_and_an_empty_folder(media: Path) -> None:
    the_site_stands()
    (media / "empty").mkdir()
    status, out, _ = command(str(media / "empty"))
    assert (status, out.splitlines()[0]) == (0, f"0 posts, 0 pages, 0 files written to {media / 'empty'}.")
