"""What is read from the environment; a value that cannot be read is refused in words that name it."""

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from issues.domain.time_zone import UTC_NAME, zones

env = environ.Env()
YES, NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0", "")
# How many pages, and counts of what was asked, are kept in memory or in a table at once.
MOST_KEPT = 1_000


def cache_at(name: str) -> dict[str, Any]:
    """Where what can be worked out anew is kept, as Django's setting. Raises ImproperlyConfigured.

    In each process of the server where nothing is said.
    """
    said = env.str(name, default="").strip() or "locmemcache://"
    if said.partition("://")[0] not in ("locmemcache", "dbcache", "rediscache", "redis", "rediss"):
        raise ImproperlyConfigured(
            f"{name} is dbcache:// and the name of a table, as in dbcache://cache, or rediscache:// and a "
            "server; leave it out to have each process of the server keep its own."
        )
    found: dict[str, Any] = env.cache_url_config(said)
    if not found["BACKEND"].endswith("RedisCache"):
        found["OPTIONS"] = {"MAX_ENTRIES": MOST_KEPT}
    return found


def yes_or_no(name: str, *, default: bool = False) -> bool:
    """Whether a setting is on. Raises ImproperlyConfigured for anything but a plain yes or no."""
    said = env.str(name, default="yes" if default else "no").strip().lower()
    if said not in (*YES, *NO):
        raise ImproperlyConfigured(f"{name} is true or false; “{said}” is neither.")
    return said in YES


def whole(name: str, *, default: int, least: int = 0, most: int | None = None) -> int:
    """A whole number from ``least`` on. Raises ImproperlyConfigured for anything else."""
    said = env.str(name, default=str(default)).strip()
    bounds = f"from {least}" if most is None else f"from {least} to {most}"
    if not said.isascii() or not said.isdigit() or not least <= int(said) <= (most or int(said)):
        raise ImproperlyConfigured(f"{name} is a whole number {bounds}, such as {default}; “{said}” is none.")
    return int(said)


def secret(name: str, *, shortest: int) -> str:
    """A secret, empty where none is set. Raises ImproperlyConfigured for one that could be guessed."""
    said: str = env.str(name, default="").strip()
    if said and (len(said) < shortest or not said.isascii() or not said.isprintable() or " " in said):
        raise ImproperlyConfigured(
            f"{name} is at least {shortest} letters, digits and signs without a space; leave it out to "
            "switch off what it opens."
        )
    return said


def zone(name: str) -> str:
    """A time zone by the name that the IANA gives it. Raises ImproperlyConfigured for anything else."""
    said = env.str(name, default=UTC_NAME).strip() or UTC_NAME
    if said not in zones():
        raise ImproperlyConfigured(f"{name} is a time zone such as Europe/Paris; “{said}” is none.")
    return said
