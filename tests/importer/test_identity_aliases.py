"""test_identity_aliases: an entry is known by every name it has, and a changed name still leads to it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from importer.entry import Entry
from importer.identity import Alias, aliases

WHEN = datetime(2026, 5, 1, tzinfo=UTC)


def names(**fields: Any) -> tuple[Alias, ...]:
    return aliases(Entry(**{"position": 1, "title": "", "body": "x", **fields}))


def kinds(**fields: Any) -> list[str]:
    return [alias.kind for alias in names(**fields)]


def sha(kind: str, **fields: Any) -> str:
    return next(alias.sha256 for alias in names(**fields) if alias.kind == kind)


def test_strongest_first() -> None:
    found = kinds(
        guid="https://a.com/1", link="https://a.com/p", canonical="https://b.com/p", title="T", published=WHEN
    )
    assert found == ["guid", "guid-path", "link", "canonical", "title-date", "title-text"]


def test_an_undated_entry_has_its_title() -> None:
    assert kinds(title="T") == ["title", "title-text"]


def test_an_entry_with_nothing_has_its_text() -> None:
    assert kinds() == ["title-text"]


def test_a_huge_guid_is_a_short_hash() -> None:
    alias = names(guid="x" * 5000)[0]
    assert (len(alias.sha256), len(alias.value)) == (64, 500)


def test_a_guid_is_exact_but_for_white_space_around_it() -> None:
    assert sha("guid", guid=" abc\n") == sha("guid", guid="abc")
    assert sha("guid", guid="ABC") != sha("guid", guid="abc")


@pytest.mark.parametrize(
    "moved", ["https://www.b.org/2020/post/", "http://a.com/2020/post", "https://A.com:8080/2020/post"]
)
def test_a_guid_that_moved_has_the_same_path(moved: str) -> None:
    assert sha("guid-path", guid="https://a.com/2020/post") == sha("guid-path", guid=moved)


def test_a_tag_uri_that_moved_has_the_same_path() -> None:
    assert sha("guid-path", guid="tag:a.com,2020:/7") == sha("guid-path", guid="tag:b.org,2020:/7")


@pytest.mark.parametrize(
    "guid", ["12345", "urn:uuid:0-0", "https://a.com/", "https://a.com", "mailto:x@a.com"]
)
def test_a_guid_without_a_path_of_its_own(guid: str) -> None:
    assert "guid-path" not in kinds(guid=guid)


@pytest.mark.parametrize(
    "link",
    [
        "http://a.com/post",
        "https://www.a.com/post",
        "https://A.COM/post/",
        "https://a.com:443/post",
        "https://a.com/post?utm_source=rss&utm_medium=feed&fbclid=1&gclid=2",
        "https://a.com/post#utm_source=rss",
        "https://a.com/post#comments",
    ],
)
def test_links_that_mean_one_page(link: str) -> None:
    assert sha("link", link=link) == sha("link", link="https://a.com/post")


@pytest.mark.parametrize(
    "link", ["https://a.com/Post", "https://a.com/post?id=2", "https://a.com:8080/post", "https://b.com/post"]
)
def test_links_that_mean_other_pages(link: str) -> None:
    assert sha("link", link=link) != sha("link", link="https://a.com/post")


def test_a_fragment_is_a_name_of_its_own_before_the_page() -> None:
    whole, page = (alias for alias in names(link="https://a.com/log#v2") if alias.kind == "link")
    assert (whole.value, page.value) == ("a.com/log#v2", "a.com/log")


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "//", "http://[", "mailto:x@a.com"])
def test_what_is_no_address_names_nothing(link: str) -> None:
    assert "link" not in kinds(link=link)


def test_a_title_is_known_in_any_case_and_spacing() -> None:
    assert sha("title", title="Привет,  Мир") == sha("title", title="привет, мир ")


def test_a_lone_surrogate_stops_nothing() -> None:
    assert kinds(title="\ud800", guid="\udfff")[0] == "guid"
