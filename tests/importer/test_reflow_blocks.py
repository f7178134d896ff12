"""test_reflow_blocks: rules, quotes, tables and code come back as blocks of their own."""

from __future__ import annotations

import pytest

from importer.reflow import reflow


@pytest.mark.parametrize("ruler", ["---", "***", "* * *", "___"])
def test_a_ruler_between_sentences_is_a_rule(ruler: str) -> None:
    assert reflow(f"The day ended. {ruler} Morning came.").text == "The day ended.\n\n---\n\nMorning came."


def test_a_dash_of_three_inside_a_sentence_is_no_rule() -> None:
    flat = "He said --- no more --- and left."
    assert reflow(flat).text == flat


def test_a_quote_keeps_its_lines_and_ends_with_its_sentence() -> None:
    flat = "She wrote: > The rain stopped. > We sowed the beans. Nobody answered."
    assert reflow(flat).text == "She wrote:\n\n> The rain stopped.\n> We sowed the beans.\n\nNobody answered."


def test_a_comparison_is_no_quote() -> None:
    flat = "If a > b we stop. If B > A we go on."
    assert reflow(flat).text == flat


def test_a_table_comes_back_with_its_rows() -> None:
    flat = "Prices rose. | Item | Price | |------|-------| | Ink | 5 | | Paper | | Then they fell."
    assert reflow(flat).text == (
        "Prices rose.\n\n| Item | Price |\n|------|-------|\n| Ink | 5 |\n| Paper | |\n\nThen they fell."
    )


def test_pipes_without_a_rule_of_dashes_stay_prose() -> None:
    flat = "Use a | b or | c | as you like."
    assert reflow(flat).text == flat


def test_a_fence_is_a_block_and_its_language_stays_a_word() -> None:
    result = reflow("Run this. ```python print(1)``` It works.")
    assert result.text == "Run this.\n\n```\npython\nprint(1)\n```\n\nIt works."
    assert result.notes == ("A code block lost its line breaks in the source; its code stands on one line.",)
