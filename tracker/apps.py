"""The installation as Django knows it, and how its admin is set up."""

import logging

from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin.apps import AdminConfig


class TrackerConfig(AppConfig):
    """The installation: what is checked before it is opened, what it logs, and the command that serves it."""

    name = "tracker"
    verbose_name = "Installation"

    def ready(self) -> None:
        """Have known what is checked and told; Python's warnings, which quote values, go to the log."""
        from tracker import checks, security_log  # noqa: F401

        if not settings.DEBUG and not settings.TESTING:
            logging.captureWarnings(True)


class RedlinesAdminConfig(AdminConfig):
    """The admin with our own site."""

    default_site = "tracker.admin.RedlinesAdminSite"
