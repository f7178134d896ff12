"""urls: the map of the site."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from accounts.views import welcome
from blog.admin import mailwishes
from blog.admin.door import sign_in

handler404 = "blog.views.errors.not_found"
handler500 = "blog.views.errors.failed"

urlpatterns = [
    path("admin/editor/", include("blog.admin.urls")),
    path("admin/mail/", admin.site.admin_view(mailwishes.page), name="mail-wishes"),
    path("admin/login/", sign_in),
    path("admin/", admin.site.urls),
    path("welcome/<str:token>/", welcome, name="welcome"),
    path("", include("blog.urls")),
]
