"""test_losses_counted: what a body holds is counted as a reader would, and markup made to be slow is not."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from importer.preparing.losses import Inventory, inventory
from tests.work import grows_no_faster_than_linear


def held(body: str) -> dict[str, int]:
    """The amounts that are not nought, but for words and their letters."""
    found = asdict(inventory(body))
    del found["words"], found["letters"]
    return {name: number for name, number in found.items() if number}


@pytest.mark.parametrize(
    ("body", "amounts"),
    [
        ("<p>Nothing but <b>words</b></p>", {}),
        ("<img src=a.png><IMG SRC='b.png'>", {"images": 2}),
        ("<table><tr><td>a<tr><td>b</table>", {"tables": 1, "rows": 2}),
        ("<pre>a</pre><pre><code class='language-python'>b</code></pre>", {"code_blocks": 2, "languages": 1}),
        ("<div class='language-sql'><pre>a</pre></div><pre>b</pre>", {"code_blocks": 2, "languages": 1}),
        ("<pre data-lang=go>a</pre><pre class='lang-none'>b</pre>", {"code_blocks": 2, "languages": 1}),
        (
            "<iframe src=//a.example></iframe><video src=a></video><audio src=b></audio>",
            {"frames": 1, "recordings": 2},
        ),
        (
            "<sup><a href='#fn1'>1</a></sup><ol><li id='fn1'>a <a href='#fnref1'>back</a></ol>",
            {"footnotes": 1, "links": 2, "list_items": 1},
        ),
        ("<p id=fn:note-2>a</p><p id=_ftn3>b</p><p id=fnref4>c</p>", {"footnotes": 2}),
        ("<a href=x>a</a><a name=y>b</a><a href='javascript:z()'>c</a><area href=w>", {"links": 2}),
        ("<h1>a</h1><h3><i>b</i></h3><h2> &nbsp; </h2><h2><img src=c></h2>", {"headings": 2, "images": 1}),
    ],
)
def test_everything_that_a_reader_would_miss_is_counted(body: str, amounts: dict[str, int]) -> None:
    assert held(body) == amounts


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>One</p><p>two</p>three", 3),
        ("un<b>believ</b>able", 1),
        ("caf&eacute; &lt;b&gt; a&nbsp;b", 4),
        ("<script>var a</script><style>b c</style><template>d</template>one", 1),
        (
            "<iframe>Your browser shows no frames</iframe>one<!-- two --><?php three ?><svg><text>4</text></svg>",
            1,
        ),
        ("<textarea>one <i>two</i></textarea>", 4),
        ("<iframe src=a /><p>two words</p>", 2),
        ("1 < 2 and 2 > 1", 5),
        ("<svg>a drawing <p>without an end", 5),
        ("one <a href='>two <b>three</b>", 3),
    ],
)
def test_words_are_what_is_shown(body: str, words: int) -> None:
    assert inventory(body).words == words


@pytest.mark.parametrize(
    "body",
    [
        '<img src="https://stats.wp.com/g.gif">',
        '<img src="/a.png" width="1" height="1">',
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
        "<img alt='no address'>",
        "<!-- <img src=a> --><script>'<img src=a>'</script>",
    ],
)
def test_what_shows_nothing_is_no_picture(body: str) -> None:
    assert inventory(body) == Inventory()


def test_a_picture_and_its_copy_for_readers_without_scripts_are_one() -> None:
    waiting = '<img src="data:image/gif;base64,R0" data-src="/a.png">'
    assert inventory(f'{waiting}<noscript><img src="/a.png"></noscript>').images == 1
    assert inventory(f'{waiting}<noscript><img src="/b.png"></noscript>').images == 2
    assert inventory('<img src="/a.png"><img src="/a.png">').images == 2


HOSTILE = (
    *(
        "<a ",
        "<a ='>'",
        "<a b='",
        "<!--",
        "<![CDATA[",
        "<?",
        "</",
        "<",
        "<svg>",
        "<svg><a>",
        "<script>",
        "<title>",
    ),
    *(
        "<h1>",
        "<pre>",
        "<pre class=lang-",
        "<img src='",
        "<img srcset=a, data-src>",
        "<p id=fn",
        "&",
        "&#",
        "a",
    ),
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_markup_made_to_be_slow_costs_no_more_than_its_length(piece: str) -> None:
    grows_no_faster_than_linear(
        inventory, lambda size: piece * (size // len(piece)), small=20_000, large=400_000
    )
