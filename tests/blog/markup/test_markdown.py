"""test_markdown: what authors can write, and that raw HTML passes the same gate."""

from __future__ import annotations

import pytest

from blog.markup import render


@pytest.mark.parametrize(
    ("body", "page"),
    [
        ("~~gone~~", "<p><s>gone</s></p>\n"),
        ("a <kbd>b</kbd>", "<p>a <kbd>b</kbd></p>\n"),
        ("Привет **мир**", "<p>Привет <strong>мир</strong></p>\n"),
        ("line\nnext", "<p>line\nnext</p>\n"),
        ('"quotes" -- stay...', '<p>"quotes" -- stay...</p>\n'),
        ("<https://e.example>", '<p><a href="https://e.example" rel="noopener">https://e.example</a></p>\n'),
    ],
)
def test_inline(body: str, page: str) -> None:
    assert render(body, "markdown").html == page


def test_a_table() -> None:
    assert "<td>1</td>" in render("|a|\n|-|\n|1|", "markdown").html


def test_a_footnote_leads_there_and_back() -> None:
    rendered = render("text[^1]\n\n[^1]: note", "markdown")
    assert '<a href="#at-fn1" id="at-fnref1" rel="noopener">[1]</a>' in rendered.html
    assert '<li class="footnote-item" id="at-fn1">' in rendered.html
    assert '<a href="#at-fnref1" class="footnote-backref" rel="noopener">' in rendered.html
    assert rendered.warnings == ()


def test_tasks_are_marks_and_not_fields() -> None:
    page = render("- [ ] open\n- [x] closed\n", "markdown").html
    assert '<li class="task"><span class="task-mark" role="img" aria-label="to do">☐</span> open</li>' in page
    assert (
        '<li class="task"><span class="task-mark" role="img" aria-label="done">☑</span> closed</li>' in page
    )
    assert "<input" not in page


def test_raw_html_goes_through_the_gate() -> None:
    rendered = render('<div onclick="x()">\n\n**b**\n\n</div><script>y</script>', "markdown")
    assert "<strong>b</strong>" in rendered.html
    assert "onclick" not in rendered.html
    assert rendered.warnings == ("A script was left out.",)


def test_a_heading_may_be_named() -> None:
    rendered = render("## Words and *more* {#own-name}\n\n[there](#own-name)", "markdown")
    assert rendered.outline[0].id == "at-own-name"
    assert '<h2 id="at-own-name">Words and <em>more</em></h2>' in rendered.html
    assert '<a href="#at-own-name"' in rendered.html


@pytest.mark.parametrize("words", ["Braces {#a b}", "Sum {#}", "Code `{#x}`", '{#quo"te}'])
def test_what_is_no_name_stays(words: str) -> None:
    assert "{#" in render(f"## {words}", "markdown").text
