"""test_expectations: a document's sentence about its own reading is parsed, never run."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.corpora.expectations import Expectation, headers, read, stated
from tests.corpora.rules import RULES, Case, same

MOMENT = datetime(2003, 12, 31, 10, 14, 55, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sentence", "index", "name", "wanted"),
    [
        ("not bozo and entries[0]['title'] == u'A'", 0, "title", "A"),
        ("entries[1].title_detail.value == 'A'", 1, "title", "A"),
        ("feed.link == 'http://a.example/'", None, "link", "http://a.example/"),
        ("entries[0]['guid'] == 'x'", 0, "id", "x"),
        ("entries[0]['content'][0]['value'] == 'x'", 0, "content", "x"),
        ("entries[0]['updated'] == '2003-12-31T05:14:55-05:00'", 0, "updated", MOMENT),
        ("entries[0]['published'] == 'Wed, 31 Dec 2003 10:14:55 GMT'", 0, "published", MOMENT),
        ("entries[0]['created_parsed'] == (2003, 12, 31, 10, 14, 55, 2, 365, 0)", 0, "created", MOMENT),
    ],
)
def test_a_comparison_of_a_known_field_is_read(sentence: str, index: int, name: str, wanted: object) -> None:
    (found,) = read(sentence)
    assert (found.index, found.name, found.wanted) == (index, name, wanted)


@pytest.mark.parametrize(
    "sentence",
    [
        "bozo",
        "entries[0]['title'] != 'A'",
        "entries[0]['title'] == open('/etc/passwd').read()",
        "entries[0]['title'] == __import__('os').name",
        "entries[__import__('os')]['title'] == 'A'",
        "len(entries) == 1",
        "entries[0]['title'] == 'A' or entries[0]['title'] == 'B'",
        "not a sentence of Python",
    ],
)
def test_everything_else_is_left_alone(sentence: str) -> None:
    assert list(read(sentence)) == []


def test_the_first_comment_that_expects_something_counts() -> None:
    text = "<!-- A word --><!--\nHeader: Content-type: text/xml\nExpect:  feed['id'] == 'x'\n--><feed/>"
    assert stated(text) == [Expectation(None, "id", "x", ("feed", "id"))]
    assert headers(text.removeprefix("<!-- A word -->")) == {"content-type": "text/xml"}


@pytest.mark.parametrize(
    ("name", "wanted", "got", "rule"),
    [
        ("title", "A <b>bold</b> &amp; move", "A bold & move", "title is text"),
        ("summary", "One two", "<p>One two</p>", "text in paragraphs"),
        ("content", "<b>x</b><br />", "<b>x</b><br>", "same markup"),
        ("id", "http://127.0.0.1:8097/a", "/a", "id as written"),
    ],
)
def test_a_rule_explains_what_it_is_for_and_no_other_text(
    name: str, wanted: str, got: str, rule: str
) -> None:
    base = "http://127.0.0.1:8097/"
    case = Case(Expectation(0, name, wanted, ("entries", 0, name)), got, base=base)
    assert not same(case)
    assert [one for one in RULES if RULES[one].explains(case)] == [rule]
    other = Case(case.expected, f"{got} and more", base=base)
    assert [one for one in RULES if RULES[one].explains(other)] == []
