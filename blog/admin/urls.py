"""urls: where the editor asks; django-markdownx's own addresses are never included."""

from __future__ import annotations

from django.urls import path

from blog.admin import door, editor

app_name = "editor"
urlpatterns = [
    path("preview/", editor.preview, name="preview"),
    path("upload/", editor.upload, name="upload"),
    path("checks/", editor.checks, name="checks"),
    path("tags/", editor.tags, name="tags"),
    path("signed-in/", door.signed_in, name="signed_in"),
]
