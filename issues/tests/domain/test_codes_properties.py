"""Whatever is typed is either understood, within the scale, or refused in words."""

from hypothesis import given
from hypothesis import strategies as st

from issues.domain.codes import MARKS, WORDS, CellKind, Code, CodeError, Ground, understand
from issues.domain.position import RedLineMention
from issues.domain.scale import letters

values = st.floats(0, 100, allow_nan=False).map(lambda value: round(value, 4))


@st.composite
def grounds(draw: st.DrawFn) -> Ground:
    """An issue with a scale or without, and an actor that stands on it somewhere, nowhere or not at all."""
    options = draw(st.one_of(st.just([]), st.lists(values, min_size=2, max_size=13, unique=True)))
    has_standing = draw(st.booleans())
    return Ground(
        {letter: value for value, letter in letters(options).items()},
        has_standing=has_standing,
        placement=draw(st.none() | values) if has_standing and options else None,
        has_red_line=has_standing and draw(st.booleans()),
    )


# Any text, and text of the characters that codes are made of, which comes closer to being one.
typed_texts = st.text() | st.text("abcmhrtwn0123456789+-−.,!/? ", max_size=8)


def read(typed: str, ground: Ground) -> Code | str:
    """The code, or the words of the refusal; anything else that is raised fails the test."""
    try:
        return understand(typed, ground)
    except CodeError as error:
        return str(error)


@given(typed_texts, grounds())
def test_any_text_is_understood_within_the_scale_or_refused_in_words(typed: str, ground: Ground) -> None:
    code = read(typed, ground)

    assert code
    if isinstance(code, str):
        return
    assert code.value is None or 0 <= code.value <= 100
    assert (code.value is not None) == (code.kind == CellKind.PLACED)
    if code.letter:
        assert ground.options[code.letter] == code.value
    if code.red_line == RedLineMention.DROPPED:
        assert ground.has_red_line


@given(grounds(), st.sampled_from(["", "!", "?", "!?", "?!"]))
def test_every_letter_of_the_options_comes_back(ground: Ground, marks: str) -> None:
    for letter, value in ground.options.items():
        code = understand(letter.upper() + marks, ground)
        assert (code.letter, code.value) == (letter, value)
        assert (code.red_line == RedLineMention.DECLARED, code.low_confidence) == ("!" in marks, "?" in marks)


@given(st.sampled_from([*WORDS, "a", "45", "+5"]), grounds(), st.text(MARKS, min_size=1, max_size=4))
def test_marks_never_change_what_the_code_says(word: str, ground: Ground, marks: str) -> None:
    plain, marked = read(word, ground), read(word + marks, ground)

    if isinstance(marked, str) or isinstance(plain, str):
        return
    assert (marked.kind, marked.value, marked.letter) == (plain.kind, plain.value, plain.letter)
