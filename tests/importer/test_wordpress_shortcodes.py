"""test_wordpress_shortcodes: captions, galleries, players and code become HTML; every other shortcode stays text and is named."""

from __future__ import annotations

import pytest

from importer.formats.shortcodes import Attachment, Library, expanded
from tests.importer.wxr_files import body, entry, picture, post

BOAT = '<figure><img src="https://harbour.example/wp-content/uploads/boat.jpg" alt="Boat">\n<figcaption>At <em>low</em> tide</figcaption></figure>'
QUAY = '<figure><img src="https://harbour.example/wp-content/uploads/quay.jpg" alt=""></figure>'
LIBRARY = (
    picture("11", "boat.jpg", parent="7", alt="Boat", caption="At <em>low</em> tide"),
    picture("12", "quay.jpg", parent="7"),
    picture("13", "tide.pdf", parent="7"),
)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        (
            '[caption id="attachment_1" width="300"]<a href="b.jpg"><img src="a.jpg" alt="A" /></a> Some <em>words</em>[/caption]',
            '<figure><a href="b.jpg"><img src="a.jpg" alt="A" /></a>\n<figcaption>Some <em>words</em></figcaption></figure>',
        ),
        (
            '[caption caption="Old words"]<img src="a.jpg">[/caption]',
            '<figure><img src="a.jpg">\n<figcaption>Old words</figcaption></figure>',
        ),
        ('[caption id="x"]<img src="a.jpg">[/caption]', '<figure><img src="a.jpg"></figure>'),
        ("[gallery]", f"{BOAT}\n{QUAY}"),
        ('[gallery ids="12,11" columns="2"]', f"{QUAY}\n{BOAT}"),
        ('[gallery exclude="11"]', QUAY),
        (
            "[embed]https://vimeo.com/22439234[/embed]",
            '<iframe src="https://player.vimeo.com/video/22439234"></iframe>',
        ),
        (
            "[embed width='9']https://a.example/x[/embed]",
            '<p><a href="https://a.example/x">https://a.example/x</a></p>',
        ),
        (
            "[youtube=http://www.youtube.com/watch?v=dQw4w9WgXcQ&amp;w=320]",
            '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>',
        ),
        ("[vimeo 22439234]", '<iframe src="https://player.vimeo.com/video/22439234"></iframe>'),
        ("[audio https://a.example/t.mp3]", '<audio controls src="https://a.example/t.mp3"></audio>'),
        (
            '[video mp4="https://a.example/t.mp4" width="9"][/video]',
            '<video controls src="https://a.example/t.mp4"></video>',
        ),
        (
            '[sourcecode language="PHP"]\n<?php\n\necho "[gallery]";\n[/sourcecode]',
            '<pre><code class="language-php">&lt;?php\n\necho "[gallery]";</code></pre>',
        ),
        ("[code]a &lt; b[/code]", "<pre><code>a &lt; b</code></pre>"),
        ("Write [[gallery]] for one.", "<p>Write [gallery] for one.</p>"),
        ("So it stood [sic].", "<p>So it stood [sic].</p>"),
        ("<code>[gallery]</code>", "<p><code>[gallery]</code></p>"),
    ],
)
def test_known_ones_become_html(stored: str, shown: str) -> None:
    found = entry(post(stored), *LIBRARY)
    assert (found.body, found.warnings) == (shown, ())


@pytest.mark.parametrize(
    ("stored", "named"),
    [
        (
            'Text [contact-form-7 id="3" title="x"] end',
            "Its shortcode [contact-form-7] means something to a plugin there only and is kept as text.",
        ),
        (
            "[box]Words[/box]",
            "Its shortcode [box] means something to a plugin there only and is kept as text.",
        ),
        (
            '[map lat="1"] [poll id=2] [map lat="3"]',
            "Its shortcodes [map] and [poll] mean something to plugins there only and are kept as text.",
        ),
        (
            '[gallery ids="99"]',
            "Its shortcode [gallery] means something to a plugin there only and is kept as text.",
        ),
    ],
)
def test_others_stay_text_and_are_named_once(stored: str, named: str) -> None:
    found = entry(post(stored))
    assert (found.body, found.warnings) == (f"<p>{stored}</p>", (named,))


def test_text_around_a_caption_keeps_its_paragraphs() -> None:
    shown = body('One.\n\n[caption]<img src="a.jpg"> Words[/caption]\n\nTwo.')
    assert (
        shown
        == '<p>One.</p>\n<figure><img src="a.jpg">\n<figcaption>Words</figcaption></figure>\n<p>Two.</p>'
    )


def test_galleries_cannot_fill_the_memory() -> None:
    library = Library({"1": Attachment("https://a.example/1.jpg")}, {"7": ["1"] * 1000})
    text, unknown = expanded("[gallery]" * 2000, library, "7")
    assert text.count("<img") == 5000
    assert unknown == ()


@pytest.mark.parametrize(
    "piece", ["[caption]", "[code]", "[a ", '[a b="', "[[a]", "[embed]x", "[gallery ids="]
)
def test_hostile_text_ends(piece: str) -> None:
    assert expanded(piece * 50_000, Library(), "1")[0]
