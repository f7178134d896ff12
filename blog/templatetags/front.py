"""front: the first page of the desk asks what waits, and what was written."""

from __future__ import annotations

from django import template

from accounts.models import User
from blog.admin import front
from blog.admin.charts import Chart
from blog.models import Post

register = template.Library()


@register.simple_tag
def waiting_for(user: User) -> list[front.Part]:
    return front.parts(user)


@register.simple_tag
def charts_for(user: User) -> list[Chart]:
    return front.charts(user)


@register.simple_tag
def comments_waiting(user: User) -> int:
    return front.comments_waiting(user)


@register.filter
def at_the_desk(post: Post) -> str:
    """Where it is written."""
    return front.address(post)
