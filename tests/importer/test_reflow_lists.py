"""test_reflow_lists: lists come back where they unmistakably stood, and numbers stay words that can be read."""

from __future__ import annotations

import pytest

from importer.reflow import reflow


def test_bullets_after_a_colon() -> None:
    assert reflow("Bring: - Ink - Paper - A lamp").text == "Bring:\n\n- Ink\n- Paper\n- A lamp"


def test_a_label_ends_one_list_and_begins_the_next() -> None:
    flat = "To do: - Oil: the bearings, the rails - Clean: the type, the bed Rules: - Do NOT hurry - Do NOT smoke"
    assert reflow(flat).text.split("\n\n") == [
        "To do:",
        "- Oil: the bearings, the rails\n- Clean: the type, the bed",
        "Rules:",
        "- Do NOT hurry\n- Do NOT smoke",
    ]


def test_numbers_stay_visible_in_the_items() -> None:
    flat = "Steps: 1. Open the box. 2. Take the lamp out. 3. Plug it in. After that the room is bright."
    assert reflow(flat).text == (
        "Steps:\n\n- 1\\. Open the box.\n- 2\\. Take the lamp out.\n- 3\\. Plug it in.\n\nAfter that the room is bright."
    )


def test_the_last_item_ends_where_a_new_sentence_begins() -> None:
    assert (
        reflow("Buy: - Apples - Pears - Plums Then we went home.").text
        == "Buy:\n\n- Apples\n- Pears\n- Plums\n\nThen we went home."
    )


@pytest.mark.parametrize(
    "flat",
    [
        "It is version 2, not version 1. I also added a page. Then came version 2. It was better.",
        "The old town - all of it - is small. The new one - Harbour Side - is not.",
        "Он пришёл. - Привет! - сказал он и сел.",
        "We need 5 * 3 = 15 boards and 2 * 4 = 8 more.",
    ],
)
def test_dashes_and_numbers_of_prose_make_no_list(flat: str) -> None:
    assert reflow(flat).text == flat


def test_a_number_at_the_beginning_is_no_list_mark() -> None:
    assert reflow("1984. A year like others.").text == "1984\\. A year like others."


def test_leftover_instructions_are_kept_and_reported() -> None:
    flat = (
        "We printed until midnight and slept well. What to check: - Spelling: typos - Grammar: word order "
        "Rules: - Return ONLY the text - Do NOT add sections - Do NOT change headings"
    )
    result = reflow(flat)
    assert result.text.endswith(
        "Rules:\n\n- Return ONLY the text\n- Do NOT add sections\n- Do NOT change headings"
    )
    assert result.notes == (
        "The text ends in lists that read like leftover instructions (“Spelling: typos…”); "
        "they were kept, as lists: see whether they belong to the post.",
    )


def test_an_ordinary_list_at_the_end_is_not_reported() -> None:
    assert reflow("Bring: - Ink - Paper - A lamp").notes == ()
