"""test_tables: tables scroll under a name of their own, and alignment is a class."""

from __future__ import annotations

import re

from blog.markup import render

TABLE = "<table><tbody><tr><td>x</td></tr></tbody></table>"


def labels(page: str) -> list[str]:
    return re.findall(r'class="table-scroll" tabindex="0" role="region" aria-label="([^"]*)"', page)


def test_a_table_is_named_by_its_caption_then_its_heading_then_as_table() -> None:
    captioned = "<table><caption>Cost</caption><tbody><tr><td>x</td></tr></tbody></table>"
    page = render(f"{TABLE}<h2>Speed</h2>{TABLE}{TABLE}{captioned}", "html").html
    assert labels(page) == ["Table", "Speed", "Speed (2)", "Cost"]


def test_a_table_within_a_table_has_no_scroller_of_its_own() -> None:
    page = render(f"<table><tr><td>{TABLE}</td></tr></table>", "html").html
    assert len(labels(page)) == 1


def test_a_scroller_that_is_there_is_used() -> None:
    once = render(TABLE, "html").html
    assert render(once, "html").html == once


def test_feeds_have_tables_without_scrollers() -> None:
    assert render(TABLE, "html").feed_html == TABLE


def test_alignment_is_a_class() -> None:
    page = render("|a|b|c|\n|:-|:-:|-:|\n|1|2|3|\n", "markdown").html
    assert "style" not in page
    assert re.findall(r'<td class="([^"]*)"', page) == ["align-left", "align-center", "align-right"]
    assert '<td class="align-right">' in render('<table><tr><td align="RIGHT">x</table>', "html").html


def test_absurd_numbers_are_dropped() -> None:
    page = render(
        '<table><tr><td colspan="2" rowspan="99999">x</table><img src="/media/x" width="1e9">', "html"
    ).html
    assert 'colspan="2"' in page
    assert "rowspan" not in page
    assert "width" not in page
