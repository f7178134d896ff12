"""states: an entry as JSON and back, so that it can be cleaned anew and be the base of a merge without its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from importer.entry import Enclosure, Entry, Person

MOMENTS = ("published", "updated")


def state_of(entry: Entry) -> dict[str, Any]:
    state = asdict(entry)
    for name in MOMENTS:
        state[name] = state[name].isoformat() if state[name] else None
    return state


def entry_from(state: Mapping[str, Any]) -> Entry:
    """The entry that `state_of` kept; fields that are not known here are left out."""
    known = {field.name for field in fields(Entry)}
    given = {name: value for name, value in state.items() if name in known}
    for name in MOMENTS:
        given[name] = datetime.fromisoformat(given[name]) if given.get(name) else None
    given["authors"] = tuple(Person(**person) for person in given.get("authors", ()))
    given["enclosures"] = tuple(Enclosure(**enclosure) for enclosure in given.get("enclosures", ()))
    given["tags"] = tuple(given.get("tags", ()))
    given["warnings"] = tuple(given.get("warnings", ()))
    return Entry(**given)
