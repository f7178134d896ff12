"""test_alts: the words that a text gives to a picture are found, and written where there are none, and nothing else is touched."""

from __future__ import annotations

import pytest

from blog.markup import render
from blog.markup.alts import alts, filled, markdown_alt
from tests.work import grows_no_faster_than_linear

ADDRESS = "images/ab/0123456789abcdef.webp"
HERE = f"/media/{ADDRESS}"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (f"![]({HERE})", [""]),
        (f"a ![A \\[wide\\] field]( <{HERE}> 'title')", ["A [wide] field"]),
        (f'<img src="{HERE}" alt="A &quot;field&quot;">', ['A "field"']),
        (f"<img alt='one' src={HERE}> and <img src='{HERE}'>", ["one", ""]),
        (f"[a link]({HERE})", []),
        (f"{HERE} <p title='>'>", []),
        ("![another](/media/images/cd/0123456789abcdef.webp)", []),
    ],
)
def test_every_place_is_read(body: str, said: list[str]) -> None:
    assert alts(body, ADDRESS) == said


@pytest.mark.parametrize(
    ("body", "mended"),
    [
        (f"a\r\n![]({HERE})\nb", f'a\r\n![A \\[wide\\] “field” & "more"]({HERE})\nb'),
        (
            f"![kept]({HERE}) ![IMG_1234.jpg]({HERE})",
            f'![kept]({HERE}) ![A \\[wide\\] “field” & "more"]({HERE})',
        ),
        (f'<img src="{HERE}">', f'<img alt="A [wide] “field” &amp; &quot;more&quot;" src="{HERE}">'),
        (f'<IMG alt="" src="{HERE}">', f'<IMG alt="A [wide] “field” &amp; &quot;more&quot;" src="{HERE}">'),
        (f'<img src="{HERE}" alt="kept">', f'<img src="{HERE}" alt="kept">'),
    ],
)
def test_words_are_written_where_there_are_none(body: str, mended: str) -> None:
    assert filled(body, ADDRESS, 'A [wide] “field” & "more"') == mended


@pytest.mark.parametrize("alt", ["]", "[", "\\", "a](javascript:x)", "`code", "<b>", "two\nlines", "*star*"])
def test_any_words_survive_markdown(alt: str) -> None:
    (image,) = render(f"![{markdown_alt(alt)}]({HERE})", "markdown").images
    assert image.src == HERE
    assert set(" ".join(alt.split())) - set("*`") <= set(image.alt)


def test_many_unclosed_brackets_cost_no_more_than_their_number() -> None:
    grows_no_faster_than_linear(
        lambda body: filled(body, ADDRESS, "x"), lambda size: f"![[<img {HERE}" * size, small=200, large=2000
    )
