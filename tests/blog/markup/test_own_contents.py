"""test_own_contents: a body that lists its own headings gets no second list."""

from __future__ import annotations

import pytest

from blog.markup import render

HEADINGS = '<h2 id="a">A</h2><p>x</p><h3 id="b">B</h3><p>y</p><h2 id="c">C</h2>'
ITEMS = '<li><p><a href="#a">A</a></p><ul><li><a href="#b">B</a></li></ul></li><li><a href="#c">C</a></li>'


@pytest.mark.parametrize(
    "body",
    [
        f"<h2>Contents</h2><ul>{ITEMS}</ul>{HEADINGS}",
        f"<h3>What We'll Cover:</h3><ol>{ITEMS}</ol>{HEADINGS}",
        f"<div><p>Contents</p><ul>{ITEMS}</ul></div>{HEADINGS}",
        f'<h2>Contents</h2><ul>{ITEMS}<li><a href="#gone">Gone</a></li></ul>{HEADINGS}',
    ],
)
def test_a_list_of_in_page_links_is_the_contents(body: str) -> None:
    assert render(body, "html").own_contents


@pytest.mark.parametrize(
    "body",
    [
        HEADINGS,
        f"<h2>Read on</h2><ul><li><a href='https://e.example'>A</a></li><li><a href='#c'>C</a></li></ul>{HEADINGS}",
        f"<h2>Plan</h2><ul><li>First <a href='#a'>A</a></li><li><a href='#c'>C</a></li></ul>{HEADINGS}",
        f"<p>see</p><ul><li><a href='#c'>C</a></li></ul>{HEADINGS}",
        f"<h2>Contents</h2><ul><li><a href='#g1'>Gone</a></li><li><a href='#g2'>Too</a></li></ul>{HEADINGS}",
        "",
    ],
)
def test_other_lists_are_not(body: str) -> None:
    assert not render(body, "html").own_contents


def test_absolute_links_to_this_post_count() -> None:
    body = f"<h2>Contents</h2><ul>{ITEMS}</ul>{HEADINGS}".replace('href="#', 'href="https://e.example/p/#')
    assert render(body, "html", own_urls=["https://e.example/p/"]).own_contents
    assert not render(body, "html").own_contents
