"""test_limits: what is nested or loaded beyond reason is cut down, its text kept, and ordinary markup is not touched."""

from __future__ import annotations

import re

import pytest

from blog.markup import render
from blog.markup.limits import MAX_DEPTH, MAX_UNCLOSED_FORMATTING, tame
from blog.markup.rendering import BodyFormat
from tests.work import grows_no_faster_than_linear

ORDINARY = (
    "<p>one<p>two" * 300,
    "<ul><li>a<li>b</ul>" * 300,
    "<table><tr><td>a<td>b<tr><td>c</table>" * 200,
    "<div>" * 50 + "x" + "</div>" * 50,
    "<p><b>x</b> <i>y</i></p>" * 500,
    "<p title='a > b'>x</p><!-- <div> -->",
    f'<img alt="{"word " * 1000}" src="x">',
    f'<a href="https://e.example/{"a/" * 300}?{"a=1&" * 50}">x</a>',
)


@pytest.mark.parametrize("body", ORDINARY)
def test_ordinary_markup_is_left_alone(body: str) -> None:
    tamed = tame(body)
    assert tamed.html == body
    assert tamed.cut == 0


def deepest(html: str) -> int:
    depth = found = 0
    for slash in re.findall(r"<(/?)[a-z]", html):
        depth += -1 if slash else 1
        found = max(found, depth)
    return found


@pytest.mark.parametrize(
    "unit",
    ["<div>", "<b>", "<blockquote>", "<ul><li>", "<dl><dd>", "<ruby><rt>", "<x>", "<svg>", "<p><button>"],
)
def test_depth_is_bounded_and_text_kept(unit: str) -> None:
    rendered = render(f"{unit * 10_000}deep", "html")
    assert deepest(rendered.html) <= 2 * MAX_DEPTH
    assert rendered.text.endswith("deep")
    assert rendered.warnings[-1].endswith(
        "tags were taken out: they were nested too deeply or held too many attributes."
    )


def test_formatting_that_is_never_closed_does_not_multiply() -> None:
    body = "".join(f'<p><b id="x{n}"></p>' for n in range(5_000))
    assert len(render(body, "html").html) < (MAX_UNCLOSED_FORMATTING + 2) * len(body)


@pytest.mark.parametrize("attribute", [" a{}=1", " a{}", "/a{}", ' a{}="x"', " a{}=<b"])
def test_masses_of_attributes_are_dropped(attribute: str) -> None:
    body = "<p" + "".join(attribute.format(n) for n in range(20_000)) + ">kept</p>"
    tamed = tame(body)
    assert tamed.html == "<p>kept</p>"
    assert tamed.cut == 1


@pytest.mark.parametrize(
    "unit", ["<a ", '<a x="', "<a x='", "<a x=\"'", "<", "</", "<!--", "<noscript", "<a =", '<a <a "', "<?"]
)
def test_unfinished_tags_are_read_once(unit: str) -> None:
    """A tag without an end ends the reading; the rest is the parser's, which drops it."""
    assert tame(unit * 60_000).cut == 0
    grows_no_faster_than_linear(tame, lambda size: unit * size, small=4_000, large=40_000)


@pytest.mark.parametrize(
    "unit",
    [
        "<img src=x>",
        "<img width=1 height=1 src=x>",
        '<a href="#no">x</a>',
        "<h2>x</h2>",
        "<p id=x>",
        "[",
        "![",
        "*a **b ",
        "`a",
        "&",
    ],
)
@pytest.mark.parametrize("body_format", ["html", "markdown"])
def test_thousands_of_the_same_take_linear_work_and_room(unit: str, body_format: BodyFormat) -> None:
    def rendered(body: str) -> None:
        assert len(render(body, body_format).html) < 60 * len(body)

    grows_no_faster_than_linear(rendered, lambda size: unit * (size // len(unit)), small=4_000, large=40_000)


def test_lone_surrogates_and_control_characters_go() -> None:
    assert render("<p>a\ud800b\x00c\x0bd\ufffee\rf</p>", "html").html == "<p>a\ufffdbcde\nf</p>"
