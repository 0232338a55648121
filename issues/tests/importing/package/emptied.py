"""A database without what a test put in, as though it were another installation."""

from django.apps import apps
from django.db import connection

from issues.tests.past import past
from issues.user import User


def empty() -> None:
    """Take everything out of our tables, histories and accounts among them."""
    with connection.constraint_checks_disabled():
        for model in reversed(list(apps.get_app_config("issues").get_models(include_auto_created=True))):
            if model is not User and not model._meta.auto_created:
                past(model._base_manager)._raw_delete(connection.alias)
        User.groups.through.objects.all().delete()
        past(User.objects)._raw_delete(connection.alias)
