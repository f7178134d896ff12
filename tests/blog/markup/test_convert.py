"""test_convert: HTML bodies become Markdown that shows the same page; what Markdown can't say stays HTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.markup import render
from blog.markup.convert import shape, to_markdown
from blog.markup.markdown import to_html


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>One <b>two</b> <i>three</i>.</p><p>Four.</p>", "One **two** *three*.\n\nFour.\n"),
        ("<h2>Words</h2>", "## Words\n"),
        ('<h2 id="words">Words</h2>', "## Words\n"),
        ('<h3 id="section-3">Words</h3>', "### Words {#section-3}\n"),
        ("<p>one<br>two</p>", "one\\\ntwo\n"),
        ("<p>5 * 3 * 2 [x] a_b _c_</p>", "5 \\* 3 \\* 2 \\[x\\] a_b \\_c\\_\n"),
        (
            "<p>1. no list</p><p># no heading</p><p>- no item</p>",
            "1\\. no list\n\n\\# no heading\n\n\\- no item\n",
        ),
        ("<p>&amp;copy; is written &lt;b&gt;</p>", "\\&copy; is written \\<b>\n"),
        ("<p>H<sub>2</sub>O <kbd>Ctrl</kbd></p>", "H<sub>2</sub>O <kbd>Ctrl</kbd>\n"),
        ('<p><a href="https://e.example/a">a <em>link</em></a></p>', "[a *link*](https://e.example/a)\n"),
        ('<p><img src="/media/a.png" alt="A [b]" width="600" height="400"></p>', None),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c\n"),
        (
            '<pre><code class="language-python">x = "a_b"\n\ny</code></pre>',
            '```python\nx = "a_b"\n\ny\n```\n',
        ),
        ("<blockquote><p>Said.</p></blockquote>", "> Said.\n"),
        ("words in no paragraph", "words in no paragraph\n"),
        ("<div><div><p>In boxes.</p></div></div>", "In boxes.\n"),
        ("", ""),
    ],
)
def test_what_markdown_has_a_mark_for(html: str, markdown: str | None) -> None:
    converted = to_markdown(html)
    assert converted.kept == ()
    assert converted.markdown == markdown or markdown is None
    before, after = render(html, "html"), render(converted.markdown, "markdown")
    assert (after.text, after.outline, len(after.images)) == (before.text, before.outline, len(before.images))


@pytest.mark.parametrize(
    ("html", "tag"),
    [
        ('<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>', "table"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "dl"),
        ("<figure><img src='/media/a.png' alt='x'><figcaption>Words</figcaption></figure>", "figure"),
        ("<details><summary>a</summary><p>b</p></details>", "details"),
        ('<ol reversed="reversed"><li>a</li></ol>', "ol"),
        ('<p lang="ru">Привет</p>', "p"),
        ('<p><img src="/media/icon.png" alt="icon" width="16" height="16"> Words</p>', "p"),
    ],
)
def test_what_markdown_cannot_say_stays_html(html: str, tag: str) -> None:
    converted = to_markdown(f"<p>Before.</p>{html}<p>After.</p>")
    assert converted.kept == ((tag, 1),)
    assert converted.markdown.startswith("Before.\n\n<")
    assert converted.markdown.endswith("\n\nAfter.\n")
    assert converted.blocks == 3


def test_blank_lines_do_not_end_what_stays_html() -> None:
    html = "<div class='x'><pre>one\n\n\ntwo</pre>\n\n<p lang='ru'>words</p></div><p>After.</p>"
    pages = [render(to_markdown(html).markdown, "markdown").html, render(html, "html").html]
    assert len({page.replace(">\n<", "><").strip() for page in pages}) == 1


def test_an_id_that_is_linked_to_stays_and_an_idle_one_is_counted() -> None:
    converted = to_markdown('<p id="a">A</p><p id="b">B</p><p><a href="#a">to A</a></p>')
    assert converted.markdown == '<p id="a">A</p>\n\nB\n\n[to A](#a)\n'
    assert (converted.kept, converted.anchors) == ((("p", 1),), 1)


def test_headings_keep_the_addresses_that_others_link_to() -> None:
    html = '<h2 id="heading-one">One</h2><p><a href="#heading-one">up</a></p><h2 id="two">Two</h2>'
    before, after = render(html, "html"), render(to_markdown(html).markdown, "markdown")
    assert [heading.id for heading in after.outline] == [heading.id for heading in before.outline]


def test_a_script_comes_back_neither_way() -> None:
    converted = to_markdown(
        "<p>a<script>alert(1)</script></p><p onclick=x()>&lt;script&gt;b&lt;/script&gt;</p>"
    )
    assert "<script" not in render(converted.markdown, "markdown").html
    assert "alert" not in converted.markdown


WORDS = st.text(st.sampled_from("ab *_`#-+>1.)[]!<&|~\\=\n"), max_size=30)


@given(st.lists(WORDS, max_size=4))
def test_any_words_come_through(paragraphs: list[str]) -> None:
    html = "".join(f"<p>{words.replace('&', '&amp;').replace('<', '&lt;')}</p>" for words in paragraphs)
    assert shape(to_html(to_markdown(html).markdown)) == shape(html)
