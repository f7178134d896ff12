"""deeds: what is written to the log of who published or changed what, by the verbs themselves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from blog.models import Deed, Post

NOTE_LENGTH = 4000
# Every verb that the log knows, in words; filters offer them in this order.
VERBS = {
    "create": _("Begun"),
    "save": _("Changed"),
    "submit": _("Sent for review"),
    "return": _("Returned to the author"),
    "approve": _("Approved"),
    "unapprove": _("Approval lifted"),
    "publish": _("Published"),
    "schedule": _("Scheduled"),
    "withdraw": _("Withdrawn"),
    "withdraw_later": _("Withdrawal set"),
    "date": _("Dated"),
    "save_changes": _("Changes saved for later"),
    "publish_changes": _("Changes published"),
    "schedule_changes": _("Changes scheduled"),
    "unschedule_changes": _("Changes taken off the schedule"),
    "throw_changes": _("Changes thrown away"),
    "accept": _("Proposal taken over"),
    "dismiss": _("Proposal turned down"),
    "trash": _("Moved to the trash"),
    "restore": _("Restored from the trash"),
    "purge": _("Deleted for good"),
    "share": _("Shared by link"),
    "unshare": _("Link taken back"),
    "import": _("Imported"),
    "undo_import": _("Import undone"),
    "add_author": _("Author added"),
    "invite": _("Invited to be an author"),
    "uninvite": _("Invitation taken back"),
    "claim": _("Author claimed"),
    "merge_tags": _("Tags merged"),
    "part_tags": _("Tags parted"),
    "approve_comment": _("Comment approved"),
    "reject_comment": _("Comment rejected"),
    "spam_comment": _("Comment called spam"),
    "delete_comment": _("Comment deleted"),
    "forget_reader": _("A reader’s comments deleted"),
    "roles": _("Roles changed"),
    "lockout": _("Locked out after failed sign-ins"),
}


def shown_name(user: User | None) -> str:
    """How people at the desk know someone; nobody is the operator's command or an import."""
    return (user.get_full_name().strip() or user.get_username()) if user is not None else ""


def record(
    verb: str,
    user: User | None,
    *,
    what: str = Deed.What.POST,
    title: str = "",
    note: str = "",
    post: Post | None = None,
    was: str = "",
) -> Deed:
    """Add one line. Give `post` for what was done to one, with the status it had before as `was`; `title` for anything else."""
    if verb not in VERBS:
        raise ValueError(f"The log knows no verb “{verb}”: add it to blog.deeds.VERBS.")
    if post is not None:
        what, title = post.kind, post.title
    return Deed.objects.create(
        verb=verb,
        user=user,
        user_name=shown_name(user)[:300],
        what=what,
        post=post,
        title=title[:500],
        revision=post.revision if post is not None else None,
        was=was,
        became=post.status if post is not None else "",
        note=note.replace("\0", "")[:NOTE_LENGTH],
    )
