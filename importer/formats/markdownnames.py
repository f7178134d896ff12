"""markdownnames: what a file's place and name in a folder of Markdown say: is it a post, when, in which language, under which slug."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from importer.documents.bundles import MARKDOWN, is_paper, suffix

DATED = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})(?:[-_ .T]+(.*))?$", re.DOTALL)
LANGUAGE = re.compile(
    r"(.+)\.((?:ar|be|bg|ca|cs|da|de|el|en|es|et|fa|fi|fr|he|hi|hr|hu|hy|id|it|ja|ka|kk|ko|lt|lv|nb|nl|no|pl|pt|ro|ru|sk|sl|sr|sv|th|tr|uk|vi|zh)(?:-[A-Za-z]{2,4})?)$"
)
MARKUP = frozenset({".html", ".htm"})  # of Jekyll's posts
# Folders that hold what makes a site, not what stands on it.
WORKSHOP = frozenset(
    {
        "archetypes",
        "layouts",
        "themes",
        "_layouts",
        "_includes",
        "_sass",
        "_data",
        "_plugins",
        "vendor",
        "resources",
    }
)
FRONT = frozenset({"index", "404", "500", "search", "sitemap", "feed", "robots"})  # at the site's root
# What a site's root is called inside the folder.
CONTENT = re.compile(r"(?:src/)?(?:content/|_posts/|_drafts/)?")


@dataclass(frozen=True, slots=True)
class Named:
    """What the name `posts/2024-05-01-on-tides.md` says."""

    name: str
    stem: str  # "on-tides"; of a page bundle `on-tides/index.md` the folder's
    date: str = ""
    language: str = ""
    draft: bool = False

    @property
    def folder(self) -> str:
        """Where it stands on the site: the folders below the content, those of Jekyll's own apart."""
        inside = CONTENT.sub("", posixpath.dirname(self.name) + "/", count=1).strip("/")
        parts = [part for part in inside.split("/") if part not in ("_posts", "_drafts", "")]
        return "/".join(parts[:-1] if self.is_bundle else parts)

    @property
    def is_bundle(self) -> bool:
        """Whether it is the text of a folder of its own, beside its pictures."""
        return posixpath.basename(self.name).split(".")[0] == "index"

    @property
    def folder_of_its_own(self) -> bool:
        """Whether its folder is more than the content as a whole: `content/index.md` is the site's front page."""
        return bool(CONTENT.sub("", posixpath.dirname(self.name) + "/", count=1).strip("/"))

    @property
    def in_posts(self) -> bool:
        return not {"_posts", "_drafts"}.isdisjoint(self.name.split("/")[:-1])

    @property
    def spoken(self) -> str:
        """The name as a title: hyphens are spaces, unless it has spaces already."""
        words = self.stem if " " in self.stem else re.sub(r"[-_]+", " ", self.stem).strip()
        return words[:1].upper() + words[1:]


def read_name(name: str) -> Named:
    folders, last = posixpath.split(name)
    stem = posixpath.splitext(last)[0]
    language = ""
    if found := LANGUAGE.fullmatch(stem):
        stem, language = found[1], found[2]
    if stem == "index" and folders:
        stem = posixpath.basename(folders)
    dated = DATED.fullmatch(stem)
    return Named(
        name=name,
        stem=(dated[2] or stem if dated else stem).strip(),
        date=dated[1] if dated else "",
        language=language,
        draft="_drafts" in folders.split("/"),
    )


def is_text(name: str) -> bool:
    """Whether a file can be a post at all."""
    if not WORKSHOP.isdisjoint(name.split("/")[:-1]):
        return False
    return suffix(name) in MARKDOWN or (suffix(name) in MARKUP and read_name(name).in_posts)


def is_post(name: str, *, has_matter: bool) -> bool:
    """Whether a text is one: lists' own pages, the site's front page and papers such as a README are not."""
    stem, named = posixpath.basename(name).split(".")[0].lower(), read_name(name)
    at_root = not (named.folder_of_its_own or named.in_posts)
    if stem == "_index" or (at_root and stem in FRONT):
        return False
    return has_matter or not is_paper(name)
