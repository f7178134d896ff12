"""desk: what the desk's templates say of a post and of people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.forms import BoundField, Form
from django.utils import formats
from django.utils.timezone import localtime

from blog import reasons
from blog.admin.lists import where_it_stands
from blog.models import Post

register = template.Library()
# The strip under the paper's name, the daily first; what is not named here stands on the front page alone.
ORDER = (
    "Post",
    "Page",
    "Response",
    "Tag",
    "Series",
    "Author",
    "Image",
    "Source",
    "Run",
    "NavigationLink",
    "Redirect",
    "SiteSettings",
    "User",
    "Deed",
)


@register.filter
def strip(apps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lists that the user may open, in the order of the strip."""
    models = [model for app in apps for model in app["models"] if model["admin_url"]]
    return sorted(
        (model for model in models if model["object_name"] in ORDER),
        key=lambda model: ORDER.index(model["object_name"]),
    )


@register.filter
def stands(post: Post) -> str:
    """Where it stands, in words."""
    return where_it_stands(post)[1]


@register.filter
def reason(stored: str) -> str:
    """Why a revision was kept, in the reader's language."""
    return reasons.in_words(stored)


@register.filter
def state(post: Post) -> str:
    """Where it stands, in one word for the style sheet."""
    return where_it_stands(post)[0]


@register.filter
def moment(when: datetime) -> str:
    """The time of day, and the day where it is not today."""
    local = localtime(when)
    return formats.date_format(local, "H:i" if local.date() == localtime().date() else "j M Y, H:i")


@register.filter
def who(user: Any) -> str:
    """The name of who did something; imports and the operator's commands have no user."""
    return (
        user.get_full_name() or user.get_username()
        if hasattr(user, "get_username")
        else str(user or "Masthead")
    )


@register.filter
def field(form: Form, name: str) -> BoundField:
    return form[name]
