"""test_media_rewriting: addresses are led to what is stored here; nothing else of a body changes."""

from __future__ import annotations

import pytest

from importer.media.rewriting import Stored, rewritten

HERE = Stored("/media/images/ab/abcdef1234.webp", 800, 600)
SOUND = Stored("/media/audio/ab/abcdef1234.mp3")
PLACES = {"https://x.org/a.jpg": HERE, "https://x.org/s.mp3": SOUND, "img/ä (1).png": HERE}


def html(body: str) -> str:
    return rewritten(body, "html", PLACES)


def markdown(body: str) -> str:
    return rewritten(body, "markdown", PLACES)


def test_a_picture_gets_our_address_and_its_size_and_keeps_its_words() -> None:
    assert html(
        '<p>See <img class="wide" src="https://x.org/a.jpg" alt="A &quot;cat&quot;" title="T"> it</p>'
    ) == (
        '<p>See <img src="/media/images/ab/abcdef1234.webp" width="800" height="600" class="wide"'
        ' alt="A &quot;cat&quot;" title="T"> it</p>'
    )


def test_other_sizes_and_lazy_addresses_go() -> None:
    body = (
        '<img src="data:image/gif;base64,x" data-src="https://x.org/a.jpg" srcset="https://x.org/b.jpg 2x"'
        ' sizes="100vw" alt="A"/>'
    )
    assert html(body) == '<img src="/media/images/ab/abcdef1234.webp" width="800" height="600" alt="A"/>'


def test_sources_of_a_stored_picture_go_and_those_of_others_stay() -> None:
    body = (
        '<picture><source srcset="https://x.org/a.avif"><img src="https://x.org/a.jpg"></picture>'
        '<picture><source srcset="https://x.org/b.avif"><img src="https://x.org/b.jpg"></picture>'
    )
    assert html(body) == (
        '<picture><img src="/media/images/ab/abcdef1234.webp" width="800" height="600"></picture>'
        '<picture><source srcset="https://x.org/b.avif"><img src="https://x.org/b.jpg"></picture>'
    )


def test_a_smaller_size_that_the_source_asked_for_is_kept_in_the_pictures_own_shape() -> None:
    assert 'width="80" height="60"' in html('<img src="https://x.org/a.jpg" width="80" height="80">')
    assert 'width="800" height="600"' in html('<img src="https://x.org/a.jpg" width="100%" height="9000">')


def test_a_player_gets_our_address_and_one_alone() -> None:
    body = '<audio controls><source src="https://x.org/s.mp3"><source src="https://x.org/s.ogg">Hear</audio>'
    assert html(body) == f'<audio controls><source src="{SOUND.address}">Hear</audio>'


@pytest.mark.parametrize(
    "body",
    [
        "<p>https://x.org/a.jpg</p>",
        '<a href="https://x.org/a.jpg">the picture</a>',
        '<img src="https://x.org/other.jpg">',
        '<pre>&lt;img src="https://x.org/a.jpg"&gt;</pre>',
    ],
)
def test_everything_else_stays(body: str) -> None:
    assert html(body) == body


# -- Markdown ------------------------------------------------------------------------------------


def test_pictures_of_markdown_are_led_here() -> None:
    assert markdown('Look ![A [good] cat](https://x.org/a.jpg "T") and ![](<https://x.org/a.jpg>)') == (
        f'Look ![A [good] cat]({HERE.address} "T") and ![]({HERE.address})'
    )


def test_escapes_in_an_address_make_no_other_address() -> None:
    assert markdown("![x](img/%C3%A4%20%281%29.png)") == f"![x]({HERE.address})"
    assert markdown("![x](<img/ä (1).png>)") == f"![x]({HERE.address})"


def test_pictures_by_reference_and_in_html_are_led_here() -> None:
    assert markdown("![A][a]\n\n[a]: https://x.org/a.jpg 'T'\n") == f"![A][a]\n\n[a]: {HERE.address} 'T'\n"
    assert HERE.address in markdown('Text\n\n<img src="https://x.org/a.jpg">\n')


@pytest.mark.parametrize(
    "body",
    [
        "```\n![x](https://x.org/a.jpg)\n```\n",
        "~~~~ md\n![x](https://x.org/a.jpg)\n```\n~~~~",
        "Write `![x](https://x.org/a.jpg)` for it.",
        "Write ``a ` ![x](https://x.org/a.jpg)`` for it.",
        "[a link](https://x.org/a.jpg)",
    ],
)
def test_code_and_links_in_markdown_stay(body: str) -> None:
    assert markdown(body) == body


@pytest.mark.parametrize(
    "body", ["![" * 50_000, "`" * 50_001, "``` ` " * 5_000, "[" * 50_000, "![x](" * 20_000, "(" * 50_000]
)
def test_hostile_markdown_is_read_to_its_end(body: str) -> None:
    assert markdown(body) == body
