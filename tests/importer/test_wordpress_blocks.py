"""test_wordpress_blocks: the block editor's marks go; what they alone say stays, as HTML."""

from __future__ import annotations

import json

import pytest

from importer.formats.blocks import Around, plain_html
from importer.formats.shortcodes import Library
from tests.importer.wxr_files import body, entry, meta, picture, post


def block(name: str, inner: str = "", **said: object) -> str:
    stated = f" {json.dumps(said)}" if said else ""
    return (
        f"<!-- wp:{name}{stated} -->\n{inner}\n<!-- /wp:{name} -->"
        if inner
        else f"<!-- wp:{name}{stated} /-->"
    )


EMBED = '<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\n{0}\n</div>{1}</figure>'


@pytest.mark.parametrize(
    ("marked", "shown"),
    [
        (block("paragraph", "<p>One.</p>"), "<p>One.</p>"),
        (block("heading", "<h3>Head</h3>", level=3), "<h3>Head</h3>"),
        (block("paragraph", "<p></p>"), ""),
        (
            block("list", '<ol start="3"><li>a<ul><li>b</li></ul></li></ol>', ordered=True, start=3),
            '<ol start="3"><li>a<ul><li>b</li></ul></li></ol>',
        ),
        (
            block(
                "columns",
                "<div>" + block("column", "<div>" + block("paragraph", "<p>Left</p>") + "</div>") + "</div>",
            ),
            "<div>\n<div>\n<p>Left</p>\n</div>\n</div>",
        ),
        (
            block(
                "embed",
                EMBED.format("https://vimeo.com/22439234", "<figcaption>Sea</figcaption>"),
                url="https://vimeo.com/22439234",
            ),
            '<figure><iframe src="https://player.vimeo.com/video/22439234"></iframe><figcaption>Sea</figcaption></figure>',
        ),
        (
            block(
                "core-embed/twitter",
                EMBED.format("https://x.example/1", "<figcaption>Said</figcaption>"),
                url="https://x.example/1",
            ),
            '<p><a href="https://x.example/1">https://x.example/1</a></p>\n<p>Said</p>',
        ),
        (
            block(
                "code",
                '<pre class="wp-block-code"><code>a &lt; b\n\nc</code></pre>',
                className="language-python",
            ),
            '<pre><code class="language-python">a &lt; b\n\nc</code></pre>',
        ),
        (
            block(
                "syntaxhighlighter/code",
                '<pre class="wp-block-syntaxhighlighter-code">x</pre>',
                language="php",
            ),
            '<pre><code class="language-php">x</code></pre>',
        ),
        (
            block("code", '<pre class="wp-block-code"><code lang="en">x</code></pre>'),
            "<pre><code>x</code></pre>",
        ),
        (block("verse", '<pre class="wp-block-verse">Sea\nand sand</pre>'), "<p>Sea<br>\nand sand</p>"),
        (
            block(
                "image",
                '<figure class="wp-block-image"><img src="a.jpg" alt="A"/><figcaption>B</figcaption></figure>',
                id=3,
            ),
            '<figure class="wp-block-image"><img src="a.jpg" alt="A"/><figcaption>B</figcaption></figure>',
        ),
        (
            block("cover", '<div style="background-image:url(a.jpg)"><p>T</p></div>', url="a.jpg"),
            '<figure><img src="a.jpg" alt=""></figure>\n\n<div style="background-image:url(a.jpg)"><p>T</p></div>',
        ),
        (
            block("cover", '<div><img src="a.jpg" alt=""/><p>T</p></div>', url="a.jpg"),
            '<div><img src="a.jpg" alt=""/><p>T</p></div>',
        ),
        (
            block("gallery", '<ul class="x"></ul>', ids=[9]),
            '<figure><img src="https://harbour.example/wp-content/uploads/boat.jpg" alt="Boat"></figure>',
        ),
        (
            block(
                "social-links",
                "<ul>" + block("social-link", url="https://s.example/", service="mastodon") + "</ul>",
            ),
            '<ul><li><a href="https://s.example/">Mastodon</a></li></ul>',
        ),
        (block("spacer", '<div style="height:9px" aria-hidden="true"></div>'), ""),
        (block("more", "<!--more-->"), ""),
        (block("html", "<b>x</b>"), "<b>x</b>"),
        (block("freeform", "One\n\nTwo"), "<p>One</p>\n<p>Two</p>"),
        (
            block("shortcode", '[gallery ids="9"]'),
            '<figure><img src="https://harbour.example/wp-content/uploads/boat.jpg" alt="Boat"></figure>',
        ),
        (
            block("paragraph", "<p>One</p>") + "\n\nloose text",
            "<p>One</p>\n\n\nloose text".replace("\n\n\n", "\n\n"),
        ),
    ],
)
def test_marks_become_html(marked: str, shown: str) -> None:
    found = entry(post(block("paragraph", "<p>Top</p>") + marked), picture("9", "boat.jpg", alt="Boat"))
    assert found.body.removeprefix("<p>Top</p>").strip() == shown
    assert found.warnings == ()


def test_lines_between_blocks_are_no_paragraphs() -> None:
    assert "<br" not in body(block("paragraph", "<p>One\ntwo</p>"))


def test_what_wordpress_fills_itself_is_named_once() -> None:
    found = entry(
        post(
            block("latest-posts")
            + block("latest-posts")
            + block("calendar")
            + block("paragraph", "<p>One</p>")
        )
    )
    assert found.body == "<p>One</p>"
    assert found.warnings == (
        "It showed what WordPress puts together by itself, and nothing of that is in the export: “calendar”, “latest-posts”.",
    )


def test_a_shared_pattern_is_put_in() -> None:
    shared = post(block("paragraph", "<p>Shared.</p>"), wp__post_type="wp_block", wp__post_id="88")
    assert body(block("block", ref=88), shared) == "<p>Shared.</p>"


def test_a_pattern_that_holds_itself_ends() -> None:
    shared = post(
        block("paragraph", "<p>Again.</p>") + block("block", ref=88),
        wp__post_type="wp_block",
        wp__post_id="88",
    )
    assert body(block("block", ref=88), shared) == "<p>Again.</p>"


def test_patterns_cannot_multiply_without_end() -> None:
    shared = [
        post(
            block("block", ref=number + 1) * 30 + "x" * 1000,
            wp__post_type="wp_block",
            wp__post_id=str(number),
        )
        for number in range(80, 90)
    ]
    assert len(body(block("block", ref=80) * 30, *shared)) < 3_000_000


def test_footnotes_come_with_the_body() -> None:
    notes = meta(footnotes=json.dumps([{"id": "ab", "content": "A <em>note</em>."}]))
    shown = body(
        '<!-- wp:paragraph --><p>T<sup data-fn="ab"><a href="#ab" id="ab-link">1</a></sup></p><!-- /wp:paragraph --><!-- wp:footnotes /-->',
        more=notes,
    )
    assert shown.endswith('<ol><li id="ab">A <em>note</em>. <a href="#ab-link">↩︎</a></li></ol>')


@pytest.mark.parametrize(
    "piece",
    [
        "<!-- wp:group -->",
        "<!-- wp:x {",
        "<!-- /wp:a -->",
        "<!-- wp:code --><pre>",
        '<!-- wp:a {"b":[[[[ /-->',
    ],
)
def test_hostile_marks_end(piece: str) -> None:
    marked = block("paragraph", "<p>One</p>") + piece * 20_000
    assert plain_html(marked, Around(Library())).startswith("<p>One</p>")
