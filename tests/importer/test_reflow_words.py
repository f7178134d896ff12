"""test_reflow_words: whatever the text, reflow keeps every word and its place, in the Markdown and on the page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from importer.reflow import reflow

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
WORD = re.compile(r"[^\W_]+")
PIECES = (
    "The goal", "was clear.", "Pavel", "faced", "a problem.", "Then", "we", "went home.", "Why?", "Because!", "Но вот",
    "и т. д.", "т. е.", "в 2024 г.", "А. С. Пушкин", "e.g.", "v1.2.", "file.py", "`file.py`", "`a b. C`", "``x ` y``",
    "```python print(1)```", "```", "#", "##", "## The Task at Hand", "###", "#tag", "---", "***", "* * *", "===", "-", "- Item",
    "*", "+", "•", "1.", "2.", "1. One", "2. Two", "3)", "version 1.", ">", "> Quoted.", "**bold.", "bold**", "*it.*", "_x_",
    "snake_case", "\"Quote.", "end.\"", "«Да.", "Нет.»", "(see", "there.)", "[text](https://example.org/a)", "[x]:", "[", "](", "|",
    "| a | b |", "|---|---|", "| 1 | 2 |", "😄", "😄.", "What to fix:", "Rules:", "~~~", "~~no~~", "\\", "\\`", "…", "—", "2024.",
    "<b>", "<script>", "<!--", "&", ":", "I", "A", "In", "When It", "Zoo",
)  # fmt: skip
FLAT = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)
ANY = st.text(max_size=300)


class Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self.parts.append("" if tag in ("em", "strong", "code", "a", "s") else " ")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def visible_words(html: str) -> list[str]:
    reader = Visible()
    reader.feed(html)
    reader.close()
    return WORD.findall("".join(reader.parts))


@settings(max_examples=300, deadline=None)
@given(FLAT | ANY)
@example("Steps: 1. Foo 2. Bar 3. Baz")
@example("1. 1. 1. The goal 2. Two")
@example("2024. A year begins.")
def test_no_word_is_added_dropped_or_moved(text: str) -> None:
    result = reflow(text)
    assert WORD.findall(result.text) == WORD.findall(text)
    assert not [note for note in result.notes if "could not be given back" in note]


@settings(max_examples=300, deadline=None)
@given(FLAT)
def test_every_word_that_one_line_would_show_is_shown(text: str) -> None:
    """Rendered as blocks, the text shows the words that it shows when its one line is rendered as inline Markdown."""
    if "<" in text:  # a tag at the beginning of a line makes Markdown read on as HTML, in the source as well
        return
    assert visible_words(MARKDOWN.render(reflow(text).text)) == visible_words(MARKDOWN.renderInline(text))


@settings(max_examples=300, deadline=None)
@given(FLAT | ANY)
def test_a_second_time_changes_nothing(text: str) -> None:
    once = reflow(text).text
    again = reflow(once)
    assert (again.text, again.changed) == (once, False)


@settings(max_examples=100, deadline=None)
@given(st.lists(ANY.filter(str.strip), min_size=2, max_size=4).map("\n".join))
def test_a_text_with_lines_of_its_own_is_left_alone(text: str) -> None:
    if "\n" not in text.strip():
        return
    assert reflow(text).text == text
    assert not reflow(text).changed


@pytest.mark.parametrize("text", ["", "   ", "One sentence.", "Two sentences. And the second."])
def test_a_short_text_stays_as_it_is(text: str) -> None:
    assert reflow(text).text == text
    assert reflow(text).notes == ()
