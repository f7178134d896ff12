"""test_proposals: what an editor and the source both changed waits in one list, and is taken over or turned down by one click."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from blog import publishing
from blog.content import Content
from blog.models import Post, Revision
from tests.factories import UserFactory
from tests.importer.documents import imported, item, rss, verdicts, written

pytestmark = pytest.mark.django_db
LONG = "<p>One of them.</p>\n<p>Two of them.</p>\n<p>Three of them.</p>\n<p>Four of them.</p>"
OURS = LONG.replace("One", "Our one")
THEIRS = LONG.replace("Four", "Their four")
BOTH = OURS.replace("Four", "Their four")
LIST = "/admin/importer/run/proposals/"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(UserFactory(role="editor"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def edit(**changes: Any) -> None:
    post = Post.objects.get()
    publishing.save(post.pk, replace(Content.of(post), **changes), None, base=post.revision)


def feed(folder: Path, body: str, **fields: str) -> str:
    return written(folder, rss(item(1, body, **fields)))


def merged(folder: Path) -> Revision:
    """An edit here and a change there, in different paragraphs."""
    imported(feed(folder, LONG))
    edit(body=OURS)
    assert verdicts(imported(feed(folder, THEIRS))) == ["kept"]
    return Revision.objects.get(proposed=True)


def answered(client: Client, proposal: Revision, answer: str) -> str:
    address = reverse("admin:importer_run_proposal", args=[proposal.post_id, proposal.number])
    return str(client.post(address, {"answer": answer}, secure=True, follow=True).content.decode())


def test_both_texts_stand_beside_each_other(editor: Client, tmp_path: Path) -> None:
    imported(feed(tmp_path, "<p>First words.</p>"))
    edit(body="<p>Our words.</p>")
    imported(feed(tmp_path, "<p>Their words.</p>"))
    shown = editor.get(LIST, secure=True).content.decode()
    assert "1 proposal waits." in shown
    assert "<del>Our</del>" in shown
    assert "<ins>Their</ins>" in shown


def test_one_click_takes_the_merged_text_over_as_the_editors_act(editor: Client, tmp_path: Path) -> None:
    proposal = merged(tmp_path)
    shown = answered(editor, proposal, "accept")
    assert "says what was proposed" in shown
    assert "Nothing waits." in shown
    post = Post.objects.get()
    assert post.body == BOTH
    newest = post.revisions.all()[0]
    assert (newest.proposed, newest.user is not None) == (False, True)
    assert newest.reason == "took over: newer text from the source"


def test_after_it_the_same_source_changes_nothing_and_a_newer_one_merges_again(
    editor: Client, tmp_path: Path
) -> None:
    answered(editor, merged(tmp_path), "accept")
    assert verdicts(imported(feed(tmp_path, THEIRS))) == ["unchanged"]
    newer = THEIRS.replace("Three", "Their three")
    assert verdicts(imported(feed(tmp_path, newer))) == ["kept"]
    answered(editor, Revision.objects.get(proposed=True), "accept")
    assert Post.objects.get().body == BOTH.replace("Three", "Their three")


def test_the_sources_own_text_taken_over_lets_it_update_again(editor: Client, tmp_path: Path) -> None:
    imported(feed(tmp_path, "<p>First words.</p>"))
    edit(body="<p>Our words.</p>")
    imported(feed(tmp_path, "<p>Their words.</p>"))
    answered(editor, Revision.objects.get(proposed=True), "accept")
    assert verdicts(imported(feed(tmp_path, "<p>Their newest words.</p>"))) == ["updated"]


def test_what_was_edited_elsewhere_since_is_kept(editor: Client, tmp_path: Path) -> None:
    proposal = merged(tmp_path)
    edit(title="A better title")
    assert "A better title" not in editor.get(LIST, secure=True).content.decode().split("<h3>")[-1]
    answered(editor, proposal, "accept")
    post = Post.objects.get()
    assert (post.title, post.body) == ("A better title", BOTH)


def test_an_edit_of_the_same_text_since_is_never_overwritten(editor: Client, tmp_path: Path) -> None:
    proposal = merged(tmp_path)
    edit(body="<p>Something else.</p>")
    assert "Someone has changed the same since it was proposed (body)." in answered(
        editor, proposal, "accept"
    )
    assert Post.objects.get().body == "<p>Something else.</p>"
    assert Revision.objects.filter(proposed=True).exists()


def test_turned_down_it_is_gone_and_does_not_come_again(editor: Client, tmp_path: Path) -> None:
    proposal = merged(tmp_path)
    assert "the post stays as it is" in answered(editor, proposal, "reject")
    assert Post.objects.get().body == OURS
    assert verdicts(imported(feed(tmp_path, THEIRS))) == ["unchanged"]
    assert not Revision.objects.filter(proposed=True).exists()


def test_an_answer_that_comes_twice_is_told(editor: Client, tmp_path: Path) -> None:
    proposal = merged(tmp_path)
    answered(editor, proposal, "accept")
    assert "This proposal does not wait any more" in answered(editor, proposal, "accept")
    assert Post.objects.get().body == BOTH
