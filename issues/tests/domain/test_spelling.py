"""One name in two spellings is noticed; two names are kept apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.domain.spelling import folded, found_in, is_unseen, search_key


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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Xankəndi", "xankendi"),
        ("ÉCOLE", "ecole"),
        ("İstanbul", "istanbul"),
        ("Diyarbakır", "diyarbakir"),
        ("ԵՐԵՎԱՆ", "երեվան"),
        ("Straße", "STRASSE"),
        ("Łódź", "lodz"),
        ("Þór", "thor"),
    ],
)
def test_a_search_finds_what_other_keyboards_type(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)


@pytest.mark.parametrize(("text", "key"), [("ВАНЯ ваня", "ваня ваня"), ("Ḩəḩ", "heh"), ("東京", "東京")])
def test_a_search_key_keeps_every_letter_each_time_it_occurs(text: str, key: str) -> None:
    assert search_key(text) == key


@pytest.mark.parametrize(
    ("text", "word", "marked"),
    [
        ("The River Lenna", "river", ["River"]),
        ("Rivers and rivers", "river", ["River", "river"]),
        ("É́cole", "ecole", ["É́cole"]),
        ("in Xankəndi.", "xankendi", ["Xankəndi"]),
        ("Straßen", "strasse", ["Straße"]),
        ("nothing here", "river", []),
        ("ananas", "ana", ["ana"]),
        ("", "x", []),
        ("a.b", ".", ["."]),
    ],
)
def test_what_was_found_is_marked_as_it_is_written(text: str, word: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in found_in(text, [word])] == marked


@given(st.text(max_size=40), st.lists(st.text(max_size=5), max_size=3))
def test_places_lie_in_the_text_in_order_and_apart(text: str, words: list[str]) -> None:
    places = found_in(text, [search_key(word) for word in words])
    ends = [0, *(end for _, end in places)]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(start > end or end == 0 for (start, _), end in zip(places, ends, strict=False))


@given(st.text(max_size=60))
def test_a_text_is_found_in_itself(text: str) -> None:
    key = search_key(text)
    if key:
        assert found_in(text, [key])


@pytest.mark.parametrize(
    "text", [" ", "\t\n", "\u200b", "\ufeff\u200e", "\u3164", "\u2800\u115f", "\ufe0f", "\u00ad"]
)
def test_a_text_without_a_visible_sign_is_unseen(text: str) -> None:
    assert is_unseen(text)


@pytest.mark.parametrize("text", ["", "a", " a ", "\u200bա", "ก", "🕊️", "—", "\u0627\u200c", "0"])
def test_one_with_a_sign_or_with_nothing_in_it_is_not(text: str) -> None:
    assert not is_unseen(text)


@given(
    st.text(),
    st.characters(categories=["L", "N", "P", "S"], exclude_characters="\u115f\u1160\u2800\u3164\uffa0"),
)
def test_one_sign_is_enough(text: str, sign: str) -> None:
    assert not is_unseen(text + sign)
