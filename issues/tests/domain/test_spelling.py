"""One name in two spellings is noticed; two names are kept apart."""

import pytest

from issues.domain.spelling import folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dusanbe", "Düşanbe"),
        ("Ruritania", "RURITANIA "),
        ("New  York", "new york"),
        ("Ереван", "ЕРЕВАН"),
        ("Straße", "STRASSE"),
        ("é", "é"),
        ("ﬁn", "fin"),
    ],
)
def test_case_accents_and_blanks_do_not_count(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Arden", "Ardent"), ("New York", "Newyork"), ("Ереван", "Yerevan")]
)
def test_other_letters_do(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@pytest.mark.parametrize("name", ["", "  ", "\u0301"])
def test_nothing_stays_nothing(name: str) -> None:
    assert folded(name) == ""
