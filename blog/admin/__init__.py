"""admin: the desk: where posts are written, people and subjects kept, and the site put in order."""

from __future__ import annotations

import taggit.admin  # noqa: F401  # registers its own tags, which are not ours: they must be there to be taken off
from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag as ForeignTag

from blog.admin import authors, log, pictures, posts, responses, sitewide, subjects, ways

__all__ = ["authors", "log", "pictures", "posts", "responses", "sitewide", "subjects", "ways"]

admin.site.unregister(ForeignTag)
admin.site.site_header = settings.SITE_NAME
admin.site.site_title = settings.SITE_NAME
admin.site.index_title = _("The desk")
admin.site.enable_nav_sidebar = (
    False  # the strip under the name leads everywhere, and leaves the width to the text
)
