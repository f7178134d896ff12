"""test_names_mapped: a source's table of names decides whom its bylines and tags mean, before any author or tag is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from accounts.authors import make_author, name_key
from accounts.models import Author
from blog.content import Content
from blog.models import Post, Tag
from blog.models.tag import tag_key
from importer.models import AuthorMapping, ImportedEntry, RunEntry, Source, TagMapping
from tests.importer.documents import imported, item, rss, verdicts, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(tmp_path: Path) -> Source:
    imported(written(tmp_path, rss(item(1, dc__creator="Ada Example"))))
    return Source.objects.get()


def author_row(source: Source, name: str, action: str, **given: Any) -> None:
    AuthorMapping.objects.create(source=source, key=name_key(name), name=name, action=action, **given)


def tag_row(source: Source, name: str, action: str, to_name: str = "") -> None:
    TagMapping.objects.create(source=source, key=tag_key(name), name=name, action=action, to_name=to_name)


def second(folder: Path, **fields: str) -> Post:
    assert verdicts(imported(written(folder, rss(item(1), item(2, **fields)))))[-1] == "created"
    post: Post = Post.objects.get(title="Post 2")
    return post


def names(post: Post) -> list[str]:
    return [byline.author.name for byline in post.bylines.order_by("position")]


def test_a_mapped_name_means_that_author_and_makes_none(source: Source, tmp_path: Path) -> None:
    real = make_author("Роберт Образцов")
    author_row(source, "Bob S.", "map", author=real)
    assert names(second(tmp_path, dc__creator="Ada Example and BOB S.")) == ["Ada Example", "Роберт Образцов"]
    assert Author.objects.count() == 2


def test_a_proposed_row_changes_nothing(source: Source, tmp_path: Path) -> None:
    author_row(source, "Bob Sample", "map", author=make_author("Robert Sample"), proposed=True)
    assert names(second(tmp_path, dc__creator="Bob Sample")) == ["Bob Sample"]


def test_default_is_the_sources_own_author(source: Source, tmp_path: Path) -> None:
    source.default_author = make_author("The desk")
    source.save()
    author_row(source, "admin", "default")
    assert names(second(tmp_path, dc__creator="admin")) == ["The desk"]


def test_default_without_one_is_the_sources_name(source: Source, tmp_path: Path) -> None:
    author_row(source, "admin", "default")
    assert names(second(tmp_path, dc__creator="admin")) == ["A blog"]


def test_a_rejected_name_is_left_out_and_that_is_said(source: Source, tmp_path: Path) -> None:
    author_row(source, "Guest Writer", "reject")
    assert names(second(tmp_path, dc__creator="Ada Example, Guest Writer")) == ["Ada Example"]
    said = RunEntry.objects.filter(title="Post 2").latest("pk").warnings
    assert said == ["“Guest Writer” was left out of the byline, as the source's table of names says."]
    assert not Author.objects.filter(name="Guest Writer").exists()


def test_a_byline_never_ends_empty(source: Source, tmp_path: Path) -> None:
    author_row(source, "Guest Writer", "reject")
    assert names(second(tmp_path, dc__creator="Guest Writer")) == ["A blog"]


def test_tags_are_renamed_and_left_out(source: Source, tmp_path: Path) -> None:
    tag_row(source, "misc", "ignore")
    tag_row(source, "JS", "map", "JavaScript")
    post = second(tmp_path, category="js")
    assert Content.of(post).tags == ("JavaScript",)
    assert not Tag.objects.filter(key="js").exists()
    third = item(3, category="Misc")
    imported(written(tmp_path, rss(item(1), third)))
    assert Content.of(Post.objects.get(title="Post 3")).tags == ()


def test_what_stood_there_is_kept(source: Source, tmp_path: Path) -> None:
    author_row(source, "Bob Sample", "map", author=Author.objects.get())
    tag_row(source, "js", "map", "JavaScript")
    second(tmp_path, dc__creator="Bob Sample", category="js")
    row = ImportedEntry.objects.get(title="Post 2")
    assert row.written == {"people": [["Bob Sample", ""]], "tags": ["js"], "nobody": "A blog"}


def test_a_table_changes_no_entry_that_came_before(source: Source, tmp_path: Path) -> None:
    author_row(source, "Ada Example", "map", author=make_author("Somebody Else"))
    assert verdicts(imported(written(tmp_path, rss(item(1))))) == ["unchanged"]
    assert names(Post.objects.get()) == ["Ada Example"]
