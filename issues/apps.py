"""The tracker's one application."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class IssuesConfig(AppConfig):
    """The application and its name in the admin."""

    name = "issues"
    verbose_name = "Redlines"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have known what follows from any change."""
        from issues.actions.access import consequences  # noqa: F401
        from issues.actions.record import (  # noqa: F401
            former_names,
            marks,
            process_changes,
            review,
            search_entries,
            snapshots,
        )

        post_migrate.connect(search_entries.fill_after_migrating, sender=self)
