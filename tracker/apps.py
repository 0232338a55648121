"""How Django's admin is set up here."""

from django.contrib.admin.apps import AdminConfig


class RedlinesAdminConfig(AdminConfig):
    """The admin with our own site."""

    default_site = "tracker.admin.RedlinesAdminSite"
