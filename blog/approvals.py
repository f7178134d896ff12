"""approvals: whether a post stands approved, and what lifts that: an edit by anybody but the one who approved it."""

from __future__ import annotations

import hashlib
import json

from django.utils import timezone

from accounts.models import User
from blog import deeds
from blog.content import Content
from blog.models import Approval, Post


def digest_of(content: Content) -> str:
    """The same for the same content, whatever the order of what stands in it."""
    return hashlib.sha256(json.dumps(content.as_state(), sort_keys=True).encode()).hexdigest()


def of(post: Post) -> Approval | None:
    if "approval" in post._state.fields_cache:
        return known(post)
    return Approval.objects.select_related("user").filter(post_id=post.pk).first()


def known(post: Post) -> Approval | None:
    """The approval that came with the post (`select_related("approval")`); no query, so None where it did not."""
    found: Approval | None = post._state.fields_cache.get("approval")
    return found


def give(post: Post, user: User | None) -> Approval:
    """Approve the text as it stands; the (locked) post's revision has been recorded."""
    found, _created = Approval.objects.update_or_create(
        post=post,
        defaults={
            "user": user,
            "at": timezone.now(),
            "revision": post.revision,
            "digest": digest_of(Content.of(post)),
        },
    )
    return found


def lift(post: Post, user: User | None, why: str) -> bool:
    """Take the approval away, saying why in the log; whether there was one."""
    gone, _rows = Approval.objects.filter(post_id=post.pk).delete()
    if gone:
        deeds.record("unapprove", user, post=post, was=post.status, note=why)
    return bool(gone)


def follow(post: Post, content: Content, user: User | None) -> None:
    """After a revision was recorded: the approver's own change keeps the approval, anybody else's lifts it."""
    standing = Approval.objects.filter(post_id=post.pk).first()
    if standing is None or standing.digest == digest_of(content):
        return
    if user is not None and standing.user_id == user.pk:
        standing.revision, standing.digest = post.revision, digest_of(content)
        standing.save(update_fields=["revision", "digest"])
        return
    lift(post, user, f"Changed after revision {standing.revision} was approved.")
