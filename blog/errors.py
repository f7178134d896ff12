"""errors: why a change to a post was not made; each message is a sentence for the person at the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext_lazy

if TYPE_CHECKING:
    from blog.content import Content


# A post's fields, as a sentence names them
_FIELDS = (
    gettext_noop("title"),
    gettext_noop("summary"),
    gettext_noop("body"),
    gettext_noop("body format"),
    gettext_noop("slug"),
    gettext_noop("language"),
    gettext_noop("bylines"),
    gettext_noop("tags"),
    gettext_noop("series"),
    gettext_noop("series position"),
    gettext_noop("cover"),
    gettext_noop("cover url"),
    gettext_noop("cover alt"),
    gettext_noop("origin url"),
    gettext_noop("canonical url"),
    gettext_noop("seo title"),
    gettext_noop("seo description"),
    gettext_noop("noindex"),
)
# What somebody may not do to a post
_VERBS = {
    "submit": pgettext_lazy("may not", "submit"),
    "return": pgettext_lazy("may not", "return"),
    "approve": pgettext_lazy("may not", "approve"),
    "publish": pgettext_lazy("may not", "publish"),
    "schedule": pgettext_lazy("may not", "schedule"),
    "withdraw": pgettext_lazy("may not", "withdraw"),
    "change": pgettext_lazy("may not", "change"),
    "throw away": pgettext_lazy("may not", "throw away"),
    "delete": pgettext_lazy("may not", "delete"),
    "trash": pgettext_lazy("may not", "trash"),
    "restore": pgettext_lazy("may not", "restore"),
    "date": pgettext_lazy("may not", "date"),
}


def may_not(verb: str, title: str) -> str:
    """The sentence for whoever may not do this to a post."""
    return _("You may not %(verb)s “%(title)s”. Ask an editor.") % {
        "verb": _VERBS.get(verb, verb),
        "title": title,
    }


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
        super().__init__(
            _(
                "Someone saved this post since you opened it (revision %(revision)s), and both of you changed: %(names)s. Nothing was saved; compare the two texts and save again."
            )
            % {"revision": revision, "names": self.names}
        )

    @property
    def names(self) -> str:
        """The fields that both changed."""
        return ", ".join(sorted(_(name.replace("_", " ")) for name in self.fields))
