"""test_undoing: an import that is undone leaves everything as it was, but for what somebody has worked on since."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from accounts.models import Author
from blog import publishing
from blog.content import Content
from blog.models import NavigationLink, Post, Redirect, Revision, SearchDocument, Tag
from importer.models import EntryAlias, ImportedEntry, Run, Source
from importer.runs import undoing
from importer.runs.undoing import Undone
from tests.factories import a_post
from tests.importer.documents import Ended, command, imported, item, last_run, rows, rss, verdicts, written

pytestmark = pytest.mark.django_db


def undone(run: Run | None = None, **options: Any) -> Undone:
    return undoing.undo(undoing.find((run or last_run()).pk), **options)


def undo_command(*words: str) -> Ended:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("undo_import", *words, stdout=out, stderr=err)
        status = 0
    except SystemExit as end:
        status = int(end.code or 0)
    return Ended(status, out.getvalue(), err.getvalue())


def dump() -> dict[str, Any]:
    """All rows, but for what only grows: the revisions with their numbers, the site's generation, what a source is."""
    found = rows()
    for table in ("Revision", "SiteState", "SourceDocument", "SourceName", "AmbiguousAlias"):
        del found[table]
    for row in found["Post"]:
        del row["fields"]["revision"]
    for row in found["ImportedEntry"]:
        del row["fields"]["revision"]
    for table in ("Byline", "TaggedPost"):  # written anew with the post they belong to
        for row in found[table]:
            del row["pk"]
        found[table].sort(key=str)
    return found


def feed(folder: Path, *items: str) -> str:
    return written(folder, rss(*items))


def edit(title: str, **changes: Any) -> Post:
    post = Post.objects.get(title=title)
    return publishing.save(post.pk, replace(Content.of(post), **changes), None, base=post.revision)


def test_what_a_run_created_is_gone_as_if_it_had_never_come(tmp_path: Path) -> None:
    a_post(title="Ours", tags=["Kept"], authors=["Ada Example"])
    source = feed(tmp_path, *(item(n, category="Theirs", dc__creator=f"Writer {n}") for n in range(4)))
    before = dump()
    imported(source)
    assert Post.objects.count() == 5
    found = undone()
    assert dump() == before
    assert found.summary() == "4 posts removed, 4 authors removed, 1 tag removed"
    assert found.status() == 0


def test_authors_and_tags_that_others_use_or_somebody_described_stay(tmp_path: Path) -> None:
    imported(feed(tmp_path, item(1, category="Used"), item(2, category="Told", dc__creator="Bea Example")))
    a_post(title="Ours", tags=["used"], authors=["Ada Example"])
    Tag.objects.filter(key="told").update(description="What it means.")
    Author.objects.filter(name="Bea Example").update(bio="Her life.")
    undone()
    assert set(Tag.objects.values_list("key", flat=True)) == {"used", "told"}
    assert set(Author.objects.values_list("name", flat=True)) == {"Ada Example", "Bea Example"}


def test_an_update_goes_back_with_its_bylines_tags_and_what_the_source_said(tmp_path: Path) -> None:
    imported(feed(tmp_path, item(1, category="Old"), item(2)))
    before = dump()
    newer = item(1, "<p>Newer words.</p>", title="Newer title", category="New", dc__creator="New Writer")
    report = imported(feed(tmp_path, newer, item(2)))
    assert verdicts(report) == ["updated", "unchanged"]
    found = undone()
    assert dump() == before
    assert found.summary() == "1 post as it was before, 1 author removed, 1 tag removed"
    assert Revision.objects.filter(post__title="Post 1").first().reason.endswith("undone")  # type: ignore[union-attr]


def test_after_the_undoing_the_update_can_come_again(tmp_path: Path) -> None:
    imported(feed(tmp_path, item(1)))
    newer = feed(tmp_path, item(1, "<p>Newer words.</p>"))
    imported(newer)
    undone()
    assert verdicts(imported(newer)) == ["updated"]
    assert "Newer words" in Post.objects.get().body
    undone()
    assert "number 1" in Post.objects.get().body


def test_a_kept_edit_stays_and_its_proposal_is_withdrawn(tmp_path: Path) -> None:
    imported(feed(tmp_path, item(1)))
    edit("Post 1", body="<p>Ours.</p>")
    before = dump()
    newer = feed(tmp_path, item(1, "<p>Theirs.</p>"))
    assert verdicts(imported(newer)) == ["conflict"]
    found = undone()
    assert dump() == before
    assert found.summary() == "1 proposal withdrawn"
    assert not Revision.objects.filter(proposed=True).exists()
    assert verdicts(imported(newer)) == ["conflict"]


def test_what_came_in_beside_an_edit_goes_back_and_the_edit_stays(tmp_path: Path) -> None:
    imported(feed(tmp_path, item(1)))
    edit("Post 1", body="<p>Ours.</p>")
    before = dump()
    imported(feed(tmp_path, item(1, "<p>Theirs.</p>", title="Their title")))
    undone()
    assert dump() == before


