"""test_names_applied: a saved table of names is applied to posts that came before, as an import of its own that can be undone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from accounts.authors import make_author, name_key
from accounts.models import Author
from blog import publishing
from blog.content import Content
from blog.models import Post, Revision, Tag
from importer.models import AuthorMapping, RunEntry, Source, TagMapping
from importer.names import renaming
from importer.runs import undoing
from tests.importer.documents import imported, item, rss, verdicts, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path: Path) -> str:
    return written(
        tmp_path,
        rss(
            item(1, dc__creator="Bob S.", category="js"),
            item(2, dc__creator="Ada Example and Bob S.", category="js"),
            item(3, dc__creator="Ada Example", category="misc"),
        ),
    )


@pytest.fixture
def source(path: str) -> Source:
    imported(path)
    source = Source.objects.get()
    AuthorMapping.objects.create(
        source=source,
        key=name_key("Bob S."),
        name="Bob S.",
        action="map",
        author=make_author("Robert Sample"),
    )
    TagMapping.objects.create(source=source, key="misc", name="misc", action="ignore")
    return source


def says() -> dict[str, tuple[list[str], tuple[str, ...]]]:
    return {
        post.title: ([byline.author.name for byline in post.bylines.all()], Content.of(post).tags)
        for post in Post.objects.order_by("title")
    }


BEFORE = {
    "Post 1": (["Bob S."], ("js",)),
    "Post 2": (["Ada Example", "Bob S."], ("js",)),
    "Post 3": (["Ada Example"], ("misc",)),
}
AFTER = {
    "Post 1": (["Robert Sample"], ("js",)),
    "Post 2": (["Ada Example", "Robert Sample"], ("js",)),
    "Post 3": (["Ada Example"], ()),
}


def test_what_would_change_is_said_and_nothing_done(source: Source) -> None:
    found = list(renaming.steps(source))
    assert [step.row.title for step in found] == ["Post 1", "Post 2", "Post 3"]
    assert (found[2].before.tags, found[2].after.tags) == (("misc",), ())
    assert says() == BEFORE


def test_it_is_done_once_and_the_next_import_changes_nothing(source: Source, path: str) -> None:
    done = renaming.apply(source, None)
    assert (done.changed, done.left, done.finished) == (3, [], True)
    assert says() == AFTER
    assert done.run.counts == {"updated": 3}
    assert not list(renaming.steps(source))
    assert verdicts(imported(path)) == ["unchanged"] * 3
    assert says() == AFTER


def test_undoing_it_brings_the_names_back(source: Source) -> None:
    done = renaming.apply(source, None)
    undone = undoing.undo(undoing.find(done.run.pk))
    assert (undone.reverted, undone.left) == (3, [])
    assert says() == BEFORE
    assert len(list(renaming.steps(source))) == 3


def test_the_import_cannot_be_undone_before_it(source: Source) -> None:
    first, done = undoing.find(source.runs.latest("pk").pk), renaming.apply(source, None)
    left = undoing.undo(first).left
    assert {one.reason for one in left} == {
        f"Import {done.run.pk} has changed it since; undo that one first."
    }


def test_what_an_editor_changed_is_left_and_listed(source: Source) -> None:
    post = Post.objects.get(title="Post 1")
    mine = make_author("Chosen Here")
    bylines = tuple(replace(one, author=mine.pk) for one in Content.of(post).bylines)
    publishing.save(post.pk, replace(Content.of(post), bylines=bylines), None, base=post.revision)
    done = renaming.apply(source, None)
    reason = "Its byline was edited here since it was imported, and left as it is."
    assert done.left == [("Post 1", reason)]
    assert says() == AFTER | {"Post 1": (["Chosen Here"], ("js",))}
    assert RunEntry.objects.get(run=done.run, verdict="kept").reason == reason
    assert done.run.exit_status == 3


def test_an_edited_text_does_not_keep_the_names_away(source: Source) -> None:
    post = Post.objects.get(title="Post 1")
    publishing.save(post.pk, replace(Content.of(post), body="<p>Ours.</p>"), None, base=post.revision)
    renaming.apply(source, None)
    assert says() == AFTER
    assert Post.objects.get(title="Post 1").html == "<p>Ours.</p>"


def test_a_changed_mind_starts_from_what_the_source_said(source: Source) -> None:
    renaming.apply(source, None)
    AuthorMapping.objects.update(action="create", author=None)
    TagMapping.objects.update(action="map", to_name="Various")
    Author.objects.filter(name="Bob S.").delete()
    done = renaming.apply(source, None)
    assert says() == BEFORE | {"Post 3": (["Ada Example"], ("Various",))}
    undoing.undo(done.run)
    assert says() == AFTER
    assert not Author.objects.filter(name="Bob S.").exists()
    assert not Tag.objects.filter(name="Various").exists()


def test_each_change_is_a_revision_that_says_why(source: Source) -> None:
    renaming.apply(source, None)
    assert set(Revision.objects.filter(number=2).values_list("reason", flat=True)) == {
        "names and tags as its source's table says"
    }


def test_time_that_is_over_ends_it_at_a_safe_place(source: Source) -> None:
    done = renaming.apply(source, None, seconds=-1)
    assert (done.changed, done.finished) == (0, False)
    assert says() == BEFORE
