"""Texts that a spreadsheet would take for a formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.domain.formula import as_written, defused


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+HYPERLINK(A1)", "'-2+HYPERLINK(A1)"),
        ("\t=1", "'\t=1"),
        ("\n=1", "'\n=1"),
        ("＝1+1", "'＝1+1"),
        ("＠SUM（A1）", "'＠SUM（A1）"),
        ("－2＋HYPERLINK（A1）", "'－2＋HYPERLINK（A1）"),
        ("－5 degrees", "－5 degrees"),
        ("'=1", "''=1"),
        ("-5 degrees", "-5 degrees"),
        ("+1 vote", "+1 vote"),
        ("– and then", "– and then"),
        ("'quoted'", "'quoted'"),
    ],
)
def test_a_formula_is_neutralised_and_what_begins_with_a_sign_is_left(text: str, told: str) -> None:
    assert defused(text) == told


@given(st.text("'=+-@\t\r\n＝－＠（(|![a5", max_size=6))
def test_every_text_is_read_back_to_the_letter(text: str) -> None:
    assert as_written(defused(text)) == text
