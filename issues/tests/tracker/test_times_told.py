"""Times are told by one way: no place writes “UTC”, an hour or today by hand."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

HERE = Path(settings.BASE_DIR)
TEMPLATES = sorted((HERE / "templates").rglob("*.*"))
SCRIPTS = sorted((HERE / "issues" / "static").rglob("*.js"))
# Of a format of Django's: hours, minutes, seconds, zones, and those that are whole times.
TELLS_A_TIME = re.compile(
    r"""\|(?:date|time)(?::["'](?:[^"'\\]|\\.)*[aAgGhHisufPcrUeIOTZ]|\b(?!:))|\|time\b"""
)
NOW = re.compile(r"""\{% now ["'][^"']*[aAgGhHisufPcrUeIOTZ]""")
BY_HAND = re.compile(r"\bUTC\b")
# What names a zone or an hour and is told to no reader of a page: files, which are in UTC, logs, and fields.
IN_UTC = (
    "issues/backup/",
    "issues/domain/span.py",
    "issues/domain/time_zone.py",
    "issues/exports/",
    "issues/forms/tokens.py",
    "issues/forms/typed_times.py",
    "issues/views/data.py",
    "issues/views/download.py",
    "tracker/formats/",
)
# Where the day is asked for.
CLOCK = "issues/clock.py"
TODAY = re.compile(r"\blocaldate\(|\bdate\.today\(|\bnow\(\)\.date\(|\bdatetime\.today\(|\blocaltime\(")


def sources() -> Iterator[tuple[str, str]]:
    """Our code, without tests, migrations and what measures."""
    for folder in ("issues", "tracker"):
        for file in sorted((HERE / folder).rglob("*.py")):
            place = file.relative_to(HERE).as_posix()
            if not place.startswith(("issues/tests/", "issues/migrations/", "issues/management/")):
                yield place, file.read_text()


def words_of(source: str) -> Iterator[str]:
    """The texts in a piece of code, those that describe it left out."""
    tree = ast.parse(source)
    described = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            yield node.value


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_a_template_tells_times_by_the_filter_alone(file: Path) -> None:
    text = file.read_text()

    assert [found[0] for found in TELLS_A_TIME.finditer(text)] == []
    assert NOW.findall(text) == []
    assert BY_HAND.findall(text) == []


@pytest.mark.parametrize(
    "told",
    [
        '{{ at|date:"j F Y, H:i" }}',
        "{{ at|date:'c' }}",
        '{{ at|date:"H:i:s" }}',
        r"{{ at|date:'Y-m-d\TH:i:sO' }}",
        "{{ at|date }}",
        '{{ at|time:"H" }}',
        "{{ at|time }}",
    ],
)
def test_what_is_looked_for_would_be_found(told: str) -> None:
    assert TELLS_A_TIME.search(told)


@pytest.mark.parametrize("told", ['{{ on|date:"j F Y" }}', "{{ on|date:'-Ymd' }}", '{{ on|date:", M Y" }}'])
def test_a_day_may_be_told(told: str) -> None:
    assert not TELLS_A_TIME.search(told)


def test_our_code_writes_neither_hours_nor_a_zone_beside_them() -> None:
    told = [
        (place, words)
        for place, source in sources()
        if not place.startswith(IN_UTC)
        for words in words_of(source)
        if "%H" in words or "H:i" in words or (re.search(r"(^| )UTC\b", words) and words != "UTC")
    ]

    assert told == []


def test_the_day_is_asked_for_in_one_place() -> None:
    asked = [place for place, source in sources() if place != CLOCK and TODAY.search(source)]

    assert asked == []


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_a_script_tells_the_times_that_the_server_gave_it(file: Path) -> None:
    text = file.read_text()

    assert re.findall(r"\bnew Date\b|\bDate\.|\bIntl\.|\btoLocale\w*|\bUTC\b", text) == []
