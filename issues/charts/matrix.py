"""The matrix as one picture: a column an issue, a row an actor, each cell a scale from 0 to 100."""

from dataclasses import dataclass
from textwrap import shorten, wrap

from issues.domain.redline import RedLine
from issues.queries.pages.matrix import Matrix
from issues.queries.pages.matrix_cell import MatrixCell

NAMES = 190.0  # the width of the column of names
COLUMN = 132.0
INSET = 20.0  # room for half a chip at either end of a scale
ROW = 30.0
LINE = 15.0
CHARACTER = 6.8
MOST_LINES = 3


@dataclass(frozen=True)
class Square:
    """A cell, its scale beginning at ``x`` and ``y``: the chip at ``at``, or a word where nobody is placed.

    ``closed`` are the parts of the scale that the red line refuses (from, width), ``bounds`` its limits.
    """

    x: float
    y: float
    value: float | None
    at: float
    is_carried: bool
    word: str
    closed: list[tuple[float, float]]
    bounds: list[float]


@dataclass(frozen=True)
class MatrixPicture:
    """The picture, in the units of its viewBox."""

    width: float
    height: float
    heads: list[tuple[float, list[tuple[str, float]]]]
    rows: list[tuple[float, str]]
    squares: list[Square]
    scale: float = COLUMN - 2 * INSET


def matrix_picture(matrix: Matrix) -> MatrixPicture:
    """Lay out the matrix as of its summit."""
    broken = [_broken(issue.name) for issue in matrix.issues]
    top = max((len(lines) for lines in broken), default=1) * LINE + 10
    return MatrixPicture(
        width=NAMES + COLUMN * len(matrix.issues),
        height=top + ROW * len(matrix.rows),
        heads=[
            (NAMES + COLUMN * place + INSET, [(line, LINE * (row + 1)) for row, line in enumerate(lines)])
            for place, lines in enumerate(broken)
        ],
        rows=[
            (top + ROW * place, shorten(str(row.participation.actor), 26, placeholder="…"))
            for place, row in enumerate(matrix.rows)
        ],
        squares=[
            _square(cell, NAMES + COLUMN * column + INSET, top + ROW * line)
            for line, row in enumerate(matrix.rows)
            for column, cell in enumerate(row.cells)
        ],
    )


def _broken(name: str) -> list[str]:
    """A name in lines that a column has room for."""
    lines = wrap(name, int((COLUMN - 10) / CHARACTER)) or [""]
    return lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1]}…"]


def _square(cell: MatrixCell, x: float, y: float) -> Square:
    line = cell.red_line if cell.issue.has_scale else None
    return Square(
        x,
        y,
        cell.now,
        _along(cell.now or 0),
        is_carried=bool(cell.since or cell.placed_since),
        word=_word(cell),
        closed=_closed(line),
        bounds=[_along(limit) for limit in (line.accepts_from, line.accepts_to) if limit is not None]
        if line
        else [],
    )


def _along(value: float) -> float:
    return round(value / 100 * (COLUMN - 2 * INSET), 1)


def _closed(line: RedLine | None) -> list[tuple[float, float]]:
    if line is None:
        return []
    low, high = line.range
    return [
        (begin, round(end - begin, 1))
        for begin, end in ((0.0, _along(low)), (_along(high), _along(100)))
        if end > begin
    ]


def _word(cell: MatrixCell) -> str:
    """What stands where no number does."""
    if cell.now is not None:
        return ""
    if cell.standing.withdrawn:
        return "withdrawn"
    return "not stated" if cell.standing.is_empty else "in words"
