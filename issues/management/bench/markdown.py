"""Tables of Markdown, and the figures in them. No Django."""

from collections.abc import Iterable, Sequence


def rows(heads: Sequence[str], cells: Iterable[Sequence[str]]) -> str:
    """A table: words at the left, figures at the right."""
    marks = ["---", *["---:"] * (len(heads) - 1)]
    return "".join(f"| {' | '.join(row)} |\n" for row in (heads, marks, *cells))


def number(value: float) -> str:
    """A figure as exactly as it can be believed."""
    return f"{value:,.0f}" if value >= 100 else f"{value:,.1f}" if value >= 10 else f"{value:.2g}"
