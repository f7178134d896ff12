"""test_cleaning_repairs: a cover repeated at the beginning and titles given as alternative texts are mended, no word is."""

from __future__ import annotations

from typing import Any

import pytest

from blog.content import Content
from importer.entry import About, Enclosure
from importer.options import Options
from importer.preparing.cleaning import Context, clean
from tests.importer.documents import an_entry

COVER = "https://x.org/content/images/2024/05/sea.jpg"


def cleaned(body: str, **fields: Any) -> Content:
    given = {"title": "The sea", "cover": COVER} | fields
    return clean(an_entry(body=body, **given), Context(About(), Options())).content


@pytest.mark.parametrize(
    "first",
    [
        f'<img src="{COVER}" alt="Waves">',
        f'<figure class="k"><img src="{COVER}" alt="Waves"></figure>',
        f'<p><a href="{COVER}"><img src="{COVER}" alt="Waves"></a></p>\n',
        '<img src="https://x.org/content/images/size/w1200/2024/05/sea.jpg" alt="Waves">',
        '<img src="https://www.x.org/content/images/2024/05/sea-1024x768.jpg?w=600" alt="Waves">',
    ],
)
def test_the_cover_is_not_shown_again_at_the_beginning(first: str) -> None:
    content = cleaned(f"{first}<p>It is wide.</p>")
    assert content.body == "<p>It is wide.</p>"
    assert content.cover_url == COVER


@pytest.mark.parametrize(
    "body",
    [
        f'<p>Look:</p><img src="{COVER}" alt="Waves"><p>It is wide.</p>',
        f'<figure><img src="{COVER}" alt="Waves"><figcaption>By Ada.</figcaption></figure><p>It is wide.</p>',
        '<img src="https://x.org/content/images/2024/05/sky.jpg" alt="Waves"><p>It is wide.</p>',
        '<img src="https://other.org/content/images/2024/05/sea.jpg" alt="Waves"><p>It is wide.</p>',
    ],
)
def test_a_picture_that_says_more_than_the_cover_stays(body: str) -> None:
    assert cleaned(body).body == body


def test_a_title_that_stands_on_every_picture_describes_none() -> None:
    body = '<p>One</p><img src="https://x.org/1.jpg" alt="The Sea"><img src="https://x.org/2.jpg" alt="the  sea">'
    found = cleaned(body, cover_alt="The sea")
    assert found.body == (
        '<p>One</p><img alt="" src="https://x.org/1.jpg"><img alt="" src="https://x.org/2.jpg">'
    )
    assert found.cover_alt == ""


def test_a_title_on_some_pictures_alone_stays() -> None:
    body = (
        '<p>One</p><img src="https://x.org/1.jpg" alt="The sea"><img src="https://x.org/2.jpg" alt="A gull">'
    )
    assert cleaned(body).body == body


def test_an_attached_recording_is_played_at_the_end() -> None:
    found = cleaned("<p>Hear.</p>", enclosures=(Enclosure("https://x.org/e.mp3", "audio/mpeg"),))
    assert found.body == '<p>Hear.</p>\n\n<audio controls src="https://x.org/e.mp3"></audio>\n'
