"""Addresses of the installation."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("issues.api.urls")),
    path("", include("issues.urls")),
]

handler500 = "tracker.faults.broken"
