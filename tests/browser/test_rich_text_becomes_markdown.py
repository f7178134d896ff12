"""test_rich_text_becomes_markdown: what comes from a page or a word processor keeps its structure and loses its noise."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.modules import calling

pytestmark = pytest.mark.browser

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15">
<style>p.MsoNormal {margin:0}</style></head><body lang=EN-US onload="x()"><!--StartFragment-->
<p class=MsoNormal>Some <b style='mso-bidi-font-weight:normal'>bold </b>words<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>First</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>&nbsp; </span></span>Inner</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>Second</p>
<p class=MsoNormal>Between</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>Counted</p>
<!--EndFragment--></body></html>"""
GOOGLE = """<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-7d3f"><h1 dir="ltr"><span style="font-weight:400">Title</span></h1>
<p dir="ltr"><span style="font-weight:700;font-style:normal">Bold</span><span style="font-weight:400">, not, </span><span style="font-style:italic">slanted</span></p>
<ul><li dir="ltr" aria-level="1"><p dir="ltr"><span>one</span></p></li><ul><li><p><span>nested</span></p></li></ul><li><p>two</p></li></ul></b>"""

CASES = [
    ("<p>One <strong>two </strong>three<br>four</p><p>Five</p>", "One **two** three\\\nfour\n\nFive"),
    ("<h1>A</h1><h2>B</h2>", "## A\n\n### B"),
    ("<h2><b>B</b></h2><h3>C</h3>", "## B\n\n### C"),
    (
        "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><ol start=3><li>x<ul><li>y</li></ul></li></ol>",
        "- a\n  - b\n- c\n\n3. x\n   - y",
    ),
    (
        "<ul><li><input type=checkbox checked> done</li><li><input type=checkbox> open</li></ul>",
        "- [x] done\n- [ ] open",
    ),
    (
        "<table><thead><tr><th>A<th>B</thead><tr><td>1|2<td><b>x</b><br>y</table>",
        "| A | B |\n| --- | --- |\n| 1\\|2 | **x** y |",
    ),
    (
        "<pre><code class='language-python'>def f():\n    return 1\n</code></pre>",
        "```python\ndef f():\n    return 1\n```",
    ),
    ("<blockquote><p>q</p><p>r</p></blockquote>", "> q\n>\n> r"),
    ("<p><code>x</code> <code>a`b</code></p>", "`x` ``a`b``"),
    (
        '<p><a href="https://e.org/a(b)">l</a> <a href="/here">no</a> <a href="javascript:x()">no</a></p>',
        "[l](<https://e.org/a(b)>) no no",
    ),
    ('<p><a href="https://e.org/">https://e.org/</a></p>', "<https://e.org/>"),
    (
        '<p><img src="https://e.org/i.png" alt="A pic"> <img src="data:image/png;base64,xx"></p>',
        "![A pic](https://e.org/i.png)",
    ),
    (
        "<p><i>so</i> 2 * 3 [x] _y_ snake_case &lt;b&gt; `c`</p>",
        "*so* 2 \\* 3 \\[x\\] \\_y\\_ snake_case \\<b> \\`c\\`",
    ),
    (
        "<p><b>x</b></p><p># no heading</p><p>1. no list</p><p>- nor this</p>",
        "**x**\n\n\\# no heading\n\n1\\. no list\n\n\\- nor this",
    ),
    (
        "<p>H<sub>2</sub>O <del>old</del> <script>alert(1)</script><style>x</style></p>",
        "H<sub>2</sub>O ~~old~~",
    ),
    ('<p>Seen<span style="display:none">hidden</span> <b> </b><i>it</i></p>', "Seen *it*"),
    (WORD, "Some **bold** words\n\n- First\n  - Inner\n- Second\n\nBetween\n\n1. Counted"),
    (GOOGLE, "## Title\n\n**Bold**, not, *slanted*\n\n- one\n  - nested\n- two"),
]
CONVERT = """async (html) => {
  const { cleaned, isRich, markdown } = await import("/js/admin/frommarkup.js");
  const body = cleaned(html);
  return isRich(body) ? markdown(body) : null;
}"""


def test_structure_is_kept_and_noise_dropped(page: Any, page_errors: list[str]) -> None:
    calling(page, "frommarkup")
    assert [page.evaluate(CONVERT, html) for html, _ in CASES] == [made for _, made in CASES]
    assert page_errors == []  # no style and no handler of it was even tried


def test_what_plain_text_says_as_well_is_left_to_plain_text(page: Any) -> None:
    calling(page, "frommarkup")
    for html in (
        "<p>plain</p>",
        '<div><span style="color: red">var</span> x</div>',
        "<b style='font-weight:normal'>x</b>",
    ):
        assert page.evaluate(CONVERT, html) is None


def test_what_was_made_means_the_same(page: Any) -> None:
    """The words of the page are the words of the Markdown, rendered."""
    from blog import markup

    calling(page, "frommarkup")
    for html, _ in CASES[:4]:
        made = page.evaluate(CONVERT, html)
        assert markup.render(made, "markdown").text == markup.plain_text(html)
