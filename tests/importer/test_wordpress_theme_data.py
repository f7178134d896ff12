"""test_wordpress_theme_data: the exports that themes are tested with give everything back; the docs show the same figures."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import etree
from lxml import html as lxml_html

from importer.entry import Entry, Parsed
from importer.formats.wplook import looked_over
from tests.importer.readings import document, parsed

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpora" / "wordpress"
THEME = CORPUS / "themeunittestdata.wordpress.xml"
DOCS = ROOT / "docs" / "importing-wordpress.md"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared WordPress exports are not here")

Asked = dict[str, str]
MARKUP = re.compile(r"<!--.*?-->|<[^>]*>|\[/?(?:caption|gallery|audio|embed)[^\]]*\]", re.DOTALL)


@cache
def items(path: Path) -> list[etree._Element]:
    return list(etree.parse(str(path)).getroot().iter("item"))


def text(item: etree._Element, name: str) -> str:
    """A field by its name without the prefix; the body is "content", the excerpt "excerpt"."""
    for child in item:
        tag = etree.QName(child)
        if name in ("content", "excerpt"):
            if tag.localname == "encoded" and name in (tag.namespace or ""):
                return child.text or ""
        elif tag.localname == name:
            return (child.text or "").strip()
    return ""


def asked(path: Path) -> list[etree._Element]:
    return [item for item in items(path) if text(item, "post_type") in ("post", "page")]


@cache
def read(path: Path) -> Parsed:
    return parsed(path.read_bytes())


def came(path: Path) -> list[Entry]:
    entries = list(read(path).entries)
    assert all(isinstance(one, Entry) for one in entries)
    return [one for one in entries if isinstance(one, Entry)]


def pairs(path: Path) -> Iterator[tuple[etree._Element, Entry]]:
    return zip(asked(path), came(path), strict=True)


def matching(fits: Callable[[etree._Element, Entry], bool]) -> tuple[int, int]:
    found = [fits(item, entry) for item, entry in pairs(THEME)]
    return len(found), sum(found)


def terms(item: etree._Element) -> set[str]:
    """Names of categories and tags, without the category that stands for none."""
    return {
        html.unescape(node.text or "").casefold()
        for node in item.iter("category")
        if node.get("domain") in ("category", "post_tag") and node.get("nicename") != "uncategorized"
    }


def moment(item: etree._Element) -> str:
    stated = text(item, "post_date_gmt")
    return text(item, "post_date") if stated.startswith("0000") else stated


def as_written(found: datetime | None) -> str:
    return found.strftime("%Y-%m-%d %H:%M:%S") if found else ""


def lists(markup: str) -> list[int]:
    """How deep each list stands in others, in document order, as a browser sees it."""
    tree = lxml_html.fragment_fromstring(markup or "<p></p>", create_parent="div")
    return [sum(1 for above in node.iterancestors("ul", "ol")) for node in tree.iter("ul", "ol")]


def words(markup: str) -> list[str]:
    """The words that readers see; addresses become players and links, and inline marks part no word."""
    inline = re.sub(r"</?(?:em|b|sup|sub|i|strong|a|span|code)\b[^>]*>", "", markup)
    return re.findall(r"\w+", re.sub(r"https?://\S+", " ", html.unescape(MARKUP.sub(" ", inline))))


def approved(item: etree._Element) -> int:
    comments = [node for node in item if etree.QName(node).localname == "comment"]
    return sum(
        text(node, "comment_approved") == "1" and text(node, "comment_type") not in ("pingback", "trackback")
        for node in comments
    )


def thumbnails() -> tuple[int, int]:
    wanted = [item for item in asked(THEME) if "_thumbnail_id" in etree.tostring(item, encoding="unicode")]
    return len(wanted), sum(bool(entry.cover) for entry in came(THEME))


def attachments() -> tuple[int, int]:
    stored = {
        text(item, "post_id"): text(item, "attachment_url")
        for item in items(THEME)
        if text(item, "attachment_url")
    }
    known = looked_over(document(THEME.read_bytes())).attachments
    return len(stored), sum(known[number].url == address for number, address in stored.items())


def enclosures() -> tuple[int, int]:
    stored = sum(node.text == "enclosure" for item in asked(THEME) for node in item.iter("{*}meta_key"))
    return stored, sum(len(entry.enclosures) for entry in came(THEME))


def in_bodies(pattern: str) -> tuple[int, int]:
    expected = sum(len(re.findall(pattern, text(item, "content"))) for item in asked(THEME))
    return expected, sum(len(re.findall(pattern, entry.body)) for entry in came(THEME))


def galleries() -> tuple[int, int]:
    """Galleries that name no picture of their own show those that were uploaded to the post."""
    stored = sum(len(re.findall(r"\[gallery[^\]]*\]", text(item, "content"))) for item in asked(THEME))
    left = sum(len(re.findall(r"\[gallery[^\]]*\]", entry.body)) for entry in came(THEME))
    return stored, stored - left


ROWS: tuple[tuple[str, Callable[[], tuple[int, int]]], ...] = (
    (
        "Posts",
        lambda: (
            sum(text(item, "post_type") == "post" for item in asked(THEME)),
            sum(one.kind == "post" for one in came(THEME)),
        ),
    ),
    (
        "Pages",
        lambda: (
            sum(text(item, "post_type") == "page" for item in asked(THEME)),
            sum(one.kind == "page" for one in came(THEME)),
        ),
    ),
    (
        "Titles",
        lambda: matching(lambda item, entry: words(html.unescape(text(item, "title"))) == words(entry.title)),
    ),
    (
        "Authors, by name",
        lambda: matching(
            lambda item, entry: (
                [one.name for one in entry.authors]
                == [
                    {"themedemos": "Theme Buster", "themereviewteam": "Theme Reviewer"}[
                        text(item, "creator").lstrip(">")
                    ]
                ]
            )
        ),
    ),
    (
        "Dates, to the second",
        lambda: matching(lambda item, entry: as_written(entry.published) == moment(item)),
    ),
    (
        "Categories and tags, of each post",
        lambda: matching(lambda item, entry: {tag.casefold() for tag in entry.tags} == terms(item)),
    ),
    (
        "Slugs",
        lambda: matching(lambda item, entry: entry.slug == unquote(text(item, "post_name"))),
    ),
    ("Addresses", lambda: matching(lambda item, entry: entry.link == text(item, "link"))),
    ("Words of the bodies, in order", lambda: matching(lambda item, entry: covers(entry, item))),
    (
        "Lists with their nesting, of each post",
        lambda: matching(lambda item, entry: lists(text(item, "content")) == lists(entry.body)),
    ),
    ("Headings", lambda: in_bodies(r"<h[1-6]\b")),
    ("List items and links to social networks", lambda: in_bodies(r"<li\b|<!-- wp:social-link ")),
    ("Tables", lambda: in_bodies(r"<table\b")),
    ("Quotes", lambda: in_bodies(r"<blockquote\b")),
    ("Files of the media library, found by their number", attachments),
    ("Covers from the media library", thumbnails),
    ("Sounds and films attached to posts", enclosures),
    ("Galleries", galleries),
    (
        "Approved comments",
        lambda: (sum(map(approved, asked(THEME))), sum(len(one.comments) for one in came(THEME))),
    ),
)


def covers(entry: Entry, item: etree._Element) -> bool:
    """Whether all words of the stored body are there in their order; what galleries and players add may stand between."""
    written = iter(words(entry.body))
    return all(word in written for word in words(text(item, "content")))


@pytest.mark.parametrize(("name", "measure"), ROWS, ids=[name for name, _ in ROWS])
def test_the_docs_say_what_is_measured(name: str, measure: Callable[[], tuple[int, int]]) -> None:
    wanted, found = measure()
    assert f"| {name} | {wanted} | {found} |" in DOCS.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["64-block-test-data.xml", "theme-preview.xml"])
def test_the_other_exports(name: str) -> None:
    for item, entry in pairs(CORPUS / name):
        assert covers(entry, item), entry.title
        assert lists(text(item, "content")) == lists(entry.body) or entry.title == "Footnotes", entry.title
    assert not any("wp:" in entry.body for entry in came(CORPUS / name))


def test_states() -> None:
    by_title = {entry.title: entry for entry in came(THEME)}
    drafts = {title for title, entry in by_title.items() if entry.status == "draft"}
    assert drafts == {'Template: Password Protected (the password is "enter")', "Draft"}
    assert as_written(by_title["Scheduled"].published) == "2030-01-01 19:00:18"


def test_no_markup_of_wordpress_is_left() -> None:
    for entry in came(THEME):
        assert not re.search(r"<!-- /?wp:|\[/?caption|\[gallery", entry.body), entry.title


if __name__ == "__main__":
    for name, measure in ROWS:
        print("| {} | {} | {} |".format(name, *measure()))
