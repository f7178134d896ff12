"""test_seed_bodies: forty-five real posts keep their words, structure and links."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from blog.markup import render
from tests.blog.markup.looking import Seen

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
COUNTED = (
    "table",
    "pre",
    "tr",
    "li",
    "h2",
    "h3",
    "h4",
    "blockquote",
    "img",
    "iframe",
    "code",
    "strong",
    "em",
)

pytestmark = [
    pytest.mark.seeds,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared seed documents are not beside the project"),
]


def bodies(seed: str) -> list[str]:
    (path,) = SEEDS.glob(f"{seed}_*.txt")
    items = ET.fromstring(path.read_text(encoding="utf-8")).iter("item")
    return [(item.findtext(CONTENT) or "").strip() for item in items]


@pytest.mark.parametrize(("seed", "count"), [("000", 30), ("004", 15)])
def test_every_word_and_every_structure_is_kept(seed: str, count: int) -> None:
    all_bodies = bodies(seed)
    assert len(all_bodies) == count
    for body in all_bodies:
        source, feed = Seen(body), Seen(render(body, "html").feed_html)
        assert feed.words() == source.words()
        for tag in COUNTED:
            assert feed.tags[tag] >= source.tags[tag], tag


@pytest.mark.parametrize(("seed", "landing"), [("000", 0), ("004", 156)])
def test_in_page_links_land(seed: str, landing: int) -> None:
    rendered = [render(body, "html") for body in bodies(seed)]
    assert sum(Seen(body).landing() for body in bodies(seed)) == landing
    assert sum(Seen(one.html).landing() for one in rendered) >= landing
    assert sum(Seen(one.feed_html).landing() for one in rendered) >= landing


def test_two_players_stay_in_feeds_and_none_on_pages() -> None:
    rendered = [render(body, "html") for body in bodies("004")]
    assert sum(one.embeds for one in rendered) == 2
    assert sum(Seen(one.feed_html).tags["iframe"] for one in rendered) == 2
    assert sum(Seen(one.html).tags["iframe"] for one in rendered) == 0


def test_summaries_are_prose() -> None:
    for body in bodies("000") + bodies("004"):
        excerpt = render(body, "html").excerpt
        assert len(excerpt.split()) >= 5
        assert not excerpt.startswith("import ")


def test_rendering_the_feeds_html_again_changes_nothing() -> None:
    for body in bodies("000") + bodies("004"):
        once = render(body, "html")
        again = render(once.feed_html, "html")
        assert (again.html, again.feed_html) == (once.html, once.feed_html)


def test_levels_on_pages_leave_no_gap() -> None:
    for body in bodies("000") + bodies("004"):
        before = 1
        for heading in render(body, "html").outline:
            assert 2 <= heading.level <= before + 1
            before = heading.level
