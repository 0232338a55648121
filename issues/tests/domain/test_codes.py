"""What is typed into a cell of the log sheet, and what it means: every code of the table, and marks."""

import pytest

from issues.domain.codes import LONGEST, Code, CodeError, Ground, understand
from issues.domain.codes import CellKind as Kind
from issues.domain.position import RedLineMention as Line
from issues.domain.scale import MOST_OPTIONS, letters

FIVE = {"a": 0.0, "b": 25.0, "c": 50.0, "d": 75.0, "e": 100.0}
# An actor that stands at 40 with a red line, on an issue with five options.
STANDS = Ground(FIVE, has_standing=True, placement=40.0, has_red_line=True)
# One that has only spoken; one that has never spoken; and an issue without a scale.
SPOKE = Ground(FIVE, has_standing=True)
NEW = Ground(FIVE)
TEXT = Ground({}, has_standing=True, has_red_line=True)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("r", Code(Kind.REAFFIRMED)),
        ("a", Code(Kind.PLACED, 0.0, "a")),
        ("c", Code(Kind.PLACED, 50.0, "c")),
        ("e", Code(Kind.PLACED, 100.0, "e")),
        ("45", Code(Kind.PLACED, 45.0)),
        ("0", Code(Kind.PLACED, 0.0)),
        ("100", Code(Kind.PLACED, 100.0)),
        ("33.3", Code(Kind.PLACED, 33.3)),
        (".5", Code(Kind.PLACED, 0.5)),
        ("+5", Code(Kind.PLACED, 45.0)),
        ("-10", Code(Kind.PLACED, 30.0)),
        ("+60", Code(Kind.PLACED, 100.0)),
        ("-40", Code(Kind.PLACED, 0.0)),
        ("t", Code(Kind.TEXT)),
        ("w", Code(Kind.WITHDRAWN)),
        ("n", Code(Kind.SILENT)),
    ],
)
def test_every_code_of_the_table_is_understood(typed: str, means: Code) -> None:
    assert understand(typed, STANDS) == means


@pytest.mark.parametrize(
    ("typed", "red_line", "low_confidence"),
    [
        ("c!", Line.DECLARED, False),
        ("c/", Line.DROPPED, False),
        ("c?", Line.NOT_ADDRESSED, True),
        ("c!?", Line.DECLARED, True),
        ("c?!", Line.DECLARED, True),
        ("c/?", Line.DROPPED, True),
        ("r!", Line.DECLARED, False),
        ("t/", Line.DROPPED, False),
        ("45!", Line.DECLARED, False),
        ("-5?", Line.NOT_ADDRESSED, True),
        ("n?", Line.NOT_ADDRESSED, True),
        ("w?", Line.NOT_ADDRESSED, True),
    ],
)
def test_marks_after_a_code_say_more(typed: str, red_line: Line, low_confidence: bool) -> None:
    code = understand(typed, STANDS)

    assert (code.red_line, code.low_confidence) == (red_line, low_confidence)
    assert code.kind == understand(typed.rstrip("!/?"), STANDS).kind


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("R", "r"),
        ("C!", "c!"),
        ("T", "t"),
        ("  c  ", "c"),
        ("c !", "c!"),
        ("\tc\n", "c"),
        ("+ 5", "+5"),
        ("4 5", "45"),
        ("33,3", "33.3"),
        ("0,125", "0.125"),
        ("1,00", "1"),
        ("−10", "-10"),
        ("−2,5", "-2.5"),
        # Digits of other scripts say a number as plainly.
        ("٤٥", "45"),
        ("４５", "45"),
        ("+٥", "+5"),
    ],
)
def test_case_blanks_commas_and_scripts_make_no_difference(typed: str, same: str) -> None:
    assert understand(typed, STANDS) == understand(same, STANDS)


@pytest.mark.parametrize("typed", ["", " ", "\n\t"])
def test_nothing_typed_is_no_code(typed: str) -> None:
    with pytest.raises(CodeError, match="Nothing was typed"):
        understand(typed, STANDS)


