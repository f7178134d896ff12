"""signals: a post became public; a post left. Sent after the commit, with `post_ids`, a tuple."""

from __future__ import annotations

from django.dispatch import Signal

posts_published = Signal()
posts_left = Signal()
