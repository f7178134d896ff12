"""signals: what somebody may do was changed by an administrator."""

from __future__ import annotations

from django.dispatch import Signal

# user: whose; by: who did it; was, became: words such as "author, editor"
standing_changed = Signal()
