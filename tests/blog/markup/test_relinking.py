"""relinking: an address led elsewhere in what was rendered is what rendering anew gives, or nothing is said."""

from __future__ import annotations

import pytest

from blog.markup import render
from blog.markup.relinking import relinked

OLD, NEW = "https://a.example/x", "/posts/x/"
LINK = f'<a href="{OLD}">there</a>'


def both(body: str, own: tuple[str, ...] = ()) -> tuple[str, str]:
    found = render(body, "html", own_urls=own)
    return found.html, found.feed_html


def again(body: str, times: int = 1, to: str = NEW, own: tuple[str, ...] = ()) -> tuple[str, ...] | None:
    return relinked(body, both(body, own), {OLD: (to, times)})


@pytest.mark.parametrize(
    ("body", "times"),
    [
        (f"<h2>One</h2><p>Go {LINK}.</p>", 1),
        (f"<ul><li>{LINK}<li>{LINK}</ul><p>{LINK}", 3),
        (f'<p><a title="a &amp; b" class="c" href="{OLD}" rel="me" id="z">there</a> and <a href="#z">up</a></p>', 1),
        (f'<h1>Top</h1><h4>{LINK}</h4><table><tr><td>{LINK}</table><img src="https://b.example/p.jpg" alt="">', 2),
        (f'<ul><li><a href="#one">One</a></ul><h2 id="one">One</h2><p>{LINK}</p>', 1),
        (f'<p>{LINK}</p><iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>', 1),
        (f"<p>{LINK}</p><pre><code class='language-python'>x = 1</code></pre><p>Some &lt;b&gt; &amp;amp; so.", 1),
    ],
)  # fmt: skip
def test_it_is_what_rendering_gives(body: str, times: int) -> None:
    assert again(body, times) == both(body.replace(f'href="{OLD}"', f'href="{NEW}"'))
    own = (OLD, "https://a.example/own")
    assert again(body, times, own=own) == both(body.replace(f'href="{OLD}"', f'href="{NEW}"'), own)


@pytest.mark.parametrize(
    "body",
    [
        f'<p>{LINK}</p><img src="{OLD}" alt="">',  # the page leads to a picture elsewhere by a link of its own
        f"<p>{LINK} at {OLD}</p>",
        f"<p>{LINK} at &#104;ttps://a.example/x</p>",
        f'<p>{LINK}</p><p title="{OLD}">so</p>',
        f'<p>{LINK} <a href="{OLD}/more">more</a></p>',
        f"<!-- {LINK} -->",
        f'<area href="{OLD}">',
        f'<a href="{OLD}#part">there</a>',
        f"<template>{LINK}</template><p>&lt;a href=&quot;{OLD}&quot;&gt;",
    ],
)
def test_where_it_is_not_certain_nothing_is_said(body: str) -> None:
    assert again(body) is None


@pytest.mark.parametrize(
    "to", ["#at-part", "/posts/x/#at-part", "https://here.example/", '/posts/"x', "/a&b"]
)
def test_another_kind_of_address_is_left_to_rendering(to: str) -> None:
    assert again(f"<p>{LINK}</p>", to=to) is None
