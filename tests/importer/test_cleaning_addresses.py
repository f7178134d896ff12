"""test_cleaning_addresses: addresses in a body become absolute where the source says to what, and stay where it does not."""

from __future__ import annotations

import pytest

from importer.preparing.bodies import Base, host_alone, with_addresses

PAGE = Base("https://blog.example/2024/post/")


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ('<a href="../other/">x</a>', '<a href="https://blog.example/2024/other/">x</a>'),
        ("<a href='/top'>x</a>", '<a href="https://blog.example/top">x</a>'),
        ("<a href=next.html>x</a>", '<a href="https://blog.example/2024/post/next.html">x</a>'),
        ('<img src="//cdn.example/a.png">', '<img src="https://cdn.example/a.png">'),
        (
            '<img data-src="a.png" src="data:,">',
            '<img data-src="https://blog.example/2024/post/a.png" src="data:,">',
        ),
        ('<video poster="p.jpg">', '<video poster="https://blog.example/2024/post/p.jpg">'),
        ('<a href="?a=1&amp;b=2">x</a>', '<a href="https://blog.example/2024/post/?a=1&amp;b=2">x</a>'),
        (
            '<img srcset="a.png 1x, /b,c.png 2x">',
            '<img srcset="https://blog.example/2024/post/a.png 1x, https://blog.example/b,c.png 2x">',
        ),
    ],
)
def test_relative_addresses_become_absolute(written: str, becomes: str) -> None:
    assert with_addresses(written, PAGE).html == becomes


@pytest.mark.parametrize(
    "written",
    [
        '<a href="#part">x</a>',
        '<a href="mailto:a@blog.example">x</a>',
        '<a href="https://elsewhere.example/">x</a>',
        '<p title="a/b" class="href">x</p>',
        "if a < b and c > d: <code>x</code>",
        "<pre>&lt;img src=a.png&gt;</pre>",
        '<a href="http://[broken/">x</a>',
        "<a href=",
    ],
)
def test_everything_else_stays_byte_for_byte(written: str) -> None:
    assert with_addresses(written, PAGE).html == written


def test_without_a_base_a_relative_picture_stays_and_is_counted() -> None:
    body = with_addresses('<img src="./a.png"><img src="https://x.example/b.png">', Base())
    assert body.html == '<img src="./a.png"><img src="https://x.example/b.png">'
    assert body.left_relative == 1


def test_where_only_the_site_is_known_addresses_from_its_root_are_resolved() -> None:
    site = Base("https://blog.example/", whole=False)
    body = with_addresses('<img src="/a.png"><img src="./b.png">', site)
    assert body.html == '<img src="https://blog.example/a.png"><img src="./b.png">'
    assert body.left_relative == 1


def test_the_site_of_an_address_is_its_front_page() -> None:
    assert host_alone("https://blog.example/writing/undefined/") == "https://blog.example/"


@pytest.mark.parametrize(
    "pixel",
    [
        '<img src="https://x.example/a.gif" width="1" height="1">',
        "<img height=0 width=0 src=https://x.example/a.gif>",
        '<img src="https://pixel.wp.com/b.gif?host=x">',
        '<img src="https://medium.com/_/stat?event=post">',
        '<img style="display:none" src="https://x.example/count">',
    ],
)
def test_tracking_pixels_go(pixel: str) -> None:
    assert with_addresses(f"<p>a{pixel}b</p>", PAGE).html == "<p>ab</p>"


@pytest.mark.parametrize(
    "picture",
    [
        '<img src="https://x.example/a.gif" width="1">',
        '<img style="display:none" data-src="https://x.example/lazy.jpg">',
        '<img src="https://x.example/a.gif" width="100" height="1">',
    ],
)
def test_pictures_that_only_resemble_pixels_stay(picture: str) -> None:
    assert with_addresses(picture, PAGE).html == picture
