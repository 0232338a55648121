"""Which way a text runs, and what keeps it from moving its neighbours."""

import pytest

from issues.domain.bidi import has_right_to_left, isolated, runs_right_to_left, stretches


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


@pytest.mark.parametrize(
    ("text", "leftwards", "pieces"),
    [
        ("Arden, 2031", False, [("Arden, 2031", False)]),
        ("نص", False, [("نص", True)]),
        ("At نص قصير, 2031", False, [("At ", False), ("نص قصير", True), (", 2031", False)]),
        ("في 2031: نص", True, [("في 2031: نص", True)]),
        ("نص Arden 5", True, [("نص ", True), ("Arden", False), (" 5", True)]),
        ("", True, []),
        ("2031", True, [("2031", True)]),
    ],
)
def test_a_text_falls_into_pieces_of_one_direction(
    text: str, leftwards: bool, pieces: list[tuple[str, bool]]
) -> None:
    assert stretches(text, leftwards=leftwards) == pieces
    assert "".join(piece for piece, _ in pieces) == text
