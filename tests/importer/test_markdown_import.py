"""test_markdown_import: a folder of Markdown imported whole: twice alike, packed alike, a renamed file still known."""

from __future__ import annotations

from pathlib import Path

import pytest

from blog.models import Page, Post
from tests.importer.documents import command, imported, only, rows, verdicts
from tests.importer.markdowns import Files, folder, packed

pytestmark = pytest.mark.django_db

SITE: Files = {
    "_config.yml": "url: https://jekyll.example\n",
    "_posts/2024-05-01-on-tides.md": "---\ntitle: On tides\nauthor: Ann Lee\ntags: sea moon\n---\nWater *rises*.\n",
    "_posts/2024-05-02-on-moons.md": "---\ntitle: On moons\nauthor: Ann Lee\n---\nThe moon pulls at all of it.\n",
    "_drafts/idea.md": "---\ntitle: Idea\n---\nNot yet a whole text.\n",
    "about.md": "---\ntitle: About\n---\nWho we are, in a few words.\n",
}


def test_what_comes_in(tmp_path: Path) -> None:
    assert verdicts(imported(str(folder(tmp_path, SITE)))) == ["created"] * 4
    tides = Post.objects.get(slug="on-tides")
    assert (tides.body, tides.body_format, tides.html) == (
        "Water *rises*.",
        "markdown",
        "<p>Water <em>rises</em>.</p>\n",
    )
    assert (tides.origin_url, tides.status) == (
        "https://jekyll.example/2024/05/01/on-tides.html",
        "published",
    )
    assert Post.objects.get(slug="idea").status == "draft"
    assert Page.objects.get().title == "About"


def test_a_second_run_changes_no_row_and_a_zip_is_the_same_source(tmp_path: Path) -> None:
    root = folder(tmp_path, SITE)
    imported(str(root))
    before = rows()
    assert verdicts(imported(str(root))) == ["unchanged"] * 4
    assert rows() == before
    (tmp_path / "site.zip").write_bytes(packed(SITE))
    assert verdicts(imported(str(tmp_path / "site.zip"))) == ["unchanged"] * 4
    assert Post.objects.count() == 3


def test_a_renamed_file_is_known_by_its_title_and_date(tmp_path: Path) -> None:
    files: Files = {"one.md": "---\ntitle: On tides\ndate: 2024-05-01\n---\nWater rises.\n"}
    root = folder(tmp_path, files)
    imported(str(root))
    (root / "one.md").rename(root / "two.md")
    assert verdicts(imported(str(root))) == ["unchanged"]
    assert Post.objects.count() == 1


def test_a_bad_file_is_named_and_the_others_come(tmp_path: Path) -> None:
    root = folder(tmp_path, {"a.md": "+++\nx = y\n+++\n", "b.md": "# On tides\n\nWater rises."})
    ended = command(str(root))
    assert ended.status == 3
    assert (
        "entry 1, “a.md”, was rejected: a.md cannot be taken: its front matter is not valid TOML" in ended.err
    )
    assert f"{root} was read as a folder of Markdown." in ended.out


def test_files_without_dates_keep_the_order_of_their_names(tmp_path: Path) -> None:
    names = ("a", "b", "c")
    report = imported(
        str(folder(tmp_path, {f"{name}.md": f"The text of {name}, some words." for name in names}))
    )
    assert only(report).format == "markdown"
    assert [post.title for post in Post.objects.order_by("-published_at")] == ["A", "B", "C"]
