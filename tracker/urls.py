"""Addresses of the installation."""

from django.contrib import admin
from django.urls import include, path

from tracker.health import healthz, live
from tracker.metrics import metrics_page

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("healthz/live", live, name="live"),
    path("metrics", metrics_page, name="metrics"),
    path("admin/", admin.site.urls),
    path("", include("issues.api.urls")),
    path("", include("issues.urls")),
]

handler500 = "tracker.faults.broken"
