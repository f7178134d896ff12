"""filling: the form of a post as a browser fills it in."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from blog.models import Post

SignIn = Callable[..., Client]
ADD = "/admin/blog/post/add/"


def change(post: Post) -> str:
    return reverse(f"admin:blog_{post.kind}_change", args=[post.pk])


def move(post: Post, verb: str) -> str:
    return reverse(f"admin:blog_{post.kind}_move", args=[post.pk, verb])


def form_of(client: Client, address: str) -> dict[str, str]:
    """What a browser would post from the form at this address, nothing changed."""
    form = client.get(address).context["adminform"].form
    data: dict[str, str] = {}
    for bound in form:
        shown = bound.field.prepare_value(bound.value())
        if bound.name == "byline_rows":
            for number, (author, part, _place) in enumerate(shown):
                stem = f"byline_rows-{number}"
                data |= {f"{stem}-author": author, f"{stem}-part": part, f"{stem}-place": str(number + 1)}
        elif bound.name == "noindex":
            data |= {"noindex": "on"} if shown else {}
        elif bound.name != "cover_upload":
            text = bound.field.widget.format_value(shown)
            text = text[0] if isinstance(text, list) else text
            data[bound.name] = "" if text is None else str(text).replace("\n", "\r\n")
    return data


def fresh(post: Post) -> Post:
    return Post.everything.get(pk=post.pk)
