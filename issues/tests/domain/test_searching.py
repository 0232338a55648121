"""What search finds: any three signs of any script, shorter words at their start, names nearly so."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from issues.domain.searching import (
    actor_behind,
    grams,
    is_similar,
    key_of,
    names_in,
    needle,
    person_behind,
    pieces,
    spaced,
    whole_name,
    words_of,
)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("rive", "The Drivers"),
        ("ԵՐԵՎ", "Երևան երեվան"),
        ("თბილ", "თბილისი"),
        ("سلام", "والسلام عليكم"),
        ("خواه", "می\u200cخواهم"),
        ("中", "在中国"),
        ("中国", "在中国人民"),
        ("日本", "日本の"),
        ("eu", "The (EU) says"),
        ("eu", "European"),
        ("a", "Plan A."),
        ("naïve", "NAIVE"),
        ("%", "5 % more"),
        ("🕊", "a 🕊️ of"),
        ("mirror.example", "https://mirror.example/x"),
        ("c++", "in C++."),
    ],
)
def test_it_is_found(typed: str, text: str) -> None:
    assert all(needle(word) in key_of([], [text]) for word in words_of(typed))


@pytest.mark.parametrize(
    ("typed", "text"), [("eu", "neutral"), ("a", "and"), ("river", "rivet"), ("中", "国"), ("x", "")]
)
def test_it_is_not_found(typed: str, text: str) -> None:
    assert not all(needle(word) in key_of([], [text]) for word in words_of(typed))


@pytest.mark.parametrize("typed", ["", "  ", "“”", ",", "\u200f", "\u202e\u200b", "\ue000\ue100\ue101"])
def test_what_shows_nothing_is_no_word(typed: str) -> None:
    assert words_of(typed) == []


@given(st.text(max_size=20), st.text(max_size=20))
@example("(EU)", "b")
@example("ﷺ", "")
def test_every_word_is_found_in_its_own_text(before: str, word: str) -> None:
    text = f"{before} {word}"
    assert all(needle(one) in key_of([], [text]) for one in words_of(text))
    assert all(len(needle(one)) >= 3 for one in words_of(text))


@given(st.text(min_size=3, max_size=40))
def test_the_grams_of_a_needle_cover_it_and_are_in_it(text: str) -> None:
    found = grams(text)
    assert all(len(gram) == 3 and gram in text for gram in found)
    assert set(text) == set("".join(found))


@given(st.text(max_size=30))
def test_a_spaced_text_stays_as_it_is_spaced(text: str) -> None:
    assert spaced(spaced(text)) == spaced(text)
    assert not {"\n", "\t", "\x01", "\x00"} & set(spaced(text))


def test_names_are_told_apart_from_other_words() -> None:
    key = key_of(["Mira Sol", "", "Мира Сол", "mira sol"], ["Sol of Lenna", None, ""])
    assert names_in(key) == ["mira sol", "мира сол"]
    assert whole_name("MIRA SÓL") in key
    assert whole_name("mira") not in key
    assert whole_name("sol of lenna") not in key
    assert key_of([""], ["", None]) == ""


def test_who_is_behind_words_is_no_word_of_a_text() -> None:
    key = key_of([], ["x"], [person_behind(7), actor_behind(70_000)])
    assert person_behind(7) in key
    assert actor_behind(70_000) in key
    assert actor_behind(7) not in key
    assert person_behind(7) not in key_of([], [person_behind(7)])
    with pytest.raises(ValueError, match="beyond"):
        person_behind(1 << 40)


@pytest.mark.parametrize(
    ("typed", "name", "is_meant"),
    [
        ("Bellmar", "Belmar", True),
        ("Belmra", "Belmar", True),
        ("Belma", "Belmar", True),
        ("Pashinian", "Nikol Pashinyan", True),
        ("Pasinian", "Pashinyan", True),
        ("Pasiniam", "Pashinyan", False),
        ("Mira Soll", "Mira Sol", True),
        ("Mirra Sol", "Mira Sol", True),
        ("sol", "Sal", False),
        ("Beklar", "Belmar", False),
        ("მირა", "მირო", True),
    ],
)
def test_a_name_may_be_written_otherwise_by_few_signs(typed: str, name: str, is_meant: bool) -> None:
    assert is_similar(typed, name) is is_meant


@given(
    st.text("abcdef", min_size=4, max_size=14),
    st.integers(0, 13),
    st.sampled_from(["more", "fewer", "another"]),
    st.sampled_from("xyz"),
)
def test_a_part_of_the_word_is_in_what_is_written_otherwise(word: str, at: int, how: str, sign: str) -> None:
    at %= len(word)
    other = word[:at] + ("" if how == "fewer" else sign) + word[at + (how != "more") :]
    assert is_similar(word, other)
    assert any(piece in f" {other} " for piece in pieces(word))
    assert all(len(piece) >= 3 for piece in pieces(word))