@pytest.mark.parametrize(
    ("typed", "ground", "says"),
    [
        ("r", NEW, "“r” needs a standing position; this actor has none on this issue."),
        ("R?", NEW, "“r” needs a standing position"),
        ("w", NEW, "“w” needs a standing position; this actor has none on this issue."),
        ("h", STANDS, "There is no option h: this issue has a to e."),
        ("f!", NEW, "There is no option f: this issue has a to e."),
        ("120", STANDS, "120 is outside the scale of 0 to 100."),
        ("100.01", STANDS, "100.01 is outside the scale"),
        ("+61", STANDS, "101 is outside the scale of 0 to 100."),
        ("-41", STANDS, "-1 is outside the scale of 0 to 100."),
        ("+5", SPOKE, "A step needs a standing placement; this actor has none on this issue."),
        ("-5", NEW, "A step needs a standing placement"),
        ("1,000", STANDS, "“1,000” may be thousands or a fraction; write a fraction with a point."),
        ("+1,000", STANDS, "“+1,000” may be thousands"),
        ("33,333!", NEW, "“33,333!” may be thousands"),
        ("1,000,000", STANDS, "“1,000,000” may be thousands"),
        ("45!!", STANDS, "“!” is there 2 times; once is enough."),
        ("c???", STANDS, "“?” is there 3 times"),
        ("c//", STANDS, "“/” is there 2 times"),
        ("!", STANDS, "“!” is a mark without a code; type a code before it."),
        ("?", STANDS, "“?” is a mark without a code"),
        ("c!/", STANDS, "A red line is declared (!) or dropped (/), not both."),
        ("!/", NEW, "A red line is declared (!) or dropped (/), not both."),
        ("c/", SPOKE, "No red line stands that could be dropped (/)."),
        ("n!", STANDS, "“n” says nothing of a red line; leave the mark out."),
        ("n/", STANDS, "“n” says nothing of a red line"),
        ("w!", STANDS, "“w” says nothing of a red line"),
        ("c", TEXT, "This issue has no scale: type r, t, w or n."),
        ("45", TEXT, "This issue has no scale: type r, t, w or n."),
        ("+5", TEXT, "This issue has no scale"),
        ("x" * (LONGEST + 1), STANDS, "This is too long for a code; put words into the details."),
        ("5" * 10_000, STANDS, "This is too long for a code"),
        ("r" * 10_000, NEW, "This is too long for a code"),
    ],
)
def test_a_code_that_means_nothing_here_says_why(typed: str, ground: Ground, says: str) -> None:
    with pytest.raises(CodeError) as refusal:
        understand(typed, ground)

    assert says in str(refusal.value)


@pytest.mark.parametrize(
    "typed",
    [
        "z",
        "s",
        "rr",
        "ab",
        "r5",
        "5r",
        "!c",
        "c!5",
        "1e5",
        "nan",
        "inf",
        "-inf",
        "--5",
        "+-5",
        "-",
        "+",
        ".",
        "4.",
        "4..5",
        "1.000.5",
        "0x10",
        "1_0",
        "²",
        "½",
        "ａ",
        "🙂",
        "c🙂",
        "мая",
        "أ",
        "\x00",
        "r\x00",
        "4\x005",
        "<b>",
        "'; --",
    ],
)
def test_rubbish_is_named_and_the_codes_are_told(typed: str) -> None:
    with pytest.raises(CodeError) as refusal:
        understand(typed, STANDS)

    assert str(refusal.value) == f"“{typed}” is no code. Type r, a letter, a number, t, w or n."


@pytest.mark.parametrize("typed", ["r", "t", "w", "n", "r!", "t/", "n?"])
def test_an_issue_without_a_scale_takes_the_words(typed: str) -> None:
    assert understand(typed, TEXT).value is None


@pytest.mark.parametrize("typed", ["r", "w", "r?"])
def test_words_alone_are_a_standing_position(typed: str) -> None:
    assert understand(typed, SPOKE).value is None


@pytest.mark.parametrize("count", range(2, MOST_OPTIONS + 1))
def test_every_letter_of_the_options_means_its_value(count: int) -> None:
    values = [round(100 * place / (count - 1), 4) for place in range(count)]
    by_letter = {letter: value for value, letter in letters(values).items()}

    read = {letter: understand(letter, Ground(by_letter)) for letter in by_letter}

    assert [code.value for code in read.values()] == values
    assert [code.letter for code in read.values()] == list("abcdefghijklm"[:count])


def test_a_number_on_an_option_is_a_number_and_no_letter() -> None:
    assert understand("50", STANDS) == Code(Kind.PLACED, 50.0)


def test_a_step_keeps_no_dust_of_floating_point() -> None:
    stands = Ground(FIVE, has_standing=True, placement=0.1)

    assert understand("+0.2", stands).value == 0.3
