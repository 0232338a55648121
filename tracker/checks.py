"""What is asked before an installation is opened to others: ``check --deploy --database default``."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

KNOWN = "{names} can be signed in to with the password of the demo, which everyone can read."
# File systems on which the locks of SQLite do not hold between machines, as /proc/mounts calls them.
OF_A_NETWORK = re.compile(r"nfs|cifs|smb|9p$|fuse\.|ceph|glusterfs|afs$|lustre")
MOUNTS = Path("/proc/mounts")


@register(Tags.security, deploy=True)
def hosts_are_named(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """That the names that are served are names."""
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    hint = "Name the hosts that are served, or links in feeds and mails may lead elsewhere."
    return [Error("ALLOWED_HOSTS has *, which is any name.", hint=hint, id="redlines.E002")]


@register(Tags.security, deploy=True)
def encryption_is_known(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """That somebody says which requests came encrypted: the server itself speaks plain HTTP."""
    if settings.PROXIES or not settings.SECURE_SSL_REDIRECT:
        return []
    return [
        Error(
            "PROXIES is 0: all who come would be sent to HTTPS again and again.",
            hint="Set PROXIES to how many proxies of yours stand before the server: mostly 1.",
            id="redlines.E003",
        )
    ]


@register(Tags.security, deploy=True)
def forms_come_encrypted(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """That no form is taken from a page that anybody on the way could change."""
    plain = [origin for origin in settings.CSRF_TRUSTED_ORIGINS if not origin.startswith("https://")]
    return [
        Error(
            f"CSRF_TRUSTED_ORIGINS trusts {origin}, which is not encrypted.",
            hint="Write it with https://, or leave it out.",
            id="redlines.E004",
        )
        for origin in plain
    ]


@register(Tags.security, deploy=True)
def mail_is_sent(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """That what opens an account, in an invitation or a new password, is not written into the log."""
    if not settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "filebased.EmailBackend")):
        return []
    hint = "Name the server that sends them, like smtp+tls://name:password@mail.example.org:587."
    return [Error("EMAIL_URL has mails written down and not sent.", hint=hint, id="redlines.E007")]


@register(Tags.database, deploy=True)
def sqlite_lies_here(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """That the file of SQLite is on a disk of this machine."""
    if not databases or connection.vendor != "sqlite":
        return []
    kind = _file_system(Path(str(connection.settings_dict["NAME"])).resolve())
    if not OF_A_NETWORK.match(kind):
        return []
    told = f"DATABASE_URL: the file of SQLite lies on a network drive ({kind}), where it gets corrupt."
    hint = "Put it on a disk of this machine, or use PostgreSQL, which several machines can share."
    return [Error(told, hint=hint, id="redlines.E005")]


@register(Tags.database, deploy=True)
def no_superuser_of_the_database(
    app_configs: Any, databases: Any = None, **kwargs: Any
) -> list[CheckMessage]:
    """That who takes over the server does not get the machine of the database with it."""
    if not databases or connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SHOW is_superuser")
        if cursor.fetchone() != ("on",):
            return []
    hint = "Make an account that owns this one database: docs/operating.md."
    return [Error("DATABASE_URL names a superuser of PostgreSQL.", hint=hint, id="redlines.E006")]


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


def _file_system(place: Path) -> str:
    """What kind of file system a place lies on; empty where the machine does not tell."""
    if not MOUNTS.is_file():
        return ""
    mounts = [line.split() for line in MOUNTS.read_text().splitlines()]
    over = [(where, kind) for _, where, kind, *_ in mounts if place.is_relative_to(where)]
    return max(over, key=lambda mount: len(mount[0]), default=("", ""))[1]
