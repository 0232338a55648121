"""What every page stands on beside the record: the code, the templates and the settings that are at work.

So it is a part of the sign by which each answer is known to whoever keeps it.
"""

import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django import get_version
from django.conf import settings
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.http import parse_etags

# What of a setting can be told by its text; and what no page has to do with, secrets among it.
PLAIN = (str, int, bool, list, tuple, dict)
APART = {"SECRET_KEY", "SECRET_KEY_FALLBACKS", "DATABASES", "CACHES", "LOGGING", "METRICS_TOKEN"}
FOLDERS = ("templates", "issues", "tracker")
OF_PAGES = {".html", ".svg", ".txt", ".css", ".js", ".py"}


def ground() -> str:
    """A sign of it, the same on every machine that runs the same.

    Where pages are worked on, templates are looked at anew each time.
    """
    if not settings.DEBUG:
        return _sign()
    stats = ((path, path.stat()) for path in _files("templates"))
    return _hashed([_sign(), *(f"{path} {stat.st_mtime_ns} {stat.st_size}" for path, stat in stats)])


def tag_of(*parts: str) -> str:
    """By what an answer is known that is made of these parts, as an ETag: a strong one."""
    return f'"{sha256("|".join((ground(), *parts)).encode()).hexdigest()[:32]}"'


def is_held(tag: str, request: HttpRequest) -> bool:
    """Whether who asks has the answer with this ETag already, compared weakly."""
    given = parse_etags(request.headers.get("If-None-Match", ""))
    return tag in (one.removeprefix("W/") for one in given)


@cache
def _sign() -> str:
    contents = (sha256(path.read_bytes()).hexdigest() for folder in FOLDERS for path in _files(folder))
    return _hashed([sys.version, get_version(), *map(repr, _said()), *contents])


def _hashed(parts: list[str]) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()


def _said() -> Iterator[tuple[str, Any]]:
    for name in sorted(set(dir(settings)) - APART):
        if name.isupper() and isinstance(value := getattr(settings, name), PLAIN):
            yield name, value


def _files(folder: str) -> list[Path]:
    found = Path(settings.BASE_DIR, folder).rglob("*")
    return sorted(path for path in found if path.suffix in OF_PAGES and "tests" not in path.parts)


@receiver(setting_changed)
def forget(**_: Any) -> None:
    """Read the settings anew where one was changed."""
    _sign.cache_clear()
