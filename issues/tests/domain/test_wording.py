"""Texts compared word by word."""

from hypothesis import given
from hypothesis import strategies as st

from issues.domain.wording import MOST_PIECES, Fate, Piece, shortened, word_changes

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
