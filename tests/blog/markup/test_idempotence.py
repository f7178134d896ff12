"""test_idempotence: what the gate has made, it makes again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.markup import render
from blog.markup.sanitize import for_feed, for_page

PIECES = (
    "<p>", "</p>", "<div id=x>", "</div>", "<b>", "</b>", "<i class=k>", "</i>", "<a href=#x>", "<a id=at-x>", "</a>",
    "<table>", "<tr>", "<td align=right>", "</td>", "</tr>", "</table>", "<caption>", "<ul>", "<li>", "</li>", "</ul>",
    "<h1>", "</h1>", "<h3 id='a b'>", "</h3>", "<h2>", "</h2>", "<pre>", "\n", "</pre>", "<code class=language-python>",
    "</code>", "<img src=x.png alt=y>", "<img src=/media/x.webp>", "<iframe src=https://youtu.be/x>", "</iframe>",
    "<iframe src=https://www.youtube.com/embed/abcdefghijk>", "<svg>", "</svg>", "<math>", "<mtext>", "<style>", "</style>",
    "<select>", "<option>", "<form>", "</form>", "<button>", "<template>", "<noscript>", "<textarea>", "<title>", "<br>",
    "<input type=checkbox checked>", "<video src=y>", "<blockquote>", "</blockquote>", "<dl>", "<dt>", "<dd>", "<center>",
    "<font color=red>", "<ruby>", "<rt>", "<details>", "<summary>", "<figure>", "<figcaption>", "<!--", "-->", "&lt;", "&amp;",
    "<object>", "</object>", "<label>", "<article>", "</article>", "<nav>", "<center>", "<canvas>", "<tt>", "<picture>",
    "&nbsp;", "\x00", "\r", "word", " ", "Ещё", "]]>", "'", '"', "<", ">", "&", "<a href='https://e.org/#y'>", "<frameset>",
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_rendering_a_feeds_html_gives_it_back(body: str) -> None:
    once = render(body, "html").feed_html
    assert render(once, "html").feed_html == once


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_the_last_pass_is_stable(body: str) -> None:
    rendered = render(body, "html")
    assert for_page(rendered.html) == rendered.html
    assert for_feed(rendered.feed_html) == rendered.feed_html


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_rendered_and_stable(body: str) -> None:
    for body_format in ("html", "markdown"):
        once = render(body, "html" if body_format == "html" else "markdown").feed_html
        assert render(once, "html").feed_html == once


@pytest.mark.parametrize(
    "body",
    [
        "<h1><table><h1>word",
        "<h3 id=a><a href=#x><h2>word",
        "<h2><a id=x><h1><a href='https://e.example'>word",
    ],
)
def test_badly_nested_headings_settle(body: str) -> None:
    once = render(body, "html").feed_html
    assert render(once, "html").feed_html == once
