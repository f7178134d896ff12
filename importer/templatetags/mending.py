"""mending: what the desk's front page says of what is left to mend."""

from __future__ import annotations

from django import template

from accounts.models import User
from importer.mending.counting import left

register = template.Library()


@register.simple_tag
def left_to_mend(user: User) -> int:
    """How many things, for whoever may mend them; 0 for everybody else."""
    return left() if user.has_perm("importer.add_run") else 0
