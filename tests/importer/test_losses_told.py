"""test_losses_told: what became less on the way is told in plain words, and once."""

from __future__ import annotations

import pytest

from blog.markup import render
from importer.preparing.losses import inventory, losses
from tests.importer.test_cleaning_entries import cleaned

PICTURES = "".join(f"<img src=/{number}.png>" for number in range(5))


@pytest.mark.parametrize(
    ("source", "result", "told"),
    [
        ("<p>One two three</p>", "<p>One three</p>", "1 of 3 words is missing."),
        ("<p>One two</p>", "", "All 2 words are missing."),
        (PICTURES, PICTURES[32:], "2 of 5 pictures are missing."),
        ("<table><tr></table>", "", "The only table is missing."),
        ("<table><tr><tr></table>", "<table><tr></table>", "1 of 2 table rows is missing."),
        ("<pre></pre>", "", "The only code block is missing."),
        ("<pre class=lang-go></pre>", "<pre></pre>", "The language of 1 code block is missing."),
        (
            "<pre class=lang-go></pre>" * 3,
            "<pre class=lang-go></pre><pre></pre><pre></pre>",
            "The language of 2 code blocks is missing.",
        ),
        ("<iframe src=a></iframe>", "", "The only embedded page is missing."),
        ("<audio></audio><video></video>", "<video></video>", "1 of 2 recordings is missing."),
        ("<p id=fn1>", "<p>", "The only footnote is missing."),
        ("<a href=x></a>", "<a></a>", "The only link is missing."),
        ("<li><li><li>", "<li>", "2 of 3 list items are missing."),
        ("<h2>a</h2><h3>b</h3>", "<h2>a</h2><p>b</p>", "1 of 2 headings is missing."),
    ],
)
def test_each_kind_of_loss_has_its_sentence(source: str, result: str, told: str) -> None:
    assert losses(inventory(source), inventory(result)) == (told,)


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("<p>a b</p>", "<div>a</div> b"),
        ("<p>a</p>", "<p>a and more</p><img src=b>"),
        ("<custom-a>on</custom-a><custom-b>off</custom-b>", "onoff"),
    ],
)
def test_what_is_there_otherwise_is_not_lost(source: str, result: str) -> None:
    assert losses(inventory(source), inventory(result)) == ()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            "<p>a</p><iframe src=https://q.example/></iframe>",
            "An embedded page from q.example was left out; only known players are embedded.",
        ),
        ("<p>a <a href='#x'>b</a></p>", "The link “b” was left as text: nothing here is named “x”."),
        ("<p>a</p><svg><text>b</text></svg>", "A drawing in SVG was left out."),
        ("<p>a</p><object data=b>c</object>", "An embedded object was left out."),
        ("<p>a <a href='tel:+1'>b</a></p>", "The only link is missing."),
        ("<p>a b <q title='c>d e</q></p>", "2 of 4 words are missing."),
    ],
)
def test_a_thing_is_told_once(body: str, told: str) -> None:
    assert cleaned(body=body).losses == (told,)


def test_a_frame_that_closes_itself_takes_nothing_along() -> None:
    body = "<p>one</p><iframe src='https://player.vimeo.com/video/1' /><p>two three <img src=/a.png></p>"
    assert cleaned(body=body).losses == ()


EVERYTHING = """
<h1>Of tides</h1><h2></h2><p>A word, <font color=red>another</font>, <custom-tag>a third</custom-tag>&nbsp;&mdash; caf&eacute;.</p>
<ul><li>one<li>two<ul><li>three</ul></ul><dl><dt>a<dd>b</dl><center>middle</center>
<table><caption>c</caption><tr><th>a<th>b<tr><td>1<td>2<table><tr><td>3</table></table>
<div class="language-python highlighter-rouge"><div class="highlight"><pre><code>x = 1</code></pre></div></div>
<pre class="brush: sql">select 1</pre><pre>plain</pre>
<p><a href="https://a.example/"><img src="/a.png" srcset="/b.png 2x"></a> <a href="mailto:a@b.example">mail</a></p>
<img src="data:image/gif;base64,R0" data-src="/c.png"><noscript><img src="/c.png"></noscript>
<iframe src="https://www.youtube.com/embed/abcdefghijk">no frames</iframe><video src="/a.mp4">Fetch it</video><audio src="/a.mp3"></audio>
<p>Noted<sup id="fnref1"><a href="#fn1">1</a></sup></p><ol><li id="fn1">a note <a href="#fnref1">back</a></ol>
<details><summary>more</summary><p>less</p></details><select><option>yes<option>no</select>
"""


def test_a_body_that_holds_everything_loses_nothing() -> None:
    assert cleaned(body=EVERYTHING).losses == ()


def test_markdown_is_compared_by_what_it_says() -> None:
    body = "# A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```python\nx = 1\n```\n\n- [ ] to do\n\nNoted[^1] ![p](/a.png)\n\n[^1]: A note."
    assert cleaned(body=body, body_format="markdown").losses == ()
    held = inventory(render(body, "markdown").feed_html)
    assert (held.tables, held.rows, held.languages, held.images, held.footnotes) == (1, 2, 1, 1, 1)


def test_markdown_that_becomes_less_is_told_of() -> None:
    found = cleaned(body="One [two](tel:+15550100)", body_format="markdown")
    assert found.losses == ("The only link is missing.",)


def test_what_is_mended_on_purpose_is_no_loss() -> None:
    found = cleaned(
        body='<figure><img src="https://x.example/c.png"></figure><p>Some words.</p><img src="https://x.example/d.png">',
        cover="https://x.example/c.png",
    )
    assert found.content.body.count("<img") == 1
    assert found.losses == ()
