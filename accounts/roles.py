"""roles: who may do what, one table, applied to the groups after every migrate."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

CONTRIBUTOR = "contributor"
AUTHOR = "author"
EDITOR = "editor"
ADMINISTRATOR = "administrator"

# As the desk shows them; groups keep the plain words.
NAMES = {
    CONTRIBUTOR: _("contributor"),
    AUTHOR: _("author"),
    EDITOR: _("editor"),
    ADMINISTRATOR: _("administrator"),
}

_ALL = ("view", "add", "change", "delete")


def _on(model: str, *actions: str) -> frozenset[str]:
    app, name = model.split(".")
    return frozenset(f"{app}.{action}_{name}" for action in actions)


_contributor = (
    _on("blog.post", *_ALL)
    | _on("blog.image", "view", "add", "change")
    | _on("blog.tag", "view")
    | _on("blog.series", "view")
    | _on("blog.revision", "view")
    | _on("blog.response", "view", "change")
    | _on("accounts.author", "view")
)
# Without `publish_unapproved_post` an author's own post waits for an editor's approval too.
_author = _contributor | {"blog.publish_post", "blog.publish_unapproved_post"} | _on("blog.tag", "add")
_editor = (
    _author
    | {"blog.edit_any_post"}
    | _on("blog.page", *_ALL)
    | _on("blog.tag", *_ALL)
    | _on("blog.series", *_ALL)
    | _on("blog.image", *_ALL)
    | _on("blog.navigationlink", *_ALL)
    | _on("blog.redirect", *_ALL)
    | _on("blog.deed", "view")
    | _on("blog.response", "delete")
    | _on("blog.sitesettings", "view", "change")
    | _on("accounts.author", *_ALL)
    | _on("importer.source", *_ALL)
    | _on("importer.run", "view", "add", "change")
    | _on("importer.importedentry", "view", "change")
)
_administrator = _editor | _on("accounts.user", *_ALL) | _on("auth.group", "view")

# What each role may do: own posts only, unless `edit_any_post` (blog.permissions asks the finer questions).
ROLES: dict[str, frozenset[str]] = {
    CONTRIBUTOR: _contributor,
    AUTHOR: _author,
    EDITOR: _editor,
    ADMINISTRATOR: _administrator,
}


def apply_roles(**_: Any) -> None:
    """Make the groups hold what the table says; safe to repeat. Permissions whose app is not migrated yet come with its turn."""
    from django.contrib.auth.models import Group, Permission

    rows = Permission.objects.select_related("content_type")
    known = {f"{row.content_type.app_label}.{row.codename}": row for row in rows}
    for name, wanted in ROLES.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.set([known[label] for label in wanted if label in known])
