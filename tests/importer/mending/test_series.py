"""test_series: posts that number themselves become a series by one click, in their order, or are none for good."""

from __future__ import annotations

import pytest
from django.test import Client

from blog.models import Post, Series
from tests.factories import a_post, a_series
from tests.importer.mending.rows import an_editor, listed, only, press, told, undo

pytestmark = pytest.mark.django_db


def parts(*numbers: int) -> list[Post]:
    return [a_post(title=f"DEVLOG #{number}") for number in numbers]


def places() -> dict[str, int | None]:
    found = Post.objects.filter(series__title="DEVLOG")
    return dict(found.order_by("series_position").values_list("title", "series_position"))


def test_one_click_makes_it(client: Client) -> None:
    second, first = parts(2, 1)
    page = press(an_editor(client), "make", only("series"))
    assert "The series “DEVLOG” stands, in 2 posts." in page
    assert places() == {"DEVLOG #1": 1, "DEVLOG #2": 2}
    assert told(first) == told(second) == "put into a series"
    assert client.get("/series/devlog/", secure=True).status_code == 200
    assert listed() == []


def test_undo_takes_the_series_away(client: Client) -> None:
    parts(1, 2)
    press(an_editor(client), "make", only("series"))
    undo(client)
    assert not Series.objects.exists()
    assert len(listed("series")) == 1


def test_no_series_is_remembered_for_the_next_part_too(client: Client) -> None:
    parts(1, 2)
    press(an_editor(client), "leave", only("series"))
    parts(3)
    assert listed() == []


def test_a_new_part_joins_its_series(client: Client) -> None:
    parts(1, 2)
    press(an_editor(client), "make", only("series"))
    parts(3)
    want = only("series")
    assert [place for place, _ in want.about["parts"]] == [3]
    press(client, "make", want)
    assert Series.objects.count() == 1
    assert list(places().values()) == [1, 2, 3]
    undo(client)
    assert list(places().values()) == [1, 2]


def test_an_address_that_is_taken_is_passed_by(client: Client) -> None:
    a_series(title="Devlog!")
    parts(1, 2)
    press(an_editor(client), "make", only("series"))
    assert set(Series.objects.values_list("slug", flat=True)) == {"devlog", "devlog-2"}
