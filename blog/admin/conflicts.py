"""conflicts: the merge view: what two people made of one passage, beside what it was, with a choice for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from blog.admin.comparing import Piece, words
from blog.admin.showing import Difference, differences
from blog.content import TEXTS, Content
from blog.errors import EditConflict
from blog.forms import as_data
from blog.models import Post
from blog.passages import Agreed, Clash, Passage, is_whole, passages


@dataclass(frozen=True, slots=True)
class Choice:
    """One passage that both changed."""

    number: int
    of: int
    place: int  # among the field's passages
    base: str
    theirs: tuple[Piece, ...]
    mine: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """One field that both changed; texts come with their passages."""

    difference: Difference
    choices: list[Choice]
    whole: bool  # its text stands in a field of the form and can be chosen for it


def shown(post: Post, conflict: EditConflict, mine: Content) -> dict[str, Any]:
    """What the page says of a conflict, and what its script reads."""
    theirs: dict[str, Any] = {name: values[1] for name, values in conflict.fields.items()}
    standing = replace(Content.of(post), **theirs)  # theirs may be unpublished too
    found = {
        name: _passages(name, values) for name, values in conflict.fields.items() if name in (*TEXTS, "title")
    }
    return {
        "conflict": [
            Meeting(difference, _choices(found.get(difference.name, ())), difference.name in found)
            for difference in differences(standing, mine, conflict.fields)
        ],
        "conflict_passages": {name: _told(parts) for name, parts in found.items()},
        "conflict_revision": post.revisions.filter(number=conflict.revision).select_related("user").first(),
    }


def brought_together(data: QueryDict, merged: Content, mine: Content, revision: int) -> QueryDict:
    """The form's data with all that does come together, going on from the revision it was compared with."""
    data = data.copy()
    theirs = as_data(merged, mine)
    if any(name.startswith("byline_rows-") for name in theirs):
        for name in [name for name in data if name.startswith("byline_rows-")]:
            del data[name]
    for name, value in theirs.items():
        data[name] = value
    data["base"] = str(revision)
    return data


def _passages(name: str, values: tuple[object, object, object]) -> list[Passage]:
    base, theirs, mine = (str(value) for value in values)
    return passages(base, theirs, mine) if name in TEXTS else [Clash(base, theirs, mine)]


def _choices(found: Sequence[Passage]) -> list[Choice]:
    clashes = [(place, passage) for place, passage in enumerate(found) if isinstance(passage, Clash)]
    return [
        Choice(
            number,
            len(clashes),
            place,
            clash.base,
            words(clash.base, clash.theirs)[1],
            words(clash.base, clash.mine)[1],
        )
        for number, (place, clash) in enumerate(clashes, start=1)
    ]


def _told(found: Sequence[Passage]) -> list[dict[str, str]]:
    return [
        {"text": passage.text}
        if isinstance(passage, Agreed)
        else {
            "mine": passage.mine,
            "theirs": passage.theirs,
            "both": passage.both(whole=is_whole(found, place)),
        }
        for place, passage in enumerate(found)
    ]
