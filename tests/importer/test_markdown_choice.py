"""test_markdown_choice: one Markdown file is told from a text with many posts, and read where the operator says so."""

from __future__ import annotations

import pytest

from importer.formats import choose
from tests.importer.markdowns import one
from tests.importer.readings import document

DUMP = (
    "---\nTitle: One\nDate: 2024-05-01\n---\nText one.\n---\nTitle: Two\nDate: 2024-05-02\n---\nText two.\n"
)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("---\ntitle: On tides\n---\nBody.\n", "markdown"),
        ('+++\ntitle = "On tides"\n+++\nBody.\n', "markdown"),
        (DUMP, "text"),
        ("---\n\nFirst title\n\nFirst text.\n", "text"),
        ("# Title\n\nText.\n", "text"),
    ],
)
def test_by_what_it_looks_like(source: str, name: str) -> None:
    assert choose(document(source)).name == name


def test_a_file_without_front_matter_is_read_where_that_is_said() -> None:
    found = one("# Title\n\nText.\n", "2024-05-01-x.md")
    assert (found.title, found.body, found.guid) == ("Title", "Text.", "2024-05-01-x.md")
