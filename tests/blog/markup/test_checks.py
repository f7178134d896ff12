"""test_checks: what a careful reader would point at in a manuscript, and what not."""

from __future__ import annotations

import pytest

from blog.markup.checks import MOST, Finding, check


def kinds(body: str) -> list[tuple[str, str]]:
    return [(one.kind, one.quote) for one in check(body, "markdown").findings]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("![](/media/a.png)", [("alt", "/media/a.png")]),
        ("![IMG_2031.JPG](/media/a.png)", [("alt", "/media/a.png")]),
        ("![A cat asleep](/media/a.png)", []),
        ("## One\n\n#### Three", [("heading", "Three")]),
        ("## One\n\n### Two\n\n## Three", []),
        ("# Subtitle\n\n## One", []),
        ("Look [here](https://e.example).", [("here", "here")]),
        ("Подробности [по ссылке](https://e.example).", [("here", "по ссылке")]),
        ("Look at [the table](https://e.example).", []),
        ("[there](#nowhere)", [("anchor", "#nowhere")]),
        ("## Somewhere\n\n[there](#somewhere) and [up](#)", []),
        ("## Где-то\n\n[туда](#где-то)", []),
        ("A привeт to all", [("script", "привeт")]),
        ("The сache is cold", [("script", "сache")]),
        ("Код на Python, PDFка и web-сайт", []),
        ("Код `привeт`", []),
        ("word " * 201, [("paragraph", "word word word word word word word word word word word word")]),
        ("word " * 200, []),
    ],
)
def test_what_is_pointed_at(body: str, found: list[tuple[str, str]]) -> None:
    assert kinds(body) == found


def test_details() -> None:
    found = check("## One\n\n#### Three\n\nпривeт", "markdown").findings
    assert found == (Finding("heading", "Three", "2 4"), Finding("script", "привeт", "e"))


def test_html_is_checked_too() -> None:
    found = check('<h2>One</h2><h5>Two</h5><p><img src="/media/a.png"></p>', "html").findings
    assert [one.kind for one in found] == ["alt", "heading"]


def test_links_are_given_back_once_each() -> None:
    checked = check("[a](/posts/a/) [b](/posts/a/) [c](#c) [d](https://e.example/)\n\n## C", "markdown")
    assert checked.links == ("/posts/a/", "https://e.example/")


def test_no_kind_drowns_the_others() -> None:
    found = check(
        "".join(f"![](/media/{n}.png)\n\n" for n in range(MOST + 30)) + "[here](/)", "markdown"
    ).findings
    assert [one.kind for one in found] == ["alt"] * MOST + ["here"]
