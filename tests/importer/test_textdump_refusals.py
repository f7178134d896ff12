"""test_textdump_refusals: a text that holds no posts is refused with a sentence that says what it is or what is wrong."""

from __future__ import annotations

import pytest

from importer.errors import SourceUnusable
from importer.formats.textdump import TEXT_DUMP
from tests.importer.textdumps import ONE, TWO, document, read

REFUSED = [
    ("", "dump.txt is empty: there is nothing to import."),
    (" \n\n ", "dump.txt is empty: there is nothing to import."),
    ("\x00\x01\x02\x03 not text", "dump.txt is not text: it holds control characters."),
    ("<!DOCTYPE html><title>A page</title>", "dump.txt is a web page, not a text dump: give the address of the site's feed instead."),
    ("<rss><channel/></rss>", "dump.txt is XML or HTML, not a text dump"),
    ('{"version": "https://jsonfeed.org/version/1.1"}', "dump.txt is JSON, not a text dump"),
    ("[1, 2, 3]", "dump.txt is JSON, not a text dump"),
    ("name,age,town\nAnn,31,Bonn\nBo,40,Ulm\n", "dump.txt looks like a table (CSV)"),
    ("name;age\nAnn;31\nBo;40\n", "dump.txt looks like a table (CSV)"),
    (
        "2026-01-01 10:00:00 INFO started\n2026-01-01 10:00:01 WARN slow.\n2026-01-01 10:00:02 INFO stopped.\n",
        "dump.txt looks like a log file",
    ),
    (
        "import os\n\ndef main():\n    print(os.getcwd())\n\n\nif __name__ == '__main__':\n    main()\n",
        "dump.txt looks like the source code of a program",
    ),
    (f"First post\n{ONE}\nSecond post\n{TWO}\nThird post\n", "the number of lines is odd: line 5 has no counterpart"),
    (f"{ONE}\n{ONE}\n{TWO}\n{ONE}\n", "No posts can be told apart in dump.txt"),
    (f"{ONE}\n\n{ONE}\n\n{TWO}", "No posts can be told apart in dump.txt"),
    (f"An essay\n\n{ONE}\n\n{TWO}\n\n{ONE}\n", "No posts can be told apart in dump.txt"),
    (
        "It was late and the wind blew hard over the\nhills. We went on.\n\nIn the morning the sun stood over the\nfields. Birds sang.",
        "No posts can be told apart in dump.txt",
    ),
    (f"# A handbook\n\n{ONE}\n\n---\n\n## Part one\n\n{TWO}\n\n---\n\n## Part two\n\n{ONE}", "headings of different ranks"),
    ("One\ntwo\nthree\n", "No posts can be told apart in dump.txt"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), REFUSED)
def test_it_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(SourceUnusable) as problem:
        read(text)
    assert sentence in str(problem.value)
    assert "\n" not in str(problem.value)


def test_what_cannot_be_told_apart_is_told_what_can() -> None:
    with pytest.raises(
        SourceUnusable, match=r"A text dump has a title line and a body line in turn, or .*“Title:” header"
    ):
        read(ONE)


def test_lines_that_belong_to_no_post_are_refused_not_dropped() -> None:
    preface = "\n".join(f"A line of preface, number {n}, that nobody announced." for n in range(5))
    with pytest.raises(SourceUnusable, match="5 lines stand before the first “Title:”"):
        read(f"{preface}\n\nTitle: First\nDate: 2024-01-01\n\n{ONE}")


@pytest.mark.parametrize(
    ("text", "recognised"),
    [
        (f"First post\n{ONE}", True),
        ("[Draft] A post\nAnd its text.", True),
        ("<3 letters\nAnd their text.", True),
        ("<?xml version='1.0'?><rss/>", False),
        ("\ufeff <html>", False),
        ('{"items": []}', False),
        ("[]", False),
        ("\x00\x00", False),
        ("", False),
    ],
)
def test_only_what_is_no_markup_and_no_data_is_recognised(text: str, recognised: bool) -> None:
    assert TEXT_DUMP.recognises(document(text)) is recognised
