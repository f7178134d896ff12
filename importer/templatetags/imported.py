"""imported: what the desk's page of a post says of the import that brought it."""

from __future__ import annotations

from django import template

from accounts.models import User
from blog.models import Post
from importer.models import ImportedEntry

register = template.Library()


@register.simple_tag
def could_not_bring(post: Post, user: User) -> list[str]:
    """The sentences about what the post lacks of its entry, for whoever may see imports."""
    if not user.has_perm("importer.view_importedentry"):
        return []
    found = ImportedEntry.objects.filter(post=post, shared=False).order_by("pk")
    return [sentence for losses in found.values_list("losses", flat=True) for sentence in losses]
