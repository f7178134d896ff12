"""test_pipeline_seeds: the four seed documents in, with everything they force."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from blog.models import Post, Revision
from importer.models import ImportedEntry, RunEntry
from tests.importer.documents import SEEDS, imported, needs_seeds, only, rows, verdicts

pytestmark = [pytest.mark.django_db, pytest.mark.seeds, needs_seeds]


def seed(number: str) -> str:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return str(path)


def posts() -> list[Post]:
    return list(Post.objects.order_by("pk"))


@pytest.fixture
def shared_link() -> list[Post]:
    imported(seed("000"))
    return posts()


@pytest.fixture
def rich() -> list[Post]:
    imported(seed("004"))
    return posts()


def test_thirty_entries_of_one_guid_and_one_link_are_thirty_posts(shared_link: list[Post]) -> None:
    assert len(shared_link) == 30
    assert len({post.slug for post in shared_link}) == 30
    assert {(post.canonical_url, post.origin_url) for post in shared_link} == {("", "")}


def test_their_author_is_the_channels_editor(shared_link: list[Post]) -> None:
    assert {byline.author.name for post in shared_link for byline in post.bylines.all()} == {"Shubham Rasal"}


def test_a_description_that_repeats_is_no_summary(shared_link: list[Post]) -> None:
    assert {post.summary for post in shared_link} == {""}
    assert all(post.lead and "undefined" not in post.lead for post in shared_link)


def test_lines_of_code_stay_in_the_text_and_are_no_summary(shared_link: list[Post]) -> None:
    opened = [post for post in shared_link if "components/" in post.html]
    assert len(opened) == 2
    assert not any(post.lead.startswith("import") for post in opened)


def test_pictures_that_lead_nowhere_are_told_of(shared_link: list[Post]) -> None:
    found = RunEntry.objects.exclude(warnings=[]).values_list("warnings", flat=True)
    assert sum("relative" in sentence for sentences in found for sentence in sentences) == 10
    assert sum(len(re.findall(r'<img [^>]*src="(?!https?:)', post.body)) for post in shared_link) == 37
    assert not any("<img" in post.html for post in shared_link)


def test_a_rich_feed_keeps_people_tags_covers_and_origins(rich: list[Post]) -> None:
    assert len(rich) == 15
    assert all(post.bylines.count() == 1 and post.cover_url and post.origin_url for post in rich)
    assert all(not post.title.startswith(" ") and post.taggings.exists() for post in rich)


def test_it_keeps_its_videos_and_tables(rich: list[Post]) -> None:
    together = "".join(post.feed_html for post in rich)
    assert together.count("<iframe") == 2
    assert together.count("<table") == 15


def test_a_dump_gets_its_headings_back_and_no_dates() -> None:
    imported(seed("002"), author="Borisov AI")
    made = posts()
    assert len(made) == 9
    assert sum(post.html.count("<h2") + post.html.count("<h3") for post in made) == 9
    assert not any(post.dated for post in made)
    assert len({post.published_at for post in made}) == 9


def test_one_post_nine_times_is_one_post_and_eight_repeats() -> None:
    report = imported(seed("003"), author="Borisov AI")
    assert dict(report.counts) == {"created": 12, "duplicate": 8}
    assert only(report).entries == 20


def test_a_stray_list_of_instructions_stays_and_is_reported() -> None:
    report = imported(seed("002"), author="Borisov AI")
    told = [sentence for one in only(report).items for sentence in one.warnings]
    assert len(told) == 1
    assert "leftover instructions" in told[0]


@pytest.mark.parametrize("number", ["000", "002", "003", "004"])
def test_a_second_run_changes_no_row(number: str) -> None:
    imported(seed(number), author="Borisov AI")
    before = rows()
    report = imported(seed(number), author="Borisov AI")
    assert set(verdicts(report)) <= {"unchanged", "duplicate"}
    assert rows() == before
    brought = Revision.objects.filter(
        reason="imported"
    )  # another one where a link between two posts was made ours
    assert brought.count() == Post.objects.count() == ImportedEntry.objects.count()


def test_the_same_document_from_another_place_makes_nothing_new(tmp_path: Path) -> None:
    imported(seed("003"), author="Borisov AI")
    copy = tmp_path / "copy.txt"
    copy.write_bytes(Path(seed("003")).read_bytes())
    assert dict(imported(str(copy), author="Borisov AI").counts) == {"duplicate": 20}
