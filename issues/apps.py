"""The tracker's one application."""

from django.apps import AppConfig


class IssuesConfig(AppConfig):
    """The application and its name in the admin."""

    name = "issues"
    verbose_name = "Redlines"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have known what follows from any change."""
        from issues.actions.access import consequences  # noqa: F401
        from issues.actions.record import former_names, process_changes, review, snapshots  # noqa: F401