def test_import_undo_import_gives_the_posts_again(tmp_path: Path) -> None:
    source = feed(tmp_path, item(1), item(2))
    imported(source)
    undone()
    assert SearchDocument.objects.count() == 0
    report = imported(source)
    assert verdicts(report) == ["created", "created"]
    assert [post.title for post in Post.objects.order_by("published_at")] == ["Post 1", "Post 2"]
    assert Post.objects.first().slug == "post-2"


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (lambda post: edit("Post 1", summary="Ours"), "Someone has worked on it since (saved)."),
        (lambda post: edit("Post 1", tags=("Ours",)), "Someone has worked on it since (saved)."),
        (lambda post: publishing.withdraw(post.pk, None), "Someone has worked on it since (withdrawn)."),
        (lambda post: publishing.trash(post.pk, None), "It was moved to the trash since."),
    ],
)
def test_what_somebody_worked_on_since_is_left_with_the_reason(tmp_path: Path, act: Any, reason: str) -> None:
    imported(feed(tmp_path, item(1), item(2)))
    act(Post.objects.get(title="Post 1"))
    found = undone()
    assert [(left.title, left.reason) for left in found.left] == [("Post 1", reason)]
    assert found.status() == 3
    assert list(Post.everything.values_list("title", flat=True)) == ["Post 1"]
    assert ImportedEntry.objects.get().post is not None


def test_a_post_deleted_for_good_since_stays_deleted(tmp_path: Path) -> None:
    imported(feed(tmp_path, item(1)))
    post = Post.objects.get()
    publishing.trash(post.pk, None)
    publishing.purge(post.pk, None)
    (left,) = undone().left
    assert left.reason == "The post was deleted here for good since; “reset_import” lets it come again."
    assert ImportedEntry.objects.get().post is None


def test_an_update_that_somebody_edited_since_is_left(tmp_path: Path) -> None:
    imported(feed(tmp_path, item(1)))
    imported(feed(tmp_path, item(1, "<p>Newer words.</p>")))
    edit("Post 1", summary="Ours")
    (left,) = undone().left
    assert left.reason == "Someone has worked on it since (saved)."
    assert "Newer" in Post.objects.get().body


def test_the_later_of_two_imports_is_undone_first(tmp_path: Path) -> None:
    imported(feed(tmp_path, item(1)))
    first = last_run()
    imported(feed(tmp_path, item(1, "<p>Newer words.</p>")))
    (left,) = undone(first).left
    assert left.reason == f"Import {last_run().pk} has changed it since; undo that one first."
    undone()
    assert not undone(first).left
    assert not Post.everything.exists()


def test_a_post_that_another_source_brought_too_is_left(tmp_path: Path) -> None:
    imported(feed(tmp_path, item(1)))
    first = last_run()
    other = rss(item(1, guid="other", link=""), title="Another", link="https://other.example/")
    assert verdicts(imported(written(tmp_path, other, "other.xml"))) == ["duplicate"]
    (left,) = undone(first).left
    assert left.reason == f"“Another” brought the same post with import {last_run().pk}; undo that one first."
    assert undone().left == []
    assert undone(first).removed == 1


def test_a_page_that_the_menu_leads_to_is_left(tmp_path: Path) -> None:
    imported(feed(tmp_path, item(1)))
    NavigationLink.objects.create(label="It", page=Post.objects.get())
    (left,) = undone().left
    assert left.reason == "The site's navigation leads to it; take it out there first."


def test_an_entry_that_the_run_changed_twice_goes_back_to_the_first(tmp_path: Path) -> None:
    linked = '<p>See <a href="https://blog.example/2">the other one</a>.</p>'
    imported(feed(tmp_path, item(1)))
    before = dump()
    # Its text comes first; the link in it is led to the other post once that is in.
    imported(feed(tmp_path, item(1, linked), item(2)))
    assert "/posts/post-2/" in Post.objects.get(title="Post 1").body
    assert last_run().changes.count() == 2
    found = undone()
    assert found.left == []
    assert dump() == before
    assert verdicts(imported(feed(tmp_path, item(1, linked), item(2)))) == ["updated", "created"]


def test_posts_that_link_to_each_other_go_together(tmp_path: Path) -> None:
    linked = '<p>See <a href="https://blog.example/2">the other one</a>.</p>'
    imported(feed(tmp_path, item(1, linked), item(2)))
    assert undone().summary() == "2 posts removed, 1 author removed"


def test_old_addresses_that_led_to_what_is_gone_go_too(tmp_path: Path) -> None:
    imported(feed(tmp_path, item(1, category="Theirs")))
    Redirect.objects.create(path="/category/theirs/", address=Tag.objects.get().get_absolute_url())
    Redirect.objects.create(path="/2019/one/", post=Post.objects.get())
    undone()
    assert not Redirect.objects.exists()


