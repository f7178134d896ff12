"""states: an entry as JSON and back, so that it can be cleaned anew and be the base of a merge without its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from importer.entry import Comment, Enclosure, Entry, Own, Person
from importer.identity import plain

MOMENTS = ("published", "updated")


def state_of(entry: Entry) -> dict[str, Any]:
    state = {field.name: plain(getattr(entry, field.name)) for field in fields(Entry)}
    for moment in (state, *state["comments"]):
        for name in MOMENTS:
            if name in moment:
                moment[name] = moment[name].isoformat() if moment[name] else None
    return state


def comment_from(state: Mapping[str, Any]) -> Comment:
    published = state.get("published")
    return Comment(**{**state, "published": datetime.fromisoformat(published) if published else None})


def entry_from(state: Mapping[str, Any]) -> Entry:
    """The entry that `state_of` kept; fields that are not known here are left out."""
    known = {field.name for field in fields(Entry)}
    given = {name: value for name, value in state.items() if name in known}
    for name in MOMENTS:
        given[name] = datetime.fromisoformat(given[name]) if given.get(name) else None
    given["authors"] = tuple(Person(**person) for person in given.get("authors", ()))
    given["enclosures"] = tuple(Enclosure(**enclosure) for enclosure in given.get("enclosures", ()))
    given["comments"] = tuple(comment_from(comment) for comment in given.get("comments", ()))
    given["tags"] = tuple(given.get("tags", ()))
    given["also_at"] = tuple(given.get("also_at", ()))
    given["warnings"] = tuple(given.get("warnings", ()))
    if own := given.get("own"):
        known = {field.name for field in fields(Own)}
        given["own"] = Own(**{name: value for name, value in own.items() if name in known})
        bylines = tuple((author, part) for author, part in own.get("bylines", ()))
        given["own"] = replace(given["own"], bylines=bylines)
    return Entry(**given)
