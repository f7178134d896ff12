"""markdownsite: what a folder of Markdown says as a whole: which generator made it a site, its address, its defaults."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from importer.addresses import absolute
from importer.documents.bundles import Members, Names, suffix
from importer.entry import Person
from importer.errors import EntryRejected
from importer.formats import frontmatter
from importer.formats.base import Reading
from importer.formats.frontmatter import Matter, inner, text

JEKYLL_CONFIG = ("_config.yml", "_config.yaml", "_config.toml")
HUGO_CONFIG = tuple(
    f"{folder}{stem}.{kind}"
    for folder in ("", "config/_default/")
    for stem in ("hugo", "config")
    for kind in ("toml", "yaml", "yml", "json")
)
PEOPLE = ("_data/authors.yml", "_data/authors.yaml", "_data/authors.json", "_data/authors.toml")
JEKYLL_STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "none": "/:categories/:title.html",
    "weekdate": "",  # needs the week of the year in a form of its own; its addresses are not known here
}
PART = re.compile(r":\w+")
Read = Callable[[str], str]  # a member's text


@dataclass(frozen=True, slots=True)
class Site:
    """What all files of a folder share. `kind` is "jekyll", "hugo", "eleventy" or "" for plain files."""

    kind: str = ""
    address: str = ""  # without a slash at its end; "" where nobody says it
    title: str = ""
    language: str = ""
    zone: str = "UTC"
    authors: tuple[Person, ...] = ()
    permalinks: Mapping[str, str] = field(default_factory=dict)  # by section; "" for all of Jekyll
    people: Mapping[str, Matter] = field(default_factory=dict)  # Jekyll's short names of authors
    defaults: tuple[tuple[str, Matter], ...] = ()  # folder, what its files say unless they say it themselves

    def inherited(self, name: str) -> Matter:
        """What a file says by where it lies, nearer folders first."""
        found: Matter = {}
        for folder, matter in self.defaults:
            if not folder or name == folder or name.startswith(f"{folder}/"):
                found |= matter
        return found


@dataclass(frozen=True, slots=True)
class Around:
    """What a file is read with."""

    site: Site
    reading: Reading
    names: Names = field(default_factory=Names)  # of the files; empty where there is only one


def site_of(members: Members, read: Read, reading: Reading) -> Site:
    names = frozenset(members.names)
    jekyll = next((name for name in JEKYLL_CONFIG if name in names), "")
    hugo = next((name for name in HUGO_CONFIG if name in names), "")
    config = data_of(jekyll or hugo, read)
    kind = kind_of(names, jekyll, hugo)
    return Site(
        kind=kind,
        address=address_of(config, reading),
        title=text(config, "title"),
        language=text(config, "languagecode", "defaultcontentlanguage", "default_language", "lang", "locale"),
        zone=zone_of(config, reading),
        authors=authors_of(config),
        permalinks=permalinks_of(config, kind),
        people=people_of(names, read),
        defaults=defaults_of(members, config, read),
    )


def kind_of(names: frozenset[str], jekyll: str, hugo: str) -> str:
    if jekyll or any(name.startswith(("_posts/", "_drafts/")) or "/_posts/" in name for name in names):
        return "jekyll"
    if any(posixpath.basename(name).startswith((".eleventy.", "eleventy.config.")) for name in names):
        return "eleventy"
    if hugo or any(name.startswith("content/") or posixpath.basename(name) == "_index.md" for name in names):
        return "hugo"
    return ""


def data_of(name: str, read: Read) -> Matter:
    """A file of settings; what cannot be read says nothing."""
    if not name:
        return {}
    try:
        return frontmatter.data(read(name), suffix(name))
    except EntryRejected:
        return {}


def address_of(config: Matter, reading: Reading) -> str:
    """Where the site stands: the operator's word, Hugo's `baseURL`, Jekyll's `url` and `baseurl`."""
    said = (
        text(config, "url") + text(config, "baseurl")
        if text(config, "url")
        else text(config, "baseurl", "base_url")
    )
    return absolute(reading.base_url or said).rstrip("/")


