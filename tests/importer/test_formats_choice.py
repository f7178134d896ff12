"""test_formats_choice: the right format is chosen for a document, or the operator's word is taken."""

from __future__ import annotations

import pytest

from importer.errors import UsageProblem
from importer.formats import FORMATS, NAMES, choose
from tests.importer.readings import document


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("<rss/>", "feed"),
        ('\ufeff\n<?xml version="1.0"?>\n<feed/>', "feed"),
        ("<!DOCTYPE html><html>", "feed"),
        ('Notice: x\n<?xml version="1.0"?><rss/>', "feed"),
        ('{"version": "https://jsonfeed.org/version/1"}', "jsonfeed"),
        ("[]", "jsonfeed"),
        ('{"items": [{"content_text": "A feed begins with <?xml version=\'1.0\'?>"}]}', "jsonfeed"),
        ('[20-Nov-2026] PHP Notice: x\n<?xml version="1.0"?><rss/>', "feed"),
        ("Blog\nFirst title\nFirst text.\n", "text"),
    ],
)
def test_by_what_it_looks_like(source: str, name: str) -> None:
    assert choose(document(source)).name == name


SHOWN = '<?xml version="1.0"?><rss version="2.0"><channel><item><title>A</title></item></channel></rss>'
PROSE = "A text about feeds that has some words.\n" * 5


@pytest.mark.parametrize(
    "body",
    [
        f"Every feed looks so: {SHOWN} and that is all.",
        f"```\n{SHOWN}\n```",
        f"It begins with `{SHOWN}`",
        'It begins with <rss version="2.0"> and a channel, and no reader minds the rest of it.',
    ],
)
def test_a_text_that_shows_a_feed_is_none(body: str) -> None:
    assert choose(document(f"First title\n{body}\nSecond title\n{PROSE}")).name == "text"


@pytest.mark.parametrize(
    "feed",
    [
        SHOWN,
        f"{SHOWN}\n<!-- kept for an hour -->",
        SHOWN.partition("</item>")[0],
        SHOWN.replace("A</title>", f"{'A ' * 400}</title>") + "\nWarning: disk full",
    ],
)
def test_a_feed_behind_what_a_server_printed_is_one(feed: str) -> None:
    assert choose(document(f"PHP Warning: disk full in /x.php on line 3\n{feed}")).name == "feed"


@pytest.mark.parametrize("name", NAMES)
def test_by_its_name(name: str) -> None:
    assert choose(document("<rss/>"), name).name == name


def test_text_is_tried_last() -> None:
    assert [one.name for one in FORMATS][-1] == "text"


def test_an_unknown_name() -> None:
    known = ", ".join(NAMES)
    with pytest.raises(UsageProblem) as caught:
        choose(document("x"), "docx")
    assert str(caught.value) == f"“docx” is no format known here; choose one of: auto, {known}."
