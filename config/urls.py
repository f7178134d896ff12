"""urls: the map of the site."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from accounts.views import welcome
from blog.admin import invitations, ownsettings, quick, savedviews
from blog.admin.door import sign_in
from importer.desk import droppage

handler404 = "blog.views.errors.not_found"
handler500 = "blog.views.errors.failed"

urlpatterns = [
    path("admin/editor/", include("blog.admin.urls")),
    path("admin/mail/", admin.site.admin_view(ownsettings.page), name="own-settings"),
    path("admin/language/", admin.site.admin_view(ownsettings.language), name="desk-language"),
    path("admin/login/", sign_in),
    path("admin/drop/", admin.site.admin_view(droppage.drop), name="drop-draft"),
    path("admin/quick/", admin.site.admin_view(quick.begin), name="quick-draft"),
    path("admin/views/<slug:kind>/", admin.site.admin_view(savedviews.save), name="save-view"),
    path(
        "admin/views/<slug:kind>/<int:number>/forget/",
        admin.site.admin_view(savedviews.forget),
        name="forget-view",
    ),
    path("admin/claim/<str:token>/", admin.site.admin_view(invitations.claim), name="claim"),
    path("admin/", admin.site.urls),
    path("welcome/<str:token>/", welcome, name="welcome"),
    path("", include("blog.urls")),
]
