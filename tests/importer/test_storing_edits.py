"""test_storing_edits: what an editor changed here is never overwritten; the source's newer text waits as a proposal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from blog import publishing
from blog.content import Content
from blog.models import Post, Revision
from importer.models import ImportedEntry
from tests.importer.documents import imported, item, only, rows, rss, verdicts, written

pytestmark = pytest.mark.django_db


def edit(**changes: Any) -> None:
    """As the desk saves it."""
    post = Post.objects.get()
    publishing.save(post.pk, replace(Content.of(post), **changes), None, base=post.revision)


def feed(folder: Path, body: str = "<p>Their first words.</p>", **fields: str) -> str:
    return written(folder, rss(item(1, body, **fields)))


def test_an_edited_text_stays_when_the_source_says_the_same(tmp_path: Path) -> None:
    imported(feed(tmp_path))
    edit(body="<p>Our words.</p>")
    assert verdicts(imported(feed(tmp_path))) == ["unchanged"]
    assert Post.objects.get().html == "<p>Our words.</p>"


def test_an_edited_text_stays_when_the_source_has_a_newer_one(tmp_path: Path) -> None:
    imported(feed(tmp_path))
    edit(body="<p>Our words.</p>")
    report = imported(feed(tmp_path, "<p>Their newer words.</p>"))
    assert verdicts(report) == ["conflict"]
    assert only(report).items[0].reason == (
        "The text changed at the source and was edited here, and the two do not merge: the newer text waits as a "
        "proposed revision."
    )
    post = Post.objects.get()
    assert post.html == "<p>Our words.</p>"
    proposed = Revision.objects.get(proposed=True)
    assert proposed.state["body"] == "<p>Their newer words.</p>"
    assert (proposed.reason, post.revision) == ("newer text from the source", 2)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_line_break_after_the_last_line_is_no_edit(tmp_path: Path, end: str) -> None:
    imported(feed(tmp_path))
    edit(body=f"<p>Their first words.</p>{end}")
    assert verdicts(imported(feed(tmp_path, "<p>Their newer words.</p>"))) == ["updated"]
    assert Post.objects.get().html.strip() == "<p>Their newer words.</p>"


def test_a_kept_text_is_proposed_once(tmp_path: Path) -> None:
    imported(feed(tmp_path))
    edit(body="<p>Our words.</p>")
    imported(feed(tmp_path, "<p>Their newer words.</p>"))
    before = rows()
    assert verdicts(imported(feed(tmp_path, "<p>Their newer words.</p>"))) == ["unchanged"]
    assert rows() == before


def test_mending_a_tag_does_not_block_newer_text_and_is_kept(tmp_path: Path) -> None:
    imported(feed(tmp_path, category="Theirs"))
    edit(tags=("Ours",))
    assert verdicts(imported(feed(tmp_path, "<p>Their newer words.</p>", category="Theirs"))) == ["updated"]
    post = Post.objects.get()
    assert post.html == "<p>Their newer words.</p>"
    assert Content.of(post).tags == ("Ours",)


def test_a_mended_tag_outlives_an_update_of_the_text(tmp_path: Path) -> None:
    imported(feed(tmp_path, category="Theirs"))
    edit(tags=("Ours",))
    imported(feed(tmp_path, "<p>Their newer words.</p>", category="Theirs"))
    assert verdicts(imported(feed(tmp_path, "<p>Their newer words.</p>", category="Newer"))) == ["kept"]
    assert Content.of(Post.objects.get()).tags == ("Ours",)
    assert Revision.objects.get(proposed=True).state["tags"] == ["Ours", "Newer"]


def test_what_was_not_edited_comes_in_beside_what_was(tmp_path: Path) -> None:
    imported(feed(tmp_path))
    edit(body="<p>Our words.</p>")
    report = imported(feed(tmp_path, "<p>Their newer words.</p>", title="Their newer title"))
    assert verdicts(report) == ["conflict"]
    post = Post.objects.get()
    assert (post.title, post.html) == ("Their newer title", "<p>Our words.</p>")
    assert Revision.objects.get(proposed=True).state["title"] == "Their newer title"


LONG = "<p>One of them.</p>\n<p>Two of them.</p>\n<p>Three of them.</p>\n<p>Four of them.</p>"


def test_changes_of_different_paragraphs_are_proposed_together(tmp_path: Path) -> None:
    imported(feed(tmp_path, LONG))
    edit(body=LONG.replace("One", "Our one"))
    report = imported(feed(tmp_path, LONG.replace("Four", "Their four")))
    assert verdicts(report) == ["kept"]
    assert only(report).items[0].reason == (
        "The text changed at the source and was edited here: the edit stays, and the source's newer text waits as a "
        "proposed revision."
    )
    assert Post.objects.get().body == LONG.replace("One", "Our one")
    merged = LONG.replace("One", "Our one").replace("Four", "Their four")
    assert Revision.objects.get(proposed=True).state["body"] == merged


def test_a_merged_text_that_an_editor_takes_is_an_editors_work_still(tmp_path: Path) -> None:
    imported(feed(tmp_path, LONG))
    edit(body=LONG.replace("One", "Our one"))
    imported(feed(tmp_path, LONG.replace("Four", "Their four")))
    edit(body=LONG.replace("One", "Our one").replace("Four", "Their four"))
    assert verdicts(imported(feed(tmp_path, LONG.replace("Four", "Their last")))) == ["kept"]
    assert "Our one" in Post.objects.get().body


def test_once_an_editor_takes_the_proposal_the_source_updates_again(tmp_path: Path) -> None:
    imported(feed(tmp_path))
    edit(body="<p>Our words.</p>")
    imported(feed(tmp_path, "<p>Their newer words.</p>"))
    edit(body="<p>Their newer words.</p>")
    assert verdicts(imported(feed(tmp_path, "<p>Their newest words.</p>"))) == ["updated"]


def test_a_changed_slug_or_date_is_no_edit_of_the_text(tmp_path: Path) -> None:
    imported(feed(tmp_path))
    edit(slug="a-better-address")
    assert verdicts(imported(feed(tmp_path, "<p>Their newer words.</p>"))) == ["updated"]
    assert Post.objects.get().slug == "a-better-address"


def test_a_post_in_the_trash_stays_there(tmp_path: Path) -> None:
    imported(feed(tmp_path))
    post = Post.objects.get()
    publishing.trash(post.pk, None)
    report = imported(feed(tmp_path, "<p>Their newer words.</p>"))
    assert verdicts(report) == ["buried"]
    assert only(report).items[0].url == ""
    publishing.restore(post.pk, None)
    assert verdicts(imported(feed(tmp_path, "<p>Their newer words.</p>"))) == ["updated"]


def test_a_post_deleted_for_good_stays_deleted(tmp_path: Path) -> None:
    imported(feed(tmp_path))
    post = Post.objects.get()
    publishing.trash(post.pk, None)
    publishing.purge(post.pk, None)
    assert verdicts(imported(feed(tmp_path, "<p>Their newer words.</p>"))) == ["buried"]
    assert not Post.everything.exists()
    assert ImportedEntry.objects.get().post is None
