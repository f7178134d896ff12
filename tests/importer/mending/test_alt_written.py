"""test_alt_written: what a picture shows is written into every way that Markdown and HTML have to show one, and nowhere else."""

from __future__ import annotations

import pytest

from blog.markup import render
from importer.mending.alternatives import said

SRC = "/media/images/ab/cd.webp"
WORDS = "A *red* fox [asleep], 5 > 4 & calm_and_quiet"
MARKDOWN = [
    f"![]({SRC})",
    f"Before ![IMG_1234.jpg]({SRC}) after",
    f'![]({SRC} "A title")',
    f"![](<{SRC}>)",
    f"![][fox]\n\n[fox]: {SRC}",
    f"![IMG_20240507_120000][]\n\n[IMG_20240507_120000]: {SRC}",
    f"![photo-1]\n\n[photo-1]: {SRC}",
    f"[![]({SRC})](https://example.org/)",
    f'<img src="{SRC}">',
    f"- a list\n- ![]({SRC})",
    f"| a |\n|---|\n| ![]({SRC}) |",
]
HTML = [
    f'<p><img src="{SRC}"></p>',
    f'<figure><img alt="" src="{SRC}" width="3"/><figcaption>C</figcaption></figure>',
    f"<img alt='cd.webp' src='{SRC}' />",
    f"<IMG SRC={SRC}>",
]


def alts(body: str, body_format: str) -> list[str]:
    return [image.alt for image in render(body, body_format).images]  # type: ignore[arg-type]


@pytest.mark.parametrize("body", MARKDOWN)
def test_in_markdown(body: str) -> None:
    assert alts(said(body, "markdown", SRC, WORDS), "markdown") == [WORDS]


@pytest.mark.parametrize("body", HTML)
def test_in_html(body: str) -> None:
    assert alts(said(body, "html", SRC, WORDS), "html") == [WORDS]


@pytest.mark.parametrize(
    "body",
    [
        f"![A fox asleep]({SRC})",
        "![](/media/images/other.webp)",
        f"`![]({SRC})`",
        f"```\n![]({SRC})\n```",
        f"A link: [x]({SRC})",
        f'<img alt="A fox" src="{SRC}">',
    ],
)
def test_what_says_something_and_what_is_no_picture_stays(body: str) -> None:
    assert said(body, "markdown", SRC, WORDS) == body


def test_only_the_silent_one_of_two() -> None:
    body = f"![Said]({SRC})\n\n![]({SRC})"
    assert alts(said(body, "markdown", SRC, "Now"), "markdown") == ["Said", "Now"]


def test_white_space_is_folded() -> None:
    assert said(f"![]({SRC})", "markdown", SRC, " two\n\n words ") == f"![two words]({SRC})"


def test_no_markup_comes_in_by_it() -> None:
    hostile = '"><script>alert(1)</script>'
    for body, body_format in ((f"![]({SRC})", "markdown"), (f'<img src="{SRC}">', "html")):
        page = render(said(body, body_format, SRC, hostile), body_format).html  # type: ignore[arg-type]
        assert "<script" not in page
        assert alts(said(body, body_format, SRC, hostile), body_format) == [hostile]
