"""test_headings: headings follow one another without gaps, have ids, and make the outline."""

from __future__ import annotations

import re

import pytest

from blog.markup import Heading, render
from blog.markup.outline import levels
from blog.markup.tree import Node


def tags(fragment: str) -> list[str]:
    return re.findall(r"<(h[1-6])", fragment)


@pytest.mark.parametrize(
    ("given", "on_page"),
    [
        ("h2 h3 h3 h2", "h2 h3 h3 h2"),
        ("h3 h3 h3", "h2 h2 h2"),
        ("h4 h4 h3 h3", "h2 h2 h2 h2"),
        ("h2 h4 h4 h2", "h2 h3 h3 h2"),
        ("h3 h2 h3 h4", "h2 h2 h3 h4"),
        ("h2 h1 h2", "h2 h2 h3"),
        ("h2 h3 h4 h5 h6", "h2 h3 h4 h5 h6"),
    ],
)
def test_levels_begin_at_two_and_leave_no_gap(given: str, on_page: str) -> None:
    body = "<p>first</p>" + "".join(f"<{tag}>x</{tag}>" for tag in given.split())
    assert tags(render(body, "html").html) == on_page.split()


def test_there_is_no_seventh_level() -> None:
    assert levels([Node(f"h{n}") for n in (1, 2, 3, 4, 5, 6)]) == [2, 3, 4, 5, 6, 6]


def test_a_feed_keeps_the_bodys_own_levels_without_an_h1() -> None:
    rendered = render("<p>a</p><h4>x</h4><h3>y</h3>", "html")
    assert tags(rendered.feed_html) == ["h4", "h3"]
    assert tags(render("<p>a</p><h1>x</h1><h2>y</h2>", "html").feed_html) == ["h2", "h3"]


@pytest.mark.parametrize(
    ("body", "body_format"), [("<h1>Sub</h1><p>a</p>", "html"), ("# Sub\n\na", "markdown")]
)
def test_an_opening_h1_is_the_subtitle(body: str, body_format: str) -> None:
    rendered = render(body, "html" if body_format == "html" else "markdown")
    assert rendered.html.startswith('<h2 class="subtitle">Sub</h2>')
    assert rendered.outline == ()
    assert rendered.excerpt == "a"


def test_a_later_h1_is_an_ordinary_heading() -> None:
    rendered = render("# One\n\ntext\n\n# Two\n\n## Three", "markdown")
    assert 'class="subtitle">One' in rendered.html
    assert [(heading.level, heading.text) for heading in rendered.outline] == [(2, "Two"), (3, "Three")]


def test_only_an_opening_h1_can_be_called_subtitle() -> None:
    assert "subtitle" not in render('<p>a</p><h2 class="subtitle">x</h2>', "html").html


def test_the_outline_has_levels_ids_and_texts_as_on_the_page() -> None:
    rendered = render('<h2 id="own">A <em>b</em></h2><h3>Привет, мир!</h3><h3>Привет, мир!</h3>', "html")
    assert rendered.outline == (
        Heading(2, "at-own", "A b"),
        Heading(3, "at-привет-мир", "Привет, мир!"),
        Heading(3, "at-привет-мир-2", "Привет, мир!"),
    )
    for heading in rendered.outline:
        assert f'<h{heading.level} id="{heading.id}">' in rendered.html


def test_a_quoted_heading_is_not_of_the_outline() -> None:
    assert render("<blockquote><h2>theirs</h2></blockquote><h2>ours</h2>", "html").outline[0].text == "ours"


def test_a_heading_without_words_is_no_heading() -> None:
    rendered = render("<h2> </h2><h2>x</h2>", "html")
    assert tags(rendered.html) == ["h2"]
    assert len(rendered.outline) == 1


def test_markdown_links_reach_generated_ids() -> None:
    rendered = render("[go](#привет-мир)\n\n## Привет, мир", "markdown")
    assert 'href="#at-привет-мир"' in rendered.html
    assert rendered.warnings == ()
