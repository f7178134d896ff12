"""buttons: what can be done with a post from its form: who may, when it makes sense, and which verb it ends in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from blog import approvals, changes, permissions, publishing
from blog.errors import NotPossible
from blog.models import Post

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Given = Mapping[str, Any]  # the form's cleaned data: publish_on, withdraw_on, note


@dataclass(frozen=True, slots=True)
class Button:
    """One verb on the form. It is pressed after the text was saved."""

    name: str  # what the form posts as `_verb`
    label: str | _StrPromise
    may: Callable[[User, Post], bool]
    fits: Callable[[Post], bool]
    press: Callable[[int, User, Given], Post]
    said: str | _StrPromise  # what was done, with {title}, {moment} and {until}
    field: str = ""  # the form's field that stands beside it
    weight: str = ""  # "main": the step that comes next
    later: bool = False  # the text is saved as unpublished changes: readers see nothing of it yet

    def shows(self, user: User, post: Post) -> bool:
        return post.trashed_at is None and self.fits(post) and self.may(user, post)


def in_words(moment: datetime | None) -> str:
    return formats.date_format(timezone.localtime(moment), "j E Y, H:i") if moment else ""


def _published(post: Post) -> bool:
    return post.status == Post.Status.PUBLISHED


def _schedule(post_id: int, user: User, given: Given) -> Post:
    moment = given.get("publish_on")
    if moment is None:
        raise NotPossible(gettext("Say when: fill in “Publish on”, then press “Schedule” again."))
    return publishing.schedule(post_id, user, moment)


def _publish(post_id: int, user: User, given: Given) -> Post:
    """Now, a scheduled one too."""
    standing = Post.everything.filter(pk=post_id).first()
    now = timezone.now() if standing is not None and standing.is_scheduled else None
    return publishing.publish(post_id, user, at=now)


def _schedule_changes(post_id: int, user: User, given: Given) -> Post:
    moment = given.get("changes_on")
    if moment is None:
        raise NotPossible(_("Say when: fill in “Publish the changes on”, then press the button again."))
    return changes.schedule(post_id, user, moment, correction=given.get("correction") or "")


BUTTONS = (
    Button(
        "submit",
        _("Send for review"),
        permissions.may_submit,
        lambda post: post.status == Post.Status.DRAFT,
        lambda pk, user, given: publishing.submit(pk, user, given.get("submit_note") or ""),
        _("“{title}” was sent for review."),
        field="submit_note",
    ),
    Button(
        "approve",
        _("Approve"),
        permissions.may_approve,
        lambda post: post.status == Post.Status.REVIEW and not approvals.known(post),
        lambda pk, user, given: publishing.approve(pk, user),
        _("“{title}” is approved."),
    ),
    Button(
        "return",
        _("Return to the author"),
        permissions.may_return,
        lambda post: post.status == Post.Status.REVIEW,
        lambda pk, user, given: publishing.return_to_author(pk, user, given.get("note") or ""),
        _("“{title}” was returned to its author."),
        field="note",
    ),
    Button(
        "publish",
        _("Publish"),
        permissions.may_publish,
        lambda post: not _published(post) or post.is_scheduled,
        _publish,
        _("“{title}” is published."),
        weight="main",
    ),
    Button(
        "schedule",
        _("Schedule"),
        permissions.may_publish,
        lambda post: not _published(post) or post.is_scheduled,
        _schedule,
        _("“{title}” will be published on {moment}."),
        field="publish_on",
    ),
    Button(
        "schedule_changes",
        _("Schedule these changes"),
        permissions.may_publish,
        lambda post: post.is_public,
        _schedule_changes,
        _("The changes of “{title}” will be published on {changes}."),
        field="changes_on",
        later=True,
    ),
    Button(
        "withdraw",
        _("Withdraw"),
        permissions.may_withdraw,
        _published,
        lambda pk, user, given: publishing.withdraw(pk, user),
        _("“{title}” was withdrawn: readers do not see it any more."),
    ),
    Button(
        "withdraw_later",
        _("Set withdrawal"),
        permissions.may_withdraw,
        _published,
        lambda pk, user, given: publishing.schedule_withdrawal(pk, user, given.get("withdraw_on")),
        _("“{title}” {until}."),
        field="withdraw_on",
    ),
)
BY_NAME = {button.name: button for button in BUTTONS}


def message(button: Button, post: Post) -> str:
    until = (
        gettext("will be withdrawn on %(moment)s") % {"moment": in_words(post.withdraw_at)}
        if post.withdraw_at
        else gettext("stays published")
    )
    return str(button.said).format(
        title=post.title,
        moment=in_words(post.published_at),
        until=until,
        changes=in_words(post.replaced_at),
    )
