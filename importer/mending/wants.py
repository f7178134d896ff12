"""wants: one thing that wants mending, and what mending it gains; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["picture", "author", "alt", "undated", "series", "tags", "loss"]
# How plainly readers meet it: the first of the rule's three factors.
PLAINLY: Mapping[Kind, int] = {
    "picture": 6,
    "author": 5,
    "alt": 4,
    "undated": 3,
    "series": 3,
    "tags": 2,
    "loss": 1,
}
HOME = 10  # posts that stand on the home page
ON_HOME, PUBLIC, UNSEEN = 3.0, 1.0, 0.25  # how visible a post is


@dataclass(frozen=True, slots=True)
class Seen:
    """A post that something is to be mended in."""

    pk: int
    title: str
    kind: str  # "post" or "page"
    place: float  # how visible it is


@dataclass(frozen=True, slots=True)
class Want:
    """One row of the list. `subject` names it within its kind, from one look to the next."""

    kind: Kind
    subject: str
    name: str  # in words, as a dismissal keeps it
    posts: tuple[Seen, ...]
    about: Mapping[str, Any] = field(default_factory=dict)  # what its kind's page and verb need

    @property
    def gain(self) -> float:
        return PLAINLY[self.kind] * sum(post.place for post in self.posts)

    @property
    def shown(self) -> tuple[Seen, ...]:
        return self.posts[:3]

    @property
    def more(self) -> int:
        return len(self.posts) - len(self.shown)

    @property
    def row(self) -> str:
        """What its row is called in the page."""
        return f"row-{self.kind}-{self.subject}"


def ordered(wants: Iterable[Want]) -> list[Want]:
    """What gains most first; the same order every time."""
    return sorted(wants, key=lambda want: (-want.gain, -PLAINLY[want.kind], want.subject))
