"""Which way a text runs, and what keeps it from moving its neighbours."""

import pytest

from issues.domain.bidi import has_right_to_left, isolated, runs_right_to_left


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Arden", False),
        ("نص", True),
        ("ירדן", True),
        ("15. «نص» and more", True),
        ("2031: Arden, نص", False),
        ("15–16 / 7", False),
        ("", False),
        ("Հայաստան", False),
    ],
)
def test_a_text_runs_as_its_first_letter_does(text: str, runs: bool) -> None:
    assert runs_right_to_left(text) == runs


def test_only_what_runs_to_the_left_is_isolated() -> None:
    assert isolated("Arden") == "Arden"
    assert isolated("نص") == "\u2068نص\u2069"
    assert isolated("Arden (نص)") == "\u2068Arden (نص)\u2069"
    assert not has_right_to_left("2031-03-10")
