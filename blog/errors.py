"""errors: why a change to a post was not made; each message is a sentence for the person at the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blog.content import Content


class PublishingProblem(Exception):
    """Base: `str(problem)` says what was not done, why, and what to do."""


class NotAllowed(PublishingProblem):
    """The user may not do this to this post."""


class PostGone(PublishingProblem):
    """The post is not there any more."""


class NotPossible(PublishingProblem):
    """The post is in no state for this: publishing an empty one, restoring what is not in the trash."""


class EditConflict(PublishingProblem):
    """Somebody saved in between and both changed the same.

    `fields` maps each such field to (what the form began from, what stands now, what the form wants); `merged` is all that
    does come together, with what the form wants where it does not.
    """

    def __init__(
        self, fields: Mapping[str, tuple[object, object, object]], *, revision: int, merged: Content
    ) -> None:
        self.fields = dict(fields)
        self.merged = merged
        self.revision = revision
        names = ", ".join(sorted(name.replace("_", " ") for name in self.fields))
        super().__init__(
            f"Someone saved this post since you opened it (revision {revision}), and both of you changed: {names}. "
            "Nothing was saved; compare the two texts and save again."
        )
