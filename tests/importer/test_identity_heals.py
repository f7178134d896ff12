"""test_identity_heals: a source that moves, changes its ids or its scheme brings no post twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from blog.models import Post
from importer.models import EntryAlias, Source
from tests.importer.documents import imported, item, only, rss, verdicts, written

pytestmark = pytest.mark.django_db


def again(folder: Path, *items: str, link: str = "https://blog.example/") -> list[str]:
    return verdicts(imported(written(folder, rss(*items, link=link))))


def test_a_changed_guid_is_recognised_by_the_link_and_learnt(tmp_path: Path) -> None:
    again(tmp_path, item(1, guid="old-1"))
    assert again(tmp_path, item(1, guid="new-1", title="Newer")) == ["updated"]
    # From now on the new id alone is enough.
    assert again(tmp_path, item(1, guid="new-1", link="https://blog.example/elsewhere", title="Newest")) == [
        "updated"
    ]
    assert Post.objects.get().title == "Newest"
    assert EntryAlias.objects.filter(kind="guid").count() == 2


def test_a_moved_host_is_recognised_by_the_path(tmp_path: Path) -> None:
    again(tmp_path, item(1), item(2))
    moved = [
        item(n, link=f"https://new.example/{n}", guid=f"https://new.example/{n}", title=f"Post {n}!")
        for n in (1, 2)
    ]
    assert again(tmp_path, *moved) == ["updated", "updated"]
    assert Post.objects.count() == 2


def test_http_that_became_https_is_the_same(tmp_path: Path) -> None:
    old = [item(n, link=f"http://blog.example/{n}", guid=f"http://blog.example/{n}") for n in (1, 2)]
    again(tmp_path, *old)
    assert set(again(tmp_path, item(1), item(2))) <= {"unchanged", "updated"}
    assert again(tmp_path, item(1), item(2)) == ["unchanged", "unchanged"]
    assert Post.objects.count() == 2


def test_a_source_whose_ids_repeat_is_recognised_otherwise_with_a_warning(tmp_path: Path) -> None:
    items = [item(n, guid="the same") for n in range(1, 5)]
    report = imported(written(tmp_path, rss(*items)))
    assert verdicts(report) == ["created"] * 4
    assert any("ids" in warning and "recognise" in warning for warning in only(report).warnings), only(
        report
    ).warnings
    assert not Source.objects.get().trusts_ids
    assert again(tmp_path, *items) == ["unchanged"] * 4
    # What one document taught holds for the next, whose ids look good.
    assert again(tmp_path, item(1, guid="the same")) == ["unchanged"]
    assert Post.objects.count() == 4
