"""test_ghost_cards: each card of Ghost's editor as plain HTML; what only members or mails saw is counted, not shown."""

from __future__ import annotations

from typing import Any

import pytest

from tests.importer.ghosts import body_of, of_tree


@pytest.mark.parametrize(
    ("given", "html"),
    [
        (
            {
                "type": "image",
                "src": "https://e.com/a.png",
                "alt": "A",
                "caption": "<b>c</b>",
                "width": 640,
                "height": 480,
            },
            '<figure><img src="https://e.com/a.png" width="640" height="480" alt="A"><figcaption><b>c</b></figcaption></figure>',
        ),
        (
            {"type": "image", "src": "https://e.com/a.png", "href": "https://e.com/"},
            '<figure><a href="https://e.com/"><img src="https://e.com/a.png" alt=""></a></figure>',
        ),
        ({"type": "image"}, ""),
        (
            {
                "type": "gallery",
                "images": [{"src": "https://e.com/1.png"}, {"src": "https://e.com/2.png"}],
                "caption": "two",
            },
            '<figure><img src="https://e.com/1.png" alt=""><img src="https://e.com/2.png" alt="">'
            "<figcaption>two</figcaption></figure>",
        ),
        (
            {"type": "codeblock", "code": "  if a < b:\n", "language": "python"},
            '<pre><code class="language-python">  if a &lt; b:\n</code></pre>',
        ),
        ({"type": "codeblock", "code": "x", "language": '"><script>'}, "<pre><code>x</code></pre>"),
        (
            {"type": "codeblock", "code": "x", "caption": "why"},
            "<figure><pre><code>x</code></pre><figcaption>why</figcaption></figure>",
        ),
        (
            {
                "type": "bookmark",
                "url": "https://e.com/p",
                "metadata": {"title": "A & B", "description": "On it.", "author": "Ann", "publisher": "Tide"},
            },
            '<figure><blockquote><p><strong><a href="https://e.com/p">A &amp; B</a></strong></p><p>On it.</p>'
            "<p>Ann · Tide</p></blockquote></figure>",
        ),
        (
            {
                "type": "embed",
                "url": "https://v.example/1",
                "html": '<iframe src="https://v.example/1"></iframe>',
                "caption": "c",
            },
            '<figure><iframe src="https://v.example/1"></iframe><figcaption>c</figcaption></figure>',
        ),
        (
            {"type": "embed", "url": "https://v.example/1"},
            '<figure><p><a href="https://v.example/1">https://v.example/1</a></p></figure>',
        ),
        (
            {"type": "callout", "calloutEmoji": "💡", "calloutText": "<b>Mind</b> it"},
            "<blockquote><p>💡 <b>Mind</b> it</p></blockquote>",
        ),
        (
            {"type": "toggle", "heading": "More", "content": "<p>Here.</p>"},
            "<details><summary>More</summary><p>Here.</p></details>",
        ),
        (
            {"type": "button", "buttonText": "Go", "buttonUrl": "https://e.com/"},
            '<p><a href="https://e.com/">Go</a></p>',
        ),
        (
            {"type": "html", "html": "<table><tr><td>x</td></tr></table>"},
            "<table><tr><td>x</td></tr></table>",
        ),
        ({"type": "markdown", "markdown": "a *b*"}, "<p>a <em>b</em></p>"),
        (
            {"type": "audio", "src": "https://e.com/a.mp3", "title": "Waves"},
            '<figure><audio src="https://e.com/a.mp3" controls="controls"></audio><figcaption>Waves</figcaption></figure>',
        ),
        (
            {
                "type": "video",
                "src": "https://e.com/a.mp4",
                "thumbnailSrc": "https://e.com/a.jpg",
                "width": 640,
            },
            '<figure><video src="https://e.com/a.mp4" poster="https://e.com/a.jpg" controls="controls" width="640"></video></figure>',
        ),
        (
            {"type": "file", "src": "https://e.com/a.pdf", "fileTitle": "Table", "fileCaption": "of tides"},
            '<p><strong><a href="https://e.com/a.pdf">Table</a></strong></p><p>of tides</p>',
        ),
        (
            {
                "type": "header",
                "header": "Big",
                "subheader": "small",
                "buttonText": "Go",
                "buttonUrl": "https://e.com/",
            },
            '<h2>Big</h2><p>small</p><p><a href="https://e.com/">Go</a></p>',
        ),
        (
            {
                "type": "product",
                "productTitle": "Boat",
                "productDescription": "<p>Floats.</p>",
                "productButton": "Buy",
                "productUrl": "https://e.com/b",
            },
            '<h4>Boat</h4><p>Floats.</p><p><a href="https://e.com/b">Buy</a></p>',
        ),
        (
            {
                "type": "call-to-action",
                "textValue": "<p>Come.</p>",
                "buttonText": "In",
                "buttonUrl": "https://e.com/",
            },
            '<p>Come.</p><p><a href="https://e.com/">In</a></p>',
        ),
    ],
)
def test_a_card(given: dict[str, Any], html: str) -> None:
    assert body_of(given).strip() == html


def test_what_only_members_and_mails_saw_is_counted() -> None:
    found = of_tree(
        {"type": "email", "html": "<p>Dear reader</p>"},
        {"type": "email-cta", "html": "<p>Buy</p>"},
        {"type": "signup", "header": "Join"},
        {"type": "horizontalrule"},
    )
    assert found.body == "<hr>"
    assert found.warnings == (
        "Left out of its text: a part that only goes out by mail, 2 times.",
        "Left out of its text: a sign-up form.",
    )
