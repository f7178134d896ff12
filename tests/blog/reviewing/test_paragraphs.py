"""test_paragraphs: a text is cut where its readers see paragraphs, and each is found again after the text moved."""

from __future__ import annotations

import pytest

from blog.paragraphs import Places, digest_of, quoted, split

TEXT = """# A heading

The first paragraph, about the sea
and its weather.

```python
one = 1

two = 2
```

- a list
- of two

---

The last paragraph, about mountains and the roads that lead there."""


def texts(text: str, body_format: str = "markdown") -> list[str]:
    return [paragraph.text for paragraph in split(text, body_format)]


def test_markdown_is_cut_at_blank_lines_and_code_is_whole() -> None:
    assert texts(TEXT) == [
        "# A heading",
        "The first paragraph, about the sea\nand its weather.",
        "```python\none = 1\n\ntwo = 2\n```",
        "- a list\n- of two",
        "The last paragraph, about mountains and the roads that lead there.",
    ]


def test_html_is_cut_at_its_blocks_and_a_line_without_a_word_is_none() -> None:
    html = "<h2>Head &amp; tail</h2><p>One <b>bold</b> word.</p><ul><li>a</li><li>b</li></ul><hr><p>—</p>"
    assert texts(html, "html") == ["Head & tail", "One bold word.", "a", "b"]


@pytest.mark.parametrize("text", ["", "\n\n \n", "---\n\n***"])
def test_without_words_there_is_nothing_to_comment_on(text: str) -> None:
    assert texts(text) == []


def test_the_same_words_have_one_digest() -> None:
    assert digest_of("The  Sea,\nagain") == digest_of("the sea again")
    assert digest_of("The sea") != digest_of("The seas")


def test_a_quote_is_in_plain_words_and_short() -> None:
    assert (
        quoted("## A **bold** [link](https://example.org/) and ![a dog](/d.png)") == "A bold link and a dog"
    )
    long = quoted("word " * 100)
    assert len(long) <= 161
    assert long.endswith("…")


def place(passage: str, number: int, text: str) -> int | None:
    found = Places(split(text)).of(passage, number)
    return None if found is None else found.number


def test_a_paragraph_that_moved_is_found_by_its_words() -> None:
    first, last = split(TEXT)[1], split(TEXT)[4]
    moved = f"{last.text}\n\nSomething new.\n\n{first.text}"
    assert place(first.text, 1, moved) == 2
    assert place(last.text, 4, moved) == 0


def test_a_paragraph_that_was_rewritten_in_part_is_found() -> None:
    changed = TEXT.replace("about the sea\nand its weather", "about the sea and the weather it makes")
    assert place(split(TEXT)[1].text, 1, changed) == 1


def test_of_two_alike_the_nearer_one_is_meant() -> None:
    text = "Same words.\n\nOther things.\n\nSame words."
    assert place("Same words.", 2, text) == 2
    assert place("Same words.", 0, text) == 0


def test_one_that_is_gone_is_nowhere() -> None:
    assert place("Nothing like this was ever in it, not a single sentence.", 1, TEXT) is None
    assert place("Anything", 0, "") is None


def test_a_look_up_compares_a_few_however_long_the_text() -> None:
    text = "\n\n".join(f"Paragraph {n} speaks of thing{n} and of nothing else." for n in range(2000))
    places = Places(split(text))
    candidates = places._candidates(split("Paragraph 700 speaks of thing700 at length.")[0].words, 5)
    assert len(candidates) <= 40
    found = places.of("Paragraph 700 speaks of thing700 at length and of nothing.", 5)
    assert found is not None
    assert found.number == 700
