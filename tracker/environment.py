"""What is read from the environment; a value that cannot be read is refused in words that name it."""

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
YES, NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0", "")


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
