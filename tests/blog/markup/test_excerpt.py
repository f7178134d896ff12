"""test_excerpt: the summary is the first paragraph that says something."""

from __future__ import annotations

import pytest

from blog.markup import render
from blog.markup.excerpt import shorten

REAL = "This is the first real paragraph of the post."


@pytest.mark.parametrize(
    "opening",
    [
        "<p>import Sidenote from '../components/Sidenote.tsx';</p>",
        "<p>import {a, b} from “./x”</p>",
        "<p>const x = require('y');</p>",
        "<p>from os import path</p>",
        "<p>😄🎉</p>",
        "<p>😄 ha ha</p>",
        "<p>TL;DR</p>",
        '<p><a href="https://e.example">A rather long link that stands alone on its line</a></p>',
        '<p><img src="x.png" alt="a"></p>',
        '<p><img src="x.png" alt="a"><br><em>A caption of quite a few words, which is not the text</em></p>',
        "<p><em>Notes from running one thing on top of another thing</em></p>",
        "<p><code>pip install something and something else and more of it</code></p>",
        "<h1>An opening heading that is the subtitle of this post</h1>",
        "<h2>A heading that is rather long and says a lot of words</h2>",
        "<blockquote><p>A quotation of somebody else, which is not how we begin.</p></blockquote>",
        "<ul><li><p>An item of a list, written as a paragraph of its own.</p></li></ul>",
        "<figure><img src=x.png><figcaption><p>A caption in a figure, with many words in it.</p></figcaption></figure>",
        "<pre>some code that is not a paragraph at all, not at all</pre>",
        "<table><tr><td><p>A cell that holds a paragraph, with many words in it.</p></table>",
    ],
)
def test_what_is_no_prose_is_passed_over(opening: str) -> None:
    assert render(f"{opening}<p>{REAL}</p><p>Second.</p>", "html").excerpt == REAL


def test_a_short_sentence_is_prose() -> None:
    assert render("<p>Software has always been reactive.</p><p>Then more.</p>", "html").excerpt.endswith(
        "reactive."
    )


def test_tags_of_page_components_are_left_out_but_their_words_stay() -> None:
    body = '<p>You have to &lt;Side note="x"&gt;understand it well&lt;/Side&gt; to use List&lt;String&gt; at all.</p>'
    assert render(body, "html").excerpt == "You have to understand it well to use List<String> at all."


@pytest.mark.parametrize(
    ("body", "excerpt"),
    [
        ("<p>Hello</p>", "Hello"),
        ("<p>Hello</p><p>😄</p>", "Hello"),
        ("<ul><li>only</li><li>a list</li></ul>", "only a list"),
        ("only text", "only text"),
        ("<h2>Only a heading</h2>", "Only a heading"),
        ("", ""),
        ("<p><img src=x.png></p>", ""),
    ],
)
def test_when_there_is_nothing_better(body: str, excerpt: str) -> None:
    assert render(body, "html").excerpt == excerpt


def test_a_long_one_is_cut_at_a_word() -> None:
    excerpt = render(f"<p>{'слово ' * 100}</p>", "html").excerpt
    assert len(excerpt) <= 300
    assert excerpt.endswith("слово…")


@pytest.mark.parametrize(
    ("text", "longest", "short"),
    [
        ("one two three", 13, "one two three"),
        ("one two three", 8, "one two…"),
        ("one two three", 7, "one…"),
        ("one, two three", 5, "one…"),
        ("unbreakable", 5, "unbr…"),
    ],
)
def test_shorten(text: str, longest: int, short: str) -> None:
    assert shorten(text, longest) == short
