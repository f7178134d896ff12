"""test_pictures: ours are shown, others become words on pages and stay pictures in feeds."""

from __future__ import annotations

import pytest

from blog.markup import BodyImage, render

REMOTE = '<img src="https://h.example/a.png" alt="A big cat">'
LINK = '<a href="https://h.example/a.png" rel="noopener">See it at h.example</a>'


def test_a_local_picture_loads_when_needed() -> None:
    rendered = render(
        '<p><img src="/media/a.webp" alt="x" width="3" height="4" srcset="/evil 2x"></p>', "html"
    )
    assert rendered.html == (
        '<p><img src="/media/a.webp" alt="x" width="3" height="4" loading="lazy" decoding="async"></p>'
    )


@pytest.mark.parametrize(
    ("body", "page"),
    [
        (REMOTE, f'<figure class="absent-picture"><p class="alt">A big cat</p><p>{LINK}</p></figure>'),
        (f"<p>{REMOTE}</p>", f'<figure class="absent-picture"><p class="alt">A big cat</p><p>{LINK}</p></figure>'),
        (f'<p id="x">{REMOTE}</p>', f'<div id="at-x"><figure class="absent-picture"><p class="alt">A big cat</p><p>{LINK}</p></figure></div>'),
        (f"<p>see {REMOTE}</p>", f'<p>see <span class="absent-picture"><span class="alt">A big cat</span> {LINK}</span></p>'),
        (f"<h2 id=h>{REMOTE} x</h2>", f'<h2 id="at-h"><span class="absent-picture"><span class="alt">A big cat</span> {LINK}</span> x</h2>'),
        (f'<p><a href="/y">{REMOTE}</a></p>', '<p><a href="/y" rel="noopener"><span class="absent-picture"><span class="alt">A big cat</span> A picture at h.example.</span></a></p>'),
        (f"<figure>{REMOTE}<figcaption>c</figcaption></figure>", f'<figure class="absent-picture"><p class="alt">A big cat</p><p>{LINK}</p><figcaption>c</figcaption></figure>'),
        ('<img src="./a.png" alt="A big cat">', '<figure class="absent-picture"><p class="alt">A big cat</p><p>The picture isn’t here.</p></figure>'),
        ('<img src="https://h.example/a.png">', '<figure class="absent-picture"><p><a href="https://h.example/a.png" rel="noopener">See the picture at h.example</a></p></figure>'),
        ('<img src="./a.png" alt="map_style">', '<figure class="absent-picture"><p>The picture isn’t here.</p></figure>'),
        ('<img src="/media/../x.png" alt="Two words">', '<figure class="absent-picture"><p class="alt">Two words</p><p>The picture isn’t here.</p></figure>'),
    ],
)  # fmt: skip
def test_a_picture_that_is_not_here_is_words_in_the_form_that_fits(body: str, page: str) -> None:
    assert render(body, "html").html == page


def test_a_feed_keeps_every_picture() -> None:
    assert render(f"<p>see {REMOTE}</p>", "html").feed_html == f"<p>see {REMOTE}</p>"


def test_every_picture_is_listed_in_order() -> None:
    body = f'{REMOTE}<img src="/media/b.webp" alt=""><img src="c.png" alt="c">'
    assert render(body, "html").images == (
        BodyImage("https://h.example/a.png", "A big cat", False),
        BodyImage("/media/b.webp", "", True),
        BodyImage("c.png", "c", False),
    )


@pytest.mark.parametrize(
    "body",
    [
        '<img src="data:image/gif;base64,R0" data-src="/a.png" alt="x"><noscript><img src="/a.png" alt="x"></noscript>',
        '<img data-lazy-src="/a.png" alt="x">',
        '<img srcset="/s.png 1x, /a.png 2x" alt="x">',
        '<picture><source srcset="/a.webp"><img src="/a.png" alt="x"></picture>',
        '<img src="/a.png" alt="x"><img src="https://t.example/pixel" width="1" height="1">',
    ],
)
def test_lazy_and_responsive_pictures_have_one_address_and_counters_go(body: str) -> None:
    assert render(body, "html").images == (BodyImage("/a.png", "x", False),)


def test_our_media_can_have_another_address() -> None:
    rendered = render(
        '<img src="https://cdn.example/m/a.webp">', "html", media_prefix="https://cdn.example/m/"
    )
    assert rendered.images[0].local
    assert "<img " in rendered.html
