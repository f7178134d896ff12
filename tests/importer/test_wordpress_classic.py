"""test_wordpress_classic: a body from the classic editor gets the paragraphs and breaks that its readers saw."""

from __future__ import annotations

import re

import pytest

from importer.formats.autop import autop
from tests.importer.wxr_files import body


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("One.", "<p>One.</p>"),
        ("One.\r\n\r\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("One\ntwo", "<p>One<br>\ntwo</p>"),
        ("One<br />\ntwo", "<p>One<br>\ntwo</p>"),
        ("One\n \n\n\nTwo", "<p>One</p>\n<p>Two</p>"),
        ("<h2>Head</h2>\nText", "<h2>Head</h2>\n<p>Text</p>"),
        ("Text <em>a\n\nb</em>", "<p>Text <em>a</p>\n<p>b</em></p>"),
        ("<p>One</p>\n\n<p>Two</p>", "<p>One</p>\n<p>Two</p>"),
        ("<p>One\n\nTwo</p>", "<p>One</p>\n<p>Two</p>"),
        ("<blockquote>One\n\nTwo</blockquote>", "<blockquote>\n<p>One</p>\n<p>Two</p>\n</blockquote>"),
        ("<div>One</div>", "<div>One</div>"),
        ("<div>One\n\nTwo</div>", "<div>\n<p>One</p>\n<p>Two</p></div>"),
        ("<pre>a\n\n  b\nc</pre>", "<pre>a\n\n  b\nc</pre>"),
        ("See <code>a\nb</code>.", "<p>See <code>a\nb</code>.</p>"),
        ("One<!--more-->Two", "<p>One</p>\n<p>Two</p>"),
        ("One\n\n<!--nextpage-->\n\nTwo", "<p>One</p>\n<p>Two</p>"),
        ("a < b and c > d", "<p>a < b and c > d</p>"),
        ('<a href="x"\ntitle="y">z</a>', '<p><a href="x" title="y">z</a></p>'),
        ("<hr>\nOne", "<hr>\n<p>One</p>"),
        ("<script>\n\nvar a;\n\n</script>", "<script>\n\nvar a;\n\n</script>"),
        ("<dl><dt>Ebb<dd>Out\nwards</dl>", "<dl>\n<dt>Ebb\n<dd>Out<br>\nwards\n</dl>"),
        (
            "<table><tr><td>1</td>\n<td>2\n3</td>\n</tr>\n</table>",
            "<table>\n<tr>\n<td>1</td>\n<td>2<br>\n3</td>\n</tr>\n</table>",
        ),
        ("", ""),
    ],
)
def test_paragraphs_and_breaks(stored: str, shown: str) -> None:
    found = body(stored)
    assert found == shown


def test_nested_lists_keep_their_nesting() -> None:
    stored = "<ul>\n\t<li>One\n<ul>\n\t<li>Two\n<ol>\n\t<li>Three</li>\n</ol>\n</li>\n</ul>\n</li>\n\t<li>Four</li>\n</ul>"
    shown = re.sub(r"\s+", "", body(stored))
    assert shown == "<ul><li>One<ul><li>Two<ol><li>Three</li></ol></li></ul></li><li>Four</li></ul>".replace(
        " ", ""
    )


YOUTUBE = '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>'


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", YOUTUBE),
        ("https://youtu.be/dQw4w9WgXcQ?si=abc", YOUTUBE),
        ("http://www.youtube.com/shorts/dQw4w9WgXcQ", YOUTUBE),
        ("https://youtu.be/dQw4w9WgXcQ?t=1m30s", YOUTUBE.replace("cQ", "cQ?start=90")),
        ("https://vimeo.com/22439234", '<iframe src="https://player.vimeo.com/video/22439234"></iframe>'),
        ("https://rutube.ru/video/abc123/", '<iframe src="https://rutube.ru/play/embed/abc123"></iframe>'),
        (
            "https://sea.example/a?b=1&amp;c=2",
            '<p><a href="https://sea.example/a?b=1&amp;c=2">https://sea.example/a?b=1&amp;c=2</a></p>',
        ),
        ("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", None),
    ],
)
def test_an_address_alone_on_its_line(address: str, shown: str | None) -> None:
    shown = shown or f'<p><a href="{address}">{address}</a></p>'
    assert body(f"Before.\n\n{address}\nAfter.") == f"<p>Before.</p>\n{shown}\n<p>After.</p>"


def test_an_address_within_text_stays() -> None:
    assert body("See https://youtu.be/dQw4w9WgXcQ now") == "<p>See https://youtu.be/dQw4w9WgXcQ now</p>"


@pytest.mark.parametrize(
    "piece", ["<li>", "<pre>", "<code>", "</div>", "<p>", "<a '", '<b "', "<!--", "\n\n", "<iframe>"]
)
def test_hostile_bodies_end(piece: str) -> None:
    assert autop(piece * 20_000) is not None
