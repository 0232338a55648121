"""How Django's admin is set up here."""

from django.contrib.admin.apps import AdminConfig


class RedlinesAdminConfig(AdminConfig):
    """The admin with our own site, and the checks of the installation."""

    default_site = "tracker.admin.RedlinesAdminSite"

    def ready(self) -> None:
        """Have the checks known."""
        from tracker import checks  # noqa: F401

        super().ready()
