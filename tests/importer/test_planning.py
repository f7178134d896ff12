"""test_planning: a dry run keeps a plan, and exactly that is carried out later, from the same bytes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from blog import publishing
from blog.content import Content
from blog.models import Post
from importer.errors import ImportProblem
from importer.models import Run, RunDocument
from importer.pipeline import run_import
from importer.report import Report
from importer.runs import planning
from tests.importer.documents import command, imported, item, last_run, only, rows, rss, verdicts, written

pytestmark = pytest.mark.django_db
DUMP = "One\nA body of its own, quite long enough to be one.\n\nTwo\nAnother body, as long as the first one is.\n"


def planned(*locations: str, **options: Any) -> Run:
    imported(*locations, dry_run=True, **options)
    return last_run()


def applied(run: Run) -> Report:
    plan = planning.load(run.pk)
    return run_import(plan.locations, plan.options, plan=plan, shows_errors=True)


def feed(folder: Path, *items: str) -> str:
    return written(folder, rss(*items))


def edit(**changes: Any) -> None:
    post = Post.objects.get()
    publishing.save(post.pk, replace(Content.of(post), **changes), None, base=post.revision)


def test_what_was_planned_is_done_with_the_options_it_was_planned_with(tmp_path: Path) -> None:
    run = planned(feed(tmp_path, item(1), item(2)), status="draft", tags=("Imported",))
    assert not Post.everything.exists()
    report = applied(run)
    assert verdicts(report) == ["created", "created"]
    assert set(Post.everything.values_list("status", flat=True)) == {"draft"}
    assert Content.of(Post.everything.all()[0]).tags == ("Imported",)
    assert last_run().plan == run


def test_the_document_is_the_one_that_was_planned_whatever_stands_there_now(tmp_path: Path) -> None:
    run = planned(source := feed(tmp_path, item(1)))
    feed(tmp_path, item(1, "<p>Something else.</p>"), item(2))
    assert verdicts(applied(run)) == ["created"]
    assert "number 1" in Post.objects.get().body
    Path(source).unlink()
    assert verdicts(applied(run)) == ["unchanged"]


def test_entries_without_a_date_get_the_moment_of_the_plan(tmp_path: Path) -> None:
    run = planned(written(tmp_path, DUMP, "dump.txt"))
    applied(run)
    assert all(post.published_at and post.published_at < run.started for post in Post.objects.all())


def test_a_long_document_is_read_again_and_refused_when_it_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "KEPT_AT_MOST", 10)
    run = planned(feed(tmp_path, item(1)))
    assert RunDocument.objects.get().data is None
    feed(tmp_path, item(1), item(2))
    report = applied(run)
    assert report.sources[0].error == planning.CHANGED
    assert report.status() == 1
    feed(tmp_path, item(1))
    assert verdicts(applied(run)) == ["created"]


def test_an_entry_that_somebody_edited_meanwhile_is_refused_with_the_reason(tmp_path: Path) -> None:
    imported(feed(tmp_path, item(1)))
    run = planned(feed(tmp_path, item(1, "<p>Newer words.</p>"), item(2)))
    edit(body="<p>Ours.</p>")
    before = rows()["Revision"]
    report = applied(run)
    assert verdicts(report) == ["rejected", "created"]
    assert only(report).items[0].reason == (
        "The plan said “updated”, and something here has changed since: The text changed at the source and was edited "
        "here, and the two do not merge: the newer text waits as a proposed revision. Make a new plan."
    )
    assert Post.objects.get(title="Post 1").body == "<p>Ours.</p>"
    assert [row for row in rows()["Revision"] if row["fields"]["proposed"]] == []
    assert len(rows()["Revision"]) == len(before) + 1


def test_a_post_trashed_meanwhile_is_refused(tmp_path: Path) -> None:
    imported(feed(tmp_path, item(1)))
    run = planned(feed(tmp_path, item(1, "<p>Newer words.</p>")))
    publishing.trash(Post.objects.get().pk, None)
    (one,) = only(applied(run)).items
    assert (one.verdict, one.reason.startswith("The plan said “updated”")) == ("rejected", True)


def test_a_repeat_in_a_later_source_of_the_plan_is_no_surprise(tmp_path: Path) -> None:
    same = rss(item(1, guid="other", link=""), title="Another", link="https://other.example/")
    run = planned(feed(tmp_path, item(1)), written(tmp_path, same, "other.xml"))
    report = applied(run)
    assert [one.verdict for source in report.sources for one in source.items] == ["created", "duplicate"]


def test_only_the_latest_plans_keep_their_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "PLANS_KEPT", 1)
    first = planned(feed(tmp_path, item(1)))
    second = planned(feed(tmp_path, item(1)))
    assert [document.run for document in RunDocument.objects.all()] == [second]
    with pytest.raises(ImportProblem, match="Nothing that could be carried out is kept of plan"):
        planning.load(first.pk)


def test_the_command_carries_a_plan_out_and_undoes_it(tmp_path: Path) -> None:
    ended = command(feed(tmp_path, item(1)), "--dry-run")
    assert f"import_feed --apply {last_run().pk}" in ended.out
    ended = command("--apply", str(last_run().pk))
    assert (ended.status, ended.out.splitlines()[0]) == (0, "1 new")


def test_the_command_refuses_what_is_no_plan(tmp_path: Path) -> None:
    source = feed(tmp_path, item(1))
    command(source)
    ended = command("--apply", str(last_run().pk))
    said = f"Import {last_run().pk} was no plan: it has been carried out. Make a plan with --dry-run.\n"
    assert (ended.status, ended.err) == (1, said)
    assert command("--apply", "999").status == 1
    ended = command(source, "--apply", "1")
    assert ended.status == 2
    assert "name no source and no option beside it" in ended.err
    assert command().status == 2
