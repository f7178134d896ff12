"""markdownpeople: who wrote a Markdown file and what it is about, in the many ways that front matter says it."""

from __future__ import annotations

from importer.addresses import absolute
from importer.entry import Person
from importer.formats.frontmatter import Matter, Value, inner, text, texts
from importer.formats.markdownnames import Named
from importer.formats.markdownsite import Site

# Eleventy's names of collections, which are tags of the program and not of the reader.
COLLECTIONS = frozenset({"post", "posts", "all", "page", "pages", "nav", "note", "notes"})


def authors_of(matter: Matter, site: Site) -> tuple[Person, ...]:
    """The authors in their order, short names of Jekyll's spelt out."""
    found: list[Person] = []
    for where in (matter, inner(matter, "params"), inner(matter, "extra"), inner(matter, "taxonomies")):
        for name in ("authors", "author", "byline"):
            value = where.get(name)
            found += [person_of(one, site) for one in (value if isinstance(value, list) else [value]) if one]
        if found:
            break
    return tuple({person.name: person for person in found if person.name}.values())


def person_of(value: Value | None, site: Site) -> Person:
    if isinstance(value, str):
        name = " ".join(value.split())
        if name in site.people:
            return person_of({"name": name, "display_name": name} | site.people[name], site)
        return Person(name)
    if not isinstance(value, dict):
        return Person("")
    return Person(
        text(value, "name", "display_name", "title"),
        text(value, "email"),
        absolute(text(value, "url", "link", "website", "uri", "web")),
    )


def tags_of(matter: Matter, named: Named, site: Site) -> tuple[str, ...]:
    """Tags and categories together, each once, as they are spelt; Jekyll's folders above `_posts` are categories too."""
    found: list[str] = []
    for where in (matter, inner(matter, "taxonomies")):
        for name in ("tags", "tag", "categories", "category", "topics"):
            found += parted(where.get(name), name, site)
    if site.kind == "jekyll" and named.in_posts:
        found += named.folder.split("/")
    if site.kind == "eleventy":
        found = [tag for tag in found if tag.casefold() not in COLLECTIONS]
    return tuple(
        {tag.casefold(): tag for tag in reversed([tag.lstrip("#").strip() for tag in found]) if tag}.values()
    )[::-1]


def parted(value: Value | None, name: str, site: Site) -> list[str]:
    """A list as it stands; a text by its commas, or in Jekyll by its spaces, except that one category is one."""
    if not isinstance(value, str):
        return texts({name: value}, name) if value is not None else []
    if "," in value:
        return [" ".join(part.split()) for part in value.split(",")]
    if site.kind == "jekyll" and name in ("tags", "categories"):
        return value.split()
    return texts({name: value}, name)
