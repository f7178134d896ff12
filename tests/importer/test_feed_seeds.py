"""test_feed_seeds: the two real feeds give every post with its people, tags, date, cover and text, word for word."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from importer.entry import Entry, Person
from importer.identity import Named, aliases, digest, rule_for
from tests.importer.readings import parsed

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
MEDIA = "{http://search.yahoo.com/mrss/}content"

pytestmark = pytest.mark.seeds


def seed(start: str) -> bytes:
    found = sorted(SEEDS.glob(f"{start}*.txt")) if SEEDS.is_dir() else []
    if not found:
        pytest.skip("the shared seed documents are not here")
    return found[0].read_bytes()


@pytest.mark.parametrize(("start", "count"), [("000", 30), ("004", 15)])
def test_every_item_is_read_as_it_stands(start: str, count: int) -> None:
    data = seed(start)
    items = list(ET.fromstring(data).iter("item"))
    found = [one for one in parsed(data).entries if isinstance(one, Entry)]
    assert len(items) == len(found) == count
    for item, one in zip(items, found, strict=True):
        cover = item.find(MEDIA)
        assert one.title == " ".join((item.findtext("title") or "").split())
        assert one.body == (item.findtext(CONTENT) or "").strip()
        assert [person.name for person in one.authors] == [
            (tag.text or "").strip() for tag in item.findall(CREATOR)
        ]
        assert list(one.tags) == [(tag.text or "").strip() for tag in item.findall("category")]
        assert one.published == parsedate_to_datetime((item.findtext("pubDate") or "").strip())
        assert one.cover == ("" if cover is None else cover.get("url"))
        assert (one.guid, one.warnings) == ((item.findtext("guid") or "").strip(), ())


def test_who_stands_behind_items_without_an_author() -> None:
    assert parsed(seed("000")).about.authors == (Person("Shubham Rasal"),)


def test_thirty_items_with_one_guid_and_one_link_are_told_apart() -> None:
    found = [one for one in parsed(seed("000")).entries if isinstance(one, Entry)]
    rule = rule_for([Named(digest(one), aliases(one)) for one in found])
    keys = {rule.good(aliases(one))[0].key for one in found}
    assert (len(keys), {kind for kind, _ in keys}) == (30, {"title-date"})
