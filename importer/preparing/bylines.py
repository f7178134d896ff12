"""bylines: a name that holds several people becomes their names; anything that may be one name stays whole."""

from __future__ import annotations

import re

from importer.entry import Person

BETWEEN = re.compile(r"\s*[;|]\s*|\s+[/•·]\s+|\n")
COMMA = re.compile(r"\s*,\s*")
AND = re.compile(r"\s+(?:and|und|et|и|та|і|&|with|feat\.?|при участии)\s+", re.IGNORECASE)
BY = re.compile(r"(?:by|von|par|автор[ы]?:)\s+(?=\S)", re.IGNORECASE)
# What follows a name after a comma and belongs to it.
SUFFIX = re.compile(
    r"(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d|m\.?a|m\.?sc|b\.?sc|mba|esq|dr|prof|inc|llc|ltd|gmbh|corp|co)\.?",
    re.IGNORECASE,
)
LONGEST_NAME = 5  # words
# "Name <mail>", "Name (mail)" and "mail (Name)".
MAIL = r"(?:mailto:)?([^\s()<>@,;]+@[^\s()<>@,;]+)"
NAMED = re.compile(rf"([^<>()]*[^<>()\s])\s*[<(]{MAIL}[>)]")
MAILED = re.compile(rf"{MAIL}\s*\(([^()]+)\)")


def people(persons: tuple[Person, ...]) -> tuple[Person, ...]:
    """Every person once, in order, names that hold several people split; an e-mail belongs to one person only."""
    found: dict[str, Person] = {}
    for person in persons:
        names = names_in(person.name)
        for written in names:
            alone = person if len(names) == 1 else Person(written)
            name, email = parted(written)
            found.setdefault(name.casefold(), Person(name, email or alone.email, alone.url))
    return tuple(found.values())


def parted(text: str) -> tuple[str, str]:
    """The name and the e-mail of one person; readers are never shown the latter."""
    if named := NAMED.fullmatch(text):
        return named[1].strip(), named[2].casefold()
    if mailed := MAILED.fullmatch(text):
        return mailed[2].strip(), mailed[1].casefold()
    return text, ""


def names_in(text: str) -> list[str]:
    """The people of one byline: "A B, C D and E F" are three; "Smith, John", "Anna and Sons" and "B B, Jr." are one."""
    text = BY.sub("", text.strip(), count=1) if BY.match(text.strip()) else text
    parts = [part for piece in BETWEEN.split(text) if (part := " ".join(piece.split()))]
    return [name for part in parts for name in by_words(part)]


def by_words(text: str) -> list[str]:
    """One stretch without hard marks, split at commas and at "and" if every piece can be a person."""
    names: list[str] = []
    for piece in (
        name for part in COMMA.split(text) for name in AND.split(re.sub(r"^(?:and|и)\s+", "", part))
    ):
        if names and SUFFIX.fullmatch(piece):
            names[-1] += f", {piece}"
        elif piece:
            names.append(piece)
    return names if len(names) > 1 and all(map(can_be_a_person, names)) else [text]


def can_be_a_person(name: str) -> bool:
    """First and last name, or an initial and a last name; a single word may be half of "Last, First"."""
    bare, email = parted(name)
    if email:
        return True
    words = bare.partition(",")[0].split()
    return 2 <= len(words) <= LONGEST_NAME and words[0][0].isupper()
