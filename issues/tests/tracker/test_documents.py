"""What the documents on security name is there: each test, each file of code, each other document."""

import re

import pytest
from django.conf import settings

HERE = settings.BASE_DIR
TESTS = HERE / "issues" / "tests"
DOCUMENTS = ("docs/security.md", "docs/asvs.md", "SECURITY.md")
NAMED = re.compile(r"`([\w/]+/test_\w+\.py)(?:::(test_\w+))?`")
IN_THE_CODE = re.compile(r"`((?:issues|tracker|deploy|docs|requirements)/[\w./-]*)`")
LED_TO = re.compile(r"\]\(([\w./-]+\.md)(?:#([\w-]+))?\)")
REQUIREMENT = re.compile(r"^\| (\d+)\.(\d+)\.(\d+) \|", re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_test_that_is_named_is_there(document: str) -> None:
    named = NAMED.findall((HERE / document).read_text())

    assert [
        f"{file}::{name}"
        for file, name in named
        if not (TESTS / file).is_file() or f"def {name or 'test_'}" not in (TESTS / file).read_text()
    ] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_place_that_is_named_is_there(document: str) -> None:
    text, folder = (HERE / document).read_text(), (HERE / document).parent
    headings = {
        other: {
            re.sub(r"[^\w -]", "", line.lstrip("# ")).lower().replace(" ", "-")
            for line in (folder / other).read_text().splitlines()
            if line.startswith("#")
        }
        for other, _ in LED_TO.findall(text)
    }

    assert [place for place in IN_THE_CODE.findall(text) if not (HERE / place).exists()] == []
    assert [place for place in LED_TO.findall(text) if place[1] and place[1] not in headings[place[0]]] == []


def test_no_requirement_is_left_out_between_two_or_told_twice() -> None:
    told = [tuple(map(int, number)) for number in REQUIREMENT.findall((HERE / "docs/asvs.md").read_text())]

    assert len(told) == 253
    assert told == sorted(set(told))
    assert {chapter for chapter, _, _ in told} == set(range(1, 18))


def test_tests_are_named_in_the_table() -> None:
    named = NAMED.findall((HERE / "docs/asvs.md").read_text())

    assert len({name for _, name in named}) > 80
