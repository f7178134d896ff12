"""sources: what the desk's front page says of sources in trouble."""

from __future__ import annotations

from django import template
from django.db.models import Q

from accounts.models import User
from importer import verdicts
from importer.desk.proposals import waiting
from importer.models import Source

register = template.Library()
SHOWN = 5


@register.simple_tag
def sources_in_trouble(user: User) -> list[Source]:
    """Those that polling gave up on or has reported as broken, for whoever may see them."""
    if not user.has_perm("importer.view_source"):
        return []
    troubled = Source.objects.filter(Q(poll=True, broken=True) | Q(poll=True, gone__isnull=False))
    return list(troubled.only("title", "location", "last_error", "gone")[:SHOWN])


@register.filter
def verdict(name: str) -> str:
    """What became of an entry, in one word."""
    return str(verdicts.NAMES.get(name, name))


@register.simple_tag
def proposals_waiting(user: User) -> int:
    """How many newer texts wait for whoever may answer them."""
    return waiting().count() if user.has_perm("importer.add_run") else 0
