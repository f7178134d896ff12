"""urls: the map of the site."""

from __future__ import annotations

from django.contrib import admin
from django.urls import path

import accounts.views

urlpatterns = [
    path("welcome/<str:token>/", accounts.views.welcome, name="welcome"),
    path("admin/", admin.site.urls),
]
