"""mapping: a source's table of names, applied to a cleaned entry before its authors and tags are made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from accounts.authors import name_key
from blog.content import Prepared
from blog.models.tag import tag_key
from blog.tagging import distinct
from importer.entry import Person
from importer.models import AuthorMapping, Source, TagMapping
from importer.preparing.cleaning import Cleaned, Context

Action = AuthorMapping.Action
Rule = tuple[str, int | None]  # what becomes of a name; the author, for "map"


@dataclass(frozen=True, slots=True)
class Known(Person):
    """A name whose author is known already, whatever other imports make of its spelling."""

    author: int = 0


@dataclass(frozen=True, slots=True)
class Named(Cleaned):
    """An entry after the table, with what stood there before: from that alone it can be mapped again."""

    written: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Names:
    """What becomes of names, by `name_key`, and of tags, by `tag_key`; what is not in it stays as it comes."""

    people: Mapping[str, Rule] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)  # "": left out
    default: int | None = None  # the source's own author

    def applied(self, cleaned: Cleaned, nobody: Person) -> Cleaned:
        """The entry with the table's authors and tags. An export of ours comes back as it was."""
        if not cleaned.people:
            return cleaned
        people, left_out = self.people_for(cleaned.people, nobody)
        content = replace(cleaned.content, tags=self.tags_for(cleaned.content.tags))
        warnings = tuple(
            f"“{name}” was left out of the byline, as the source's table of names says." for name in left_out
        )
        stands: dict[str, Any] = {name: getattr(cleaned, name) for name in Cleaned.__dataclass_fields__}
        stands |= {
            "prepared": Prepared(content, cleaned.prepared.rendered),
            "people": people,
            "warnings": (*cleaned.warnings, *warnings),
        }
        return Named(**stands, written=written_down(cleaned, nobody))

    def people_for(
        self, people: Sequence[Person], nobody: Person
    ) -> tuple[tuple[Person, ...], tuple[str, ...]]:
        """Whom these names mean, and which were left out; a byline never ends empty."""
        found: list[Person] = []
        left_out: list[str] = []
        for person in people:
            action, author = self.people.get(name_key(person.name), (Action.CREATE, None))
            if action == Action.REJECT:
                left_out.append(person.name)
            elif action == Action.DEFAULT:
                found.append(self.own(nobody))
            elif action == Action.MAP and author is not None:
                found.append(Known(person.name, author=author))
            else:
                found.append(person)
        return tuple(found or [self.own(nobody)]), tuple(left_out)

    def own(self, nobody: Person) -> Person:
        return nobody if self.default is None else Known(nobody.name, author=self.default)

    def tags_for(self, tags: Sequence[str]) -> tuple[str, ...]:
        return distinct(self.tags.get(tag_key(tag), tag) for tag in tags)

    def concerns(self, written: Mapping[str, Any]) -> bool:
        """Whether the table says anything of what stood in an entry."""
        people = (name_key(name) for name, _ in written.get("people", ()))
        return any(key in self.people for key in people) or any(
            tag_key(tag) in self.tags for tag in written.get("tags", ())
        )


def written_down(cleaned: Cleaned, nobody: Person) -> dict[str, Any]:
    return {
        "people": [[person.name, person.email] for person in cleaned.people],
        "tags": list(cleaned.content.tags),
        "nobody": nobody.name,
    }


def fallback(context: Context) -> Person:
    """Whose name stands where nobody else's does."""
    return Person(context.options.author or context.nobody or "Unknown")


def names_of(source: Source) -> Names:
    """The table of a source; what is only proposed is not in it."""
    return Names(dict(rules(source)), dict(renamed(source)), source.default_author_id)


def rules(source: Source) -> Iterator[tuple[str, Rule]]:
    rows = AuthorMapping.objects.filter(source=source, proposed=False)
    for key, action, author in rows.values_list("key", "action", "author_id"):
        yield key, (action, author)


def renamed(source: Source) -> Iterator[tuple[str, str]]:
    for row in TagMapping.objects.filter(source=source):
        yield (
            row.key,
            {TagMapping.Action.IGNORE: "", TagMapping.Action.MAP: row.to_name}.get(
                TagMapping.Action(row.action), row.name
            ),
        )
