"""A setting that cannot be read is refused in words that name it."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from tracker.environment import cache_at, secret, whole, yes_or_no, zone

SET = "SOME_SETTING"
proxies = partial(whole, default=1, most=9)
days = partial(whole, default=90)
token = partial(secret, shortest=8)


@pytest.mark.parametrize(
    ("read", "said", "value"),
    [
        (yes_or_no, "true", True),
        (yes_or_no, " Yes ", True),
        (yes_or_no, "1", True),
        (yes_or_no, "off", False),
        (yes_or_no, "", False),
        (proxies, "0", 0),
        (proxies, "9", 9),
        (days, "4000", 4000),
        (token, "", ""),
        (token, " abcd-1234 ", "abcd-1234"),
        (zone, "", "UTC"),
        (zone, " Asia/Yerevan ", "Asia/Yerevan"),
    ],
)
def test_a_value_is_read(monkeypatch: Any, read: Callable[[str], Any], said: str, value: Any) -> None:
    monkeypatch.setenv(SET, said)

    assert read(SET) == value


def test_what_is_not_set_is_the_default() -> None:
    assert (yes_or_no(SET), yes_or_no(SET, default=True), proxies(SET), token(SET)) == (False, True, 1, "")
    assert zone(SET) == "UTC"


@pytest.mark.parametrize(
    ("read", "said", "told"),
    [
        (yes_or_no, "maybe", "SOME_SETTING is true or false; “maybe” is neither."),
        (yes_or_no, "2", "true or false"),
        (proxies, "one", "SOME_SETTING is a whole number from 0 to 9, such as 1; “one” is none."),
        (proxies, "-1", "from 0 to 9"),
        (proxies, "10", "from 0 to 9"),
        (proxies, "1.0", "from 0 to 9"),
        (proxies, "²", "from 0 to 9"),
        (proxies, "", "from 0 to 9"),
        (days, "3 months", "a whole number from 0, such as 90"),
        (token, "short", "SOME_SETTING is at least 8 letters"),
        (token, "with a space", "without a space"),
        (token, "ü" * 9, "letters, digits and signs"),
        (zone, "Yerevan", "SOME_SETTING is a time zone such as Europe/Paris; “Yerevan” is none."),
        (zone, "+04:00", "such as Europe/Paris; “.04:00” is none"),
        (zone, "../UTC", "“../UTC” is none."),
    ],
)
def test_what_cannot_be_read_is_refused(
    monkeypatch: Any, read: Callable[[str], Any], said: str, told: str
) -> None:
    monkeypatch.setenv(SET, said)

    with pytest.raises(ImproperlyConfigured, match=told.replace("(", r"\(")):
        read(SET)


@pytest.mark.parametrize(
    ("said", "backend", "bounded"),
    [
        ("", "locmem.LocMemCache", True),
        ("dbcache://cache", "db.DatabaseCache", True),
        ("rediscache://127.0.0.1:6379/1", "redis.RedisCache", False),
    ],
)
def test_where_is_kept_what_can_be_worked_out_anew(
    monkeypatch: Any, said: str, backend: str, bounded: bool
) -> None:
    monkeypatch.setenv(SET, said)
    found = cache_at(SET)
    assert found["BACKEND"] == f"django.core.cache.backends.{backend}"
    assert ("OPTIONS" in found) is bounded  # Redis bounds itself, and knows no such option


@pytest.mark.parametrize("said", ["memcache://127.0.0.1", "cache", "filecache:///tmp/cache"])
def test_other_caches_are_refused(monkeypatch: Any, said: str) -> None:
    monkeypatch.setenv(SET, said)
    with pytest.raises(ImproperlyConfigured, match="SOME_SETTING is dbcache://"):
        cache_at(SET)
