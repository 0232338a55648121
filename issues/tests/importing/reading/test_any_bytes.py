"""Whatever the bytes are, they give a table or an error with its place, and no other exception."""

import csv
import io
import zipfile

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from issues.importing.reading import ENCODINGS, Grid, ReadError, guess_head, read, table
from issues.tests.importing.workbooks import workbook

TRIED = settings(
    max_examples=300, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
WORKBOOK = workbook(["issue", "actor", 5], ["flow", "Arden", 2.5], ["data", None, True])
words = st.sampled_from(
    [",", ";", "\t", '"', "\n", "\r", "a", "é", "Ж", "5", "\ufeff", "\x1f", "\x00", "=A1"]
)


def read_whole(data: bytes, **how: str) -> Grid | None:
    """The grid, and the table in it; None where it was refused."""
    refusal = None
    try:
        grid = read(data, **how)
        table(grid, guess_head(grid))
    except ReadError as error:
        refusal = error
    if refusal is None:
        return grid
    assert str(refusal)
    assert refusal.row is None or refusal.row > 0
    return None


@TRIED
@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00")
@example(b"\xff\xfe\x00\xd8")
@example(b"PK\x03\x04")
@example(b"PK\x05\x06" + b"\x00" * 18)
def test_any_bytes(data: bytes) -> None:
    read_whole(data)


@TRIED
@given(st.lists(words, max_size=60).map("".join), st.sampled_from(["utf-8", "utf-16", "cp1251", "gb18030"]))
def test_any_text_in_any_encoding(text: str, encoding: str) -> None:
    read_whole(text.encode(encoding, "replace"))


@TRIED
@given(st.binary(max_size=60), st.sampled_from(ENCODINGS))
def test_any_bytes_in_an_encoding_that_was_chosen(data: bytes, encoding: str) -> None:
    read_whole(data, encoding=encoding)


@TRIED
@given(st.integers(0, len(WORKBOOK) - 1), st.binary(min_size=1, max_size=8))
def test_a_workbook_with_any_damage(place: int, damage: bytes) -> None:
    read_whole(WORKBOOK[:place] + damage + WORKBOOK[place + len(damage) :])


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


PARTS = parts_of(WORKBOOK)


@TRIED
@given(st.sampled_from(sorted(PARTS)), st.data())
def test_a_workbook_with_damage_within_a_part(name: str, drawn: st.DataObject) -> None:
    content = PARTS[name]
    place = drawn.draw(st.integers(0, max(len(content) - 1, 0)))
    damage = drawn.draw(st.binary(min_size=1, max_size=6) | st.sampled_from([b"", b"<", b"9" * 30, b"ZZZ9"]))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for other, old in PARTS.items():
            made.writestr(other, old[:place] + damage + old[place + 1 :] if other == name else old)

    read_whole(held.getvalue())


@TRIED
@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\x1f"), max_size=8),
            min_size=2,
            max_size=4,
        ),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from([",", ";", "\t"]),
)
def test_what_is_written_is_read_the_same(rows: list[list[str]], delimiter: str) -> None:
    held = io.StringIO()
    csv.writer(held, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    filled = [row for row in rows if any(row)]

    grid = read_whole(held.getvalue().encode(), encoding="utf-8", delimiter=delimiter)

    if filled:
        width = max(map(len, rows))
        seen = read(held.getvalue().encode(), encoding="utf-8", delimiter=delimiter).rows
        padded = [[*row.cells, *[""] * (width - len(row.cells))] for row in seen]
        assert padded == [[*row, *[""] * (width - len(row))] for row in filled]
    else:
        assert grid is None