def test_a_dry_run_changes_nothing_and_says_the_same(tmp_path: Path) -> None:
    imported(feed(tmp_path, item(1), item(2)))
    before = rows()
    planned = undone(dry_run=True)
    assert rows() == before
    assert planned.summary() == "2 posts removed, 1 author removed"
    assert undone().summary() == planned.summary()


def test_the_site_shows_what_stands_after_it(tmp_path: Path, client: Any) -> None:
    imported(feed(tmp_path, item(1)))
    assert "Post 1" in client.get("/", secure=True).content.decode()
    undone()
    assert "Post 1" not in client.get("/", secure=True).content.decode()


def test_the_summary_of_an_import_names_the_command_that_undoes_it(tmp_path: Path) -> None:
    ended = command(feed(tmp_path, item(1)))
    assert f"undo_import {last_run().pk}" in ended.out


def test_the_command_says_what_it_did_and_what_it_left(tmp_path: Path) -> None:
    imported(feed(tmp_path, item(1), item(2)))
    edit("Post 2", summary="Ours")
    number = str(last_run().pk)
    assert undo_command(number, "--dry-run").out == "Would be: 1 post removed, 1 left\n"
    ended = undo_command(number)
    assert (ended.status, ended.out) == (3, "1 post removed, 1 left\n")
    assert ended.err == "“Post 2” was left: Someone has worked on it since (saved).\n"


def test_undoing_twice_says_so(tmp_path: Path) -> None:
    imported(feed(tmp_path, item(1)))
    number = str(last_run().pk)
    assert undo_command(number).status == 0
    ended = undo_command(number)
    said = f"Import {number} was undone already; there is nothing left of it to undo.\n"
    assert (ended.status, ended.out, ended.err) == (0, said, "")


def test_a_run_that_is_unknown_or_a_plan_is_refused_with_a_sentence(tmp_path: Path) -> None:
    ended = undo_command("999")
    said = "There is no import 999. The desk lists them all under “Runs”.\n"
    assert (ended.status, ended.err) == (1, said)
    imported(feed(tmp_path, item(1)), dry_run=True)
    ended = undo_command(str(last_run().pk))
    assert ended.status == 1
    assert "was only a plan; it changed nothing" in ended.err


def test_several_sources_of_one_run_go_together(tmp_path: Path) -> None:
    same = rss(item(1, guid="other", link=""), title="Another", link="https://other.example/")
    imported(feed(tmp_path, item(1)), written(tmp_path, same, "other.xml"))
    found = undone()
    assert (found.left, found.removed, ImportedEntry.objects.count()) == ([], 1, 0)


def test_the_mark_of_a_former_self_goes_with_the_run_that_set_it(tmp_path: Path) -> None:
    source = feed(tmp_path, item(1))
    imported(source, moved_here=True)
    assert Source.objects.get().moved_here
    assert "1 source is no former self any more" in undone().summary()
    assert not Source.objects.get().moved_here
    imported(source)
    assert Post.objects.get().uid.startswith("tag:")


def test_the_mark_stays_while_posts_are_here_that_came_under_it(tmp_path: Path) -> None:
    imported(feed(tmp_path, item(1)), moved_here=True)
    first = last_run()
    imported(feed(tmp_path, item(1), item(2)))
    (left,) = undone(first).left
    assert left.reason == (
        f"It stays marked as this blog's former self: posts that import {last_run().pk} brought as such are here."
    )
    assert Source.objects.get().moved_here
    undone()
    assert undone(first).left == []
    assert not Source.objects.get().moved_here


def test_a_mark_that_an_earlier_run_set_stays(tmp_path: Path) -> None:
    imported(feed(tmp_path, item(1)), moved_here=True)
    imported(feed(tmp_path, item(1), item(2)), moved_here=True)
    undone()
    assert Source.objects.get().moved_here


def test_other_addresses_that_an_update_taught_are_forgotten(tmp_path: Path) -> None:
    def ghost(*former: str) -> str:
        posts = [f"title: Slow morning\ndate: 2024-01-01\naliases: [{', '.join(former)}]"]
        folder = tmp_path / "posts"
        folder.mkdir(exist_ok=True)
        for text in posts:
            (folder / "slow.md").write_text(f"---\n{text}\n---\n\nWords of {len(former)}.\n")
        return str(folder)

    imported(ghost("https://old.example/a/"))
    before = set(EntryAlias.objects.filter(kind="also").values_list("sha256", flat=True))
    imported(ghost("https://old.example/a/", "https://old.example/b/"))
    assert EntryAlias.objects.filter(kind="also").count() == len(before) + 1
    undone()
    assert set(EntryAlias.objects.filter(kind="also").values_list("sha256", flat=True)) == before
