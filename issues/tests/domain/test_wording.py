"""Texts compared word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.domain.wording import (
    ENDS,
    LONGEST_RUN,
    MOST_PIECES,
    Fate,
    Piece,
    moved_in_words,
    shortened,
    word_changes,
)

texts = st.lists(st.sampled_from(["dam", "flow", "half", "of", "the", "ջուր", "\n", "  "]), max_size=30).map(
    " ".join
)


def test_only_the_words_that_changed_are_marked() -> None:
    assert word_changes("Half of the flow.", "Most of the flow.") == [
        Piece(Fate.REMOVED, "Half"),
        Piece(Fate.ADDED, "Most"),
        Piece(Fate.KEPT, " of the flow."),
    ]


def test_a_text_that_appears_or_goes_is_one_piece() -> None:
    assert word_changes("", "New words.") == [Piece(Fate.ADDED, "New words.")]
    assert word_changes("Old words.", "") == [Piece(Fate.REMOVED, "Old words.")]
    assert word_changes("", "") == []


@given(texts, texts)
def test_both_texts_can_be_read_from_the_pieces(old: str, new: str) -> None:
    pieces = word_changes(old, new)
    assert "".join(piece.text for piece in pieces if piece.fate is not Fate.ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.fate is not Fate.REMOVED) == new


@given(texts)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(piece.fate is Fate.KEPT for piece in word_changes(text, text))


def test_a_text_beyond_reading_is_compared_as_one_piece() -> None:
    long = "word " * MOST_PIECES
    assert [piece.fate for piece in word_changes(long, long + "end")] == [Fate.REMOVED, Fate.ADDED]


def test_long_runs_that_stayed_are_cut_to_the_words_beside_the_change() -> None:
    same = " ".join(f"w{number}" for number in range(100))
    pieces = shortened(word_changes(f"old {same} old", f"new {same} new"))
    assert [piece.fate for piece in pieces if piece.fate is Fate.KEPT] == [Fate.KEPT]
    (kept,) = (piece.text for piece in pieces if piece.fate is Fate.KEPT)
    assert kept.split()[:2] == ["w0", "w1"]
    assert kept.split()[-1] == "w99"
    assert "…" in kept
    assert len(kept.split()) == 25


def words(first: int, last: int) -> str:
    """Numbered words, the last one too, each with the blank after it."""
    return "".join(f"w{number} " for number in range(first, last + 1))


def test_a_run_is_cut_only_beyond_the_longest_that_is_read() -> None:
    longest = Piece(Fate.KEPT, words(1, LONGEST_RUN))
    longer = Piece(Fate.KEPT, words(1, LONGEST_RUN + 1))
    change = Piece(Fate.ADDED, "new ")

    assert shortened([change, longest, change]) == [change, longest, change]
    cut = Piece(Fate.KEPT, f"{words(1, ENDS)}… {words(LONGEST_RUN + 2 - ENDS, LONGEST_RUN + 1)}")
    assert shortened([change, longer, change]) == [change, cut, change]


def test_before_the_first_change_and_after_the_last_only_the_words_beside_it_are_left() -> None:
    run, change = Piece(Fate.KEPT, words(1, 100)), Piece(Fate.REMOVED, "old ")

    assert shortened([run, change, run]) == [
        Piece(Fate.KEPT, f"… {words(101 - ENDS, 100)}"),
        change,
        Piece(Fate.KEPT, f"{words(1, ENDS)}… "),
    ]


def test_what_changed_is_never_shortened() -> None:
    pieces = [Piece(Fate.REMOVED, words(1, 100)), Piece(Fate.ADDED, words(101, 200))]
    assert shortened(pieces) == pieces
    assert shortened([]) == []


def test_a_blank_between_two_changed_words_belongs_to_the_change() -> None:
    old = "The river belongs to all who live on it."
    assert [piece.text for piece in word_changes(old, old.replace("to all", "for everyone"))] == [
        "The river belongs ",
        "to all",
        "for everyone",
        " who live on it.",
    ]


def test_another_text_is_told_whole() -> None:
    pieces = word_changes("Point 9 gives control of the transport.", "The statement names the guards.")
    assert [piece.fate for piece in pieces] == [Fate.REMOVED, Fate.ADDED]


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ((0, 7), "none of 7 positions moved on the scale"),
        ((2, 7), "2 of 7 positions moved on the scale"),
        ((0, 1), "the one position did not move on the scale"),
        ((1, 1), "the one position moved on the scale"),
        ((0, 1, 1), "no position is known to have moved on the scale"),
        ((0, 0, 2), "no position is known to have moved on the scale"),
    ],
)
def test_how_many_positions_moved_is_told_of_one_as_of_many(figures: tuple[int, ...], words: str) -> None:
    assert moved_in_words(*figures) == words
