"""test_question: what is read of a question, and that it has bounds."""

from __future__ import annotations

from blog.search.question import LENGTH, TERMS, ask, cleaned


def test_words_phrases_and_what_is_left_out() -> None:
    question = ask('red "quick brown fox" -slow -"old dog" co-op')
    assert [term.words for term in question.terms] == [("red",), ("quick", "brown", "fox"), ("co", "op")]
    assert [term.words for term in question.without] == [("slow",), ("old", "dog")]


def test_quotes_of_every_kind_and_an_open_one() -> None:
    for text in ("“quick fox”", "«quick fox»", "„quick fox“", '"quick fox'):
        assert [term.words for term in ask(text).terms] == [("quick", "fox")], text


def test_a_minus_alone_and_one_within_words_leaves_nothing_out() -> None:
    assert ask("- -- a-b").without == ()


def test_a_question_with_other_words_is_written_as_it_was_asked() -> None:
    question = ask('"red fox" jumsp -slow')
    other = ask("jumps").terms
    assert question.asking((question.terms[0], *other)).text == '"red fox" jumps -slow'


def test_signs_that_steer_are_not_shown_again() -> None:
    assert cleaned("a\u202eb\x00c\x1b[31m\u2066d\n e\u200fx") == "ab c [31md ex"


def test_ten_thousand_signs_and_thousands_of_words_have_bounds() -> None:
    for text in (
        "word " * 5_000,
        " ".join(map(str, range(5_000))),
        "-x" * 5_000,
        '"a ' * 5_000,
        "\ufdfa" * 10_000,
    ):
        question = ask(text)
        assert len(question.text) <= LENGTH
        assert len(question.terms) <= TERMS
        assert len(question.without) <= TERMS
