"""What is asked before an installation is opened to others: ``check --deploy --database default``."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

KNOWN = "{names} can be signed in to with the password of the demo, which everyone can read."


@register(Tags.database, deploy=True)
def no_demo_accounts(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """That no account of the demo has kept its password."""
    from issues.actions.demo.accounts import ACCOUNTS, ADMINISTRATOR, PASSWORD
    from issues.user import User

    if settings.DEMO_ACCOUNTS or not databases:
        return []
    accounts = User.objects.filter(username__in=[*ACCOUNTS, ADMINISTRATOR], is_active=True)
    names = [user.username for user in accounts.order_by("username") if user.check_password(PASSWORD)]
    if not names:
        return []
    hint = "Give them other passwords, or close them: manage.py changepassword NAME."
    return [Error(KNOWN.format(names=", ".join(names)), hint=hint, id="redlines.E001")]
