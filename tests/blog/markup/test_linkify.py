"""test_linkify: plain text becomes paragraphs with live links, and nothing else."""

from __future__ import annotations

import pytest

from blog.markup import linkify
from blog.markup.linkify import LONGEST
from blog.markup.plain import text_of
from blog.markup.sanitize import canonical
from blog.markup.tree import parse


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("  \n ", ""),
        ("one\ntwo\n\nthree", "<p>one<br>two</p>\n<p>three</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("at https://e.example.com/?a=1&b=2.", '<p>at <a href="https://e.example.com/?a=1&amp;b=2" rel="noopener">https://e.example.com/?a=1&amp;b=2</a>.</p>'),
        ("www.example.com", '<p><a href="http://www.example.com" rel="noopener">www.example.com</a></p>'),
        ("me@example.com", '<p><a href="mailto:me@example.com" rel="noopener">me@example.com</a></p>'),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
    ],
)  # fmt: skip
def test_linkify(text: str, html: str) -> None:
    assert linkify(text) == html


@pytest.mark.parametrize("unit", ["word ", "слово ", "a.b ", "(", "www.a", "a@", "\n\nx"])
def test_no_more_than_ten_kilobytes_are_read(unit: str) -> None:
    html = linkify(unit * 20_000)
    assert len(text_of(parse(canonical(html)[0])).encode()) <= LONGEST
    assert html.endswith("…</p>")


def test_a_run_without_spaces_makes_no_links() -> None:
    assert "<a " not in linkify("www.example.com " + "a.b" * 200)
