"""test_picture_sizes: a page says how large our pictures are and which copies there are; a body can't say that itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest

from blog.markup import render
from blog.markup.pictures import Stored

HERE = "/media/images/ab/0123456789abcdef.webp"
SET = "/media/images/ab/0123456789abcdef-320.webp 320w, /media/images/ab/0123456789abcdef.webp 1000w"


def known(addresses: Collection[str]) -> Mapping[str, Stored]:
    return {HERE: Stored(7, HERE, 1000, 500, SET)} if HERE in addresses else {}


def page(body: str) -> str:
    return render(body, "html", known=known).html


def test_a_picture_of_ours_comes_with_its_room_and_its_copies() -> None:
    assert page(f'<img src="{HERE}" alt="A field">') == (
        f'<img src="{HERE}" alt="A field" loading="lazy" decoding="async" width="1000" height="500" srcset="{SET}" '
        'sizes="(min-width: 44em) 640px, 100vw">'
    )


def test_a_width_that_the_text_gives_is_kept_in_the_picture_s_shape() -> None:
    html = page(f'<img src="{HERE}" width="300" height="300" alt="">')
    assert 'width="300" height="150"' in html
    assert 'sizes="(min-width: 300px) 300px, 100vw"' in html
    assert 'width="1000" height="500"' in page(f'<img src="{HERE}" width="4000" height="1" alt="">')
    assert 'width="1000" height="500"' in page(f'<img src="{HERE}" width="50%" alt="">')


@pytest.mark.parametrize(
    "body",
    [
        f'<img src="{HERE}" srcset="https://evil.example/x.png 1x" sizes="9px" alt="">',
        '<img src="/media/images/ab/ffffffffffffffff.webp" srcset="https://evil.example/x.png 1x" sizes="1px" alt="">',
        '<img srcset="https://evil.example/x.png 1x" alt="">',
    ],
)
def test_a_body_brings_no_copies_of_its_own(body: str) -> None:
    rendered = render(body, "html", known=known)
    assert "evil.example/x.png 1x" not in rendered.html
    assert 'sizes="9px"' not in rendered.html
    assert 'sizes="1px"' not in rendered.html
    assert "srcset" not in rendered.feed_html


def test_feeds_carry_the_one_picture() -> None:
    rendered = render(f'<img src="{HERE}" alt="A field">', "html", known=known)
    assert rendered.feed_html == f'<img src="{HERE}" alt="A field">'
    assert rendered.shown == (7,)


def test_a_text_without_our_pictures_asks_nothing() -> None:
    asked: list[Collection[str]] = []

    def asking(addresses: Collection[str]) -> Mapping[str, Stored]:
        asked.append(addresses)
        return {}

    render("words, and ![one](https://elsewhere.example/x.png)", "markdown", known=asking)
    assert [list(one) for one in asked] == [[]]
