"""test_reflow_paragraphs: a wall of text is cut between sentences, at turns, and never inside what belongs together."""

from __future__ import annotations

import pytest

from importer.reflow import reflow

FILLER = "The old machine stood by the window and had not run for thirty years, as the dust on it showed. "
ЗАЧИН = "Старый станок стоял у окна и не работал уже тридцать лет, о чём говорила пыль на его рычагах. "


def paragraphs(text: str) -> list[str]:
    return reflow(text.strip()).text.split("\n\n")


def test_a_wall_of_text_gets_paragraphs_of_a_readable_length() -> None:
    lengths = [len(paragraph) for paragraph in paragraphs(FILLER * 30)]
    assert all(250 <= length <= 650 for length in lengths)


def test_a_turn_of_the_story_begins_a_paragraph() -> None:
    text = FILLER * 3 + "Then came the spring. " + FILLER * 3
    assert any(paragraph.startswith("Then came the spring.") for paragraph in paragraphs(text))


def test_a_russian_turn_begins_a_paragraph() -> None:
    text = ЗАЧИН * 3 + "Но вот пришла весна. " + ЗАЧИН * 3
    assert any(paragraph.startswith("Но вот пришла весна.") for paragraph in paragraphs(text))


def test_an_answer_stays_with_its_question() -> None:
    text = FILLER * 4 + "And the belt? It had been eaten by mice. " + FILLER * 4
    assert any("And the belt? It had been eaten" in paragraph for paragraph in paragraphs(text))


@pytest.mark.parametrize(
    "whole",
    [
        '"' + (FILLER * 6).strip() + '"',
        "«" + ЗАЧИН * 6 + "»",
        "(" + FILLER * 6 + ")",
        "*" + (FILLER * 6).strip() + "*",
        "**" + (FILLER * 6).strip() + "**",
        "`" + (FILLER * 6).strip() + "`",
        "[" + (FILLER * 6).strip() + "](https://example.org/)",
    ],
)
def test_nothing_in_pairs_is_torn_apart(whole: str) -> None:
    text = f"{FILLER}{whole} {FILLER}"
    assert any(whole in paragraph for paragraph in paragraphs(text))


@pytest.mark.parametrize(
    "phrase",
    [
        "the oil, e.g. Shell or i.e. Castrol, ",
        "the shop of Dr. Weber and J. S. Bach ",
        "version 2.5 of file.py and v1.0. of the other ",
        "в типографии им. Фёдорова, т. е. у А. С. Кузнецова, и т. д. и т. п. в ",
        "на ул. Ленина в г. Казани, см. рис. Фёдорова, ",
    ],
)
def test_an_abbreviation_ends_no_sentence(phrase: str) -> None:
    text = (phrase * 40).strip() + "."
    assert reflow(text).text == text


@pytest.mark.parametrize(
    "joke",
    [
        "😄 Why did the printer blush? It saw the margins.",
        "Why did the printer blush? It saw the margins. 😄",
        "As the old hands say: *never trust a dry roller* 😄.",
        "Почему станок молчал? Потому что устал. 😄",
    ],
)
def test_a_joke_at_the_end_is_a_paragraph_of_its_own(joke: str) -> None:
    assert paragraphs(FILLER * 6 + joke)[-1] == joke


def test_an_emoji_that_closes_a_quote_stays_with_it() -> None:
    text = FILLER * 6 + 'I once read: *"Measure twice."* 😄 In printing it is worse.'
    assert '*"Measure twice."* 😄 In printing it is worse.' in paragraphs(text)[-1]


def test_more_than_1500_characters_are_given_four_paragraphs() -> None:
    assert len(paragraphs(FILLER * 16)) >= 4
    assert len(paragraphs(FILLER * 5)) == 1
