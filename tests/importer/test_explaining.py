"""test_explaining: what is known of one entry is told by its address, id or title; a deleted one can be let in again."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command

from blog import publishing
from blog.content import Content
from blog.models import Post
from importer.models import ImportedEntry
from tests.importer.documents import Ended, imported, item, last_run, rss, verdicts, written

pytestmark = pytest.mark.django_db


def run(command: str, words: str) -> Ended:
    out = io.StringIO()
    try:
        call_command(command, words, stdout=out)
        status = 0
    except SystemExit as end:
        status = int(end.code or 0)
    return Ended(status, out.getvalue(), "")


def feed(folder: Path, *items: str) -> str:
    return written(folder, rss(*items))


def deleted_for_good() -> None:
    pk = Post.objects.get().pk
    publishing.trash(pk, None)
    publishing.purge(pk, None)


@pytest.mark.parametrize(
    "words",
    [
        "https://blog.example/1",
        "http://www.blog.example/1/?utm_source=x",
        "Post 1",
        "post 1",
        "https://masthead.example/posts/post-1/",
    ],
)
def test_an_entry_is_found_by_its_address_its_title_and_ours(tmp_path: Path, words: str) -> None:
    imported(feed(tmp_path, item(1), item(2)))
    ended = run("explain_import", words)
    assert ended.status == 0
    assert ended.out.startswith("“Post 1”, from A blog (")
    assert "Post 2" not in ended.out


def test_all_that_is_known_is_told(tmp_path: Path) -> None:
    imported(feed(tmp_path, item(1)))
    first = last_run().pk
    post = Post.objects.get()
    publishing.save(post.pk, replace(Content.of(post), body="<p>Ours.</p>"), None)
    imported(feed(tmp_path, item(1, "<p>Theirs.</p>")))
    lines = run("explain_import", "https://blog.example/1").out.splitlines()
    assert "  Stands here as: https://masthead.example/posts/post-1/ (published)" in lines
    assert f"  Came with import {first}; what it says was last changed by import {last_run().pk}." in lines
    assert "  Recognised by its id: https://blog.example/1 – matches what was asked" in lines
    assert any(line.startswith("  Recognised by its title and date: post 1 2024-01-01") for line in lines)
    assert "  Edited here: text" in lines
    assert any(line.startswith(f"  Import {last_run().pk} of ") and ": conflict. " in line for line in lines)
    assert any(
        line.startswith(f"  Import {first} of ") and line.endswith(": created. New.") for line in lines
    )
    assert lines[-1] == (
        "  If it came again: if it says the same, nothing changes; a new text would wait as a proposal, because it was "
        "edited here; the rest is brought in."
    )


def test_a_deleted_one_says_how_to_let_it_in_again(tmp_path: Path) -> None:
    imported(feed(tmp_path, item(1)))
    deleted_for_good()
    out = run("explain_import", "Post 1").out
    assert "a tombstone; the post was deleted for good" in out
    assert (
        "it would stay away, because the post was deleted here for good. “reset_import” lets it come again."
        in out
    )


def test_what_was_never_imported_is_told_in_a_sentence(tmp_path: Path) -> None:
    ended = run("explain_import", "https://nowhere.example/x")
    said = "Nothing is known of “https://nowhere.example/x”: no entry with this address, id or title was ever imported.\n"
    assert (ended.status, ended.out) == (1, said)
    assert run("reset_import", "https://nowhere.example/x").out == said


def test_a_deleted_post_stays_deleted_until_it_is_reset(tmp_path: Path) -> None:
    source = feed(tmp_path, item(1))
    imported(source)
    deleted_for_good()
    assert verdicts(imported(source)) == ["buried"]
    ended = run("reset_import", "https://blog.example/1")
    said = "“Post 1” from A blog may come again; its source brings it with the next import.\n"
    assert (ended.status, ended.out) == (0, said)
    assert verdicts(imported(source)) == ["created"]
    assert Post.objects.get().title == "Post 1"


def test_what_is_not_deleted_is_not_reset(tmp_path: Path) -> None:
    source = feed(tmp_path, item(1))
    imported(source)
    ended = run("reset_import", "Post 1")
    assert (ended.status, ended.out) == (1, "“Post 1” is not deleted; there is nothing to lift.\n")
    publishing.trash(Post.objects.get().pk, None)
    assert "is in the trash; restore it there" in run("reset_import", "Post 1").out
    assert ImportedEntry.objects.count() == 1