def zone_of(config: Matter, reading: Reading) -> str:
    zone = text(config, "timezone")
    try:
        return ZoneInfo(zone).key if zone else reading.default_zone
    except (OSError, ValueError, KeyError):  # no such zone is a KeyError
        return reading.default_zone


def authors_of(config: Matter) -> tuple[Person, ...]:
    for where in (config, inner(config, "params")):
        author = inner(where, "author")
        name = text(author, "name") or text(where, "author")
        if name:
            return (
                Person(name, text(author, "email") or text(where, "email"), absolute(text(author, "url"))),
            )
    return ()


def people_of(names: frozenset[str], read: Read) -> dict[str, Matter]:
    listed = data_of(next((name for name in PEOPLE if name in names), ""), read)
    return {key: value for key, value in listed.items() if isinstance(value, dict)}


# -- defaults ------------------------------------------------------------------------------------


def defaults_of(members: Members, config: Matter, read: Read) -> tuple[tuple[str, Matter], ...]:
    """From Jekyll's settings, Hugo's `cascade` and Eleventy's data files; a deeper folder's come later and win."""
    found = [*jekyll_defaults(config)]
    for name in members.names:
        folder, last = posixpath.split(name)
        if last in ("_index.md", "_index.markdown"):
            found += cascades(folder, name, read)
        elif folder and last in (
            f"{posixpath.basename(folder)}.json",
            f"{posixpath.basename(folder)}.11tydata.json",
        ):
            found.append((folder, data_of(name, read)))
    return tuple(sorted(found, key=lambda one: one[0].count("/") + bool(one[0])))


def jekyll_defaults(config: Matter) -> list[tuple[str, Matter]]:
    found = []
    listed = config.get("defaults")
    for one in listed if isinstance(listed, list) else []:
        if isinstance(one, dict):
            scope = inner(one, "scope")
            folder = text(scope, "path").strip("/")
            if not folder and text(scope, "type") in ("posts", "drafts"):
                folder = f"_{text(scope, 'type')}"
            if "*" not in folder and text(scope, "type") != "pages":
                found.append((folder, inner(one, "values")))
    return found


def cascades(folder: str, name: str, read: Read) -> list[tuple[str, Matter]]:
    try:
        matter = frontmatter.split(read(name)).matter
    except EntryRejected:
        return []
    value = matter.get("cascade")
    rows = value if isinstance(value, list) else [value]
    return [
        (
            folder,
            {key: one for key, one in row.items() if key not in ("_target", "target")} | inner(row, "params"),
        )
        for row in rows
        if isinstance(row, dict) and not ("_target" in row or "target" in row)
    ]


# -- addresses -----------------------------------------------------------------------------------


def permalinks_of(config: Matter, kind: str) -> dict[str, str]:
    if kind == "jekyll":
        style = text(config, "permalink") or "date"
        return {"": JEKYLL_STYLES.get(style, style)}
    listed = inner(config, "permalinks")
    pages = inner(listed, "page") or listed
    return {key: value for key, value in pages.items() if isinstance(value, str)}


def filled(pattern: str, parts: Mapping[str, str], moment: datetime | None, zone: str) -> str:
    """The path that a pattern such as `/:year/:slug/` gives; "" where a part of it is not known."""
    known = dict(parts)
    if moment is not None:
        local = moment.astimezone(ZoneInfo(zone))
        known |= {
            "year": f"{local:%Y}",
            "month": f"{local:%m}",
            "monthname": f"{local:%B}".lower(),
            "day": f"{local:%d}",
            "i_month": str(local.month),
            "i_day": str(local.day),
            "short_year": f"{local:%y}",
            "y_day": f"{local:%j}",
            "yearday": str(int(f"{local:%j}")),
        }
    names = {found[0][1:] for found in PART.finditer(pattern)}
    if not pattern or not names <= known.keys():
        return ""
    path = PART.sub(lambda found: known[found[0][1:]], pattern)
    return re.sub(r"/{2,}", "/", f"/{path.lstrip('/')}")
