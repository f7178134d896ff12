"""test_losses_kept: what a post lacks of its entry stands on the run and on the post's page at the desk, and --strict refuses it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from blog.models import Post
from importer.models import ImportedEntry, RunEntry
from importer.runs.undoing import undo
from tests.factories import UserFactory
from tests.importer.documents import (
    SEEDS,
    imported,
    item,
    last_run,
    needs_seeds,
    only,
    rss,
    verdicts,
    written,
)

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).resolve().parents[2] / "importer" / "samples"
WHOLE = "<p>One two <a href='https://a.example/'>three</a></p>"
CALL = "<p>One two <a href='tel:+15550100'>three</a></p>"  # our pages have no such links
LOST = "The only link is missing."


def kept() -> list[list[str]]:
    return list(ImportedEntry.objects.order_by("pk").values_list("losses", flat=True))


def desk(client: Client, role: str, post: Post) -> str:
    client.force_login(UserFactory(role=role))
    answer = client.get(reverse("admin:blog_post_change", args=[post.pk]), secure=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_loss_stands_in_the_report_on_the_run_and_with_the_entry(tmp_path: Path) -> None:
    report = imported(written(tmp_path, rss(item(1), item(2, CALL))))
    assert only(report).as_json()["losses"] == [f"Entry 2, “Post 2”: {LOST}"]
    assert list(RunEntry.objects.order_by("pk").values_list("warnings", flat=True)) == [[], [LOST]]
    assert kept() == [[], [LOST]]


def test_strict_refuses_an_entry_that_would_become_less(tmp_path: Path) -> None:
    report = imported(written(tmp_path, rss(item(1, WHOLE), item(2, CALL))), strict=True)
    assert verdicts(report) == ["created", "rejected"]
    assert only(report).items[1].reason == f"It would lose something, and --strict refuses that: {LOST}"


def test_a_loss_is_gone_when_the_source_has_mended_it_and_back_when_that_is_undone(tmp_path: Path) -> None:
    imported(written(tmp_path, rss(item(1, CALL))))
    assert verdicts(imported(written(tmp_path, rss(item(1, WHOLE))))) == ["updated"]
    assert kept() == [[]]
    undo(last_run())
    assert kept() == [[LOST]]


def test_an_editor_reads_on_the_post_what_it_lacks(tmp_path: Path, client: Client) -> None:
    imported(written(tmp_path, rss(item(1, CALL), item(2, WHOLE))))
    lacking, whole = Post.objects.order_by("pk")
    assert f"What the import could not bring</h2>\n<ul>\n<li>{LOST}</li>" in desk(client, "editor", lacking)
    assert "could not bring" not in desk(client, "editor", whole)


def test_who_may_not_see_imports_is_told_nothing_of_them(tmp_path: Path, client: Client) -> None:
    imported(written(tmp_path, rss(item(1, CALL))))
    post = Post.objects.get()
    author = UserFactory(role="author")
    Post.objects.filter(pk=post.pk).update(created_by=author)
    client.force_login(author)
    answer = client.get(reverse("admin:blog_post_change", args=[post.pk]), secure=True)
    assert answer.status_code == 200
    assert "could not bring" not in answer.content.decode()


def test_a_long_list_is_cut_and_says_where_the_rest_is(tmp_path: Path, client: Client) -> None:
    links = "".join(f"<p><a href='#n{number}'>word {number}</a></p>" for number in range(23))
    imported(written(tmp_path, rss(item(1, links))))
    text = desk(client, "editor", Post.objects.get())
    assert text.count("was left as text") == 20
    assert "<p>And 3 more; the run lists them.</p>" in text


def test_the_samples_lose_nothing() -> None:
    for sample in sorted(SAMPLES.iterdir()):
        assert only(imported(str(sample), author="Ada Example")).as_json()["losses"] == []


@needs_seeds
@pytest.mark.seeds
@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("000", []),
        ("002", []),
        ("003", []),
        # Each leads to a heading that its own post does not have.
        ("004", ["heading-conclusion", "production-voice-agent-architecture-vendor-neutral"]),
    ],
)
def test_the_seeds_lose_nothing_but_links_into_nothing(number: str, told: list[str]) -> None:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    found = only(imported(str(path), author="Borisov AI")).as_json()["losses"]
    assert [sentence.partition(" was left as text: ")[2] for sentence in found] == [
        f"nothing here is named “{name}”." for name in told
    ]
