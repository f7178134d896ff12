"""test_losses_corpora: what sources of others lose on their way in, to the last sentence."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from importer.documents.decoding import decode
from importer.entry import Entry, RawDocument
from importer.errors import EntryRejected, SourceUnusable
from importer.formats import choose
from importer.formats.base import Reading
from importer.options import Options
from importer.preparing.cleaning import Context, clean

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="the shared corpora are not here")
NOW = datetime(2026, 11, 20, tzinfo=UTC)


def told(path: Path) -> list[str]:
    """The losses of all entries of a file."""
    document = decode(RawDocument(str(path), path.read_bytes(), path=str(path)))
    parsed = choose(document).read(document, Reading(NOW))
    context = Context(parsed.about, Options())
    entries = [one for one in parsed.entries if isinstance(one, Entry)]
    return [sentence for entry in entries for sentence in losses_of(entry, context)]


def losses_of(entry: Entry, context: Context) -> tuple[str, ...]:
    try:
        return clean(entry, context).losses
    except EntryRejected:
        return ()


@pytest.mark.parametrize(
    ("name", "sentences"),
    [
        ("64-block-test-data.xml", []),
        (
            "theme-preview.xml",
            [
                "A form was taken apart: its text stays, its fields are gone.",
                *["The link “[top]” was left as text: nothing here is named “wrapper”."] * 6,
            ],
        ),
        (
            "themeunittestdata.wordpress.xml",
            ["The link “Fivehundredpx” was left as text: nothing here is named “3fgfhgfh”."] * 3,
        ),
    ],
)
def test_exports_of_wordpress_lose_a_form_and_links_into_nothing(name: str, sentences: list[str]) -> None:
    assert told(CORPORA / "wordpress" / name) == sentences


def test_of_feeds_made_to_be_refused_only_broken_markup_makes_less() -> None:
    missing: dict[str, list[str]] = {}
    for path in sorted(CORPORA.joinpath("feedparser/tests/wellformed/sanitize").glob("*.xml")):
        try:
            found = [sentence for sentence in told(path) if sentence.endswith(" missing.")]
        except SourceUnusable:
            continue
        if found:
            missing[path.name] = found
    assert missing == {
        "style_moz_background_clip_initial.xml": ["The only table row is missing."],  # it stands in no table
    }
