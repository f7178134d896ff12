"""checks: what to look at in the text of a post's form, when its page is opened."""

from __future__ import annotations

from typing import Any

from django import template

from blog.checking import Advice, advice
from blog.forms import PostForm

register = template.Library()


@register.simple_tag
def check_text(form: PostForm) -> list[Advice]:
    """Of the text as the form shows it: what was sent and refused, else what stands."""
    if "body" not in form.fields:
        return []
    body: Any = form["body"].value() or ""
    return advice(str(body), form.standing.body_format)
