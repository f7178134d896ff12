"""test_archives_planned: a plan of a whole archive is carried out from what was read then, asking nobody again."""

from __future__ import annotations

import pytest

from blog.models import Post
from importer.entry import RawDocument
from importer.models import Run, RunDocument
from importer.pipeline import run_import
from importer.report import Report
from importer.runs import planning, previewing, undoing
from tests.importer.archives import page, pages, walked
from tests.importer.documents import last_run, only, verdicts
from tests.importer.web_servers import reply

pytestmark = pytest.mark.django_db
TWO = {"/feed": page(3, 2, onward="/2"), "/2": page(1)}


def nobody(location: str) -> RawDocument:
    raise AssertionError(f"{location} was asked for again")


def applied(run: Run) -> Report:
    plan = planning.load(run.pk)
    return run_import(plan.locations, plan.options, plan=plan, fetch=nobody, shows_errors=True)


def test_a_plan_keeps_every_page_and_needs_no_web() -> None:
    with pages(TWO) as server:
        assert verdicts(walked(server, dry_run=True)) == ["created"] * 3
    assert not Post.objects.exists()
    assert RunDocument.objects.count() == 2
    report = applied(last_run())
    assert verdicts(report) == ["created"] * 3
    assert only(report).as_json()["pages"] == 2


def test_a_plan_whose_walk_was_cut_carries_out_what_it_has() -> None:
    with pages({"/feed": page(3, onward="/2"), "/2": reply(b"", "500 No")}) as server:
        assert walked(server, dry_run=True).status() == 3
    assert verdicts(applied(last_run())) == ["created"]


def test_the_preview_of_a_plan_shows_the_pages_behind() -> None:
    with pages(TWO) as server:
        walked(server, dry_run=True)
    plan = planning.load(last_run().pk)
    survey = previewing.survey_of(plan, plan.locations[0])
    assert survey.total == 3


def test_undoing_takes_all_pages_back() -> None:
    with pages(TWO) as server:
        walked(server)
    assert undoing.undo(last_run()).removed == 3
    assert not Post.objects.exists()
