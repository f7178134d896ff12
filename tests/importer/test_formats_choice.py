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
