"""Terms: when a person held an office, or an actor belonged to a coalition, on record and as rows tell it."""

from collections.abc import Callable

from issues.domain.span import Period, reduced, span
from issues.importing.mapping import Said
from issues.importing.tables.group import Group, Write
from issues.importing.tables.records import ENDS, Row


def read_ends(said: Said, *columns: str) -> Row:
    """Since when and until when, as a row says it in these columns; None where it does not.

    An end before the beginning is noted as a problem.
    """
    ends: Row = {}
    for name, column in zip(ENDS, columns, strict=True):
        when = said.dates.get(column)
        ends |= {name: when.day if when else None, f"{name}_precision": when.precision if when else "day"}
    if ends["since"] and ends["until"] and span(ends["until"], ends["until_precision"]).last < ends["since"]:
        said.problem(columns[1], "lies before the beginning")
    return ends


def settle_terms(
    group: Group,
    kind: str,
    terms: list[tuple[Said, Row]],
    known: list[Row],
    *,
    is_same: Callable[[Row, Row], bool],
    belongs: Row,
    called: Callable[[Row], str],
    column: str,
) -> None:
    """Terms that are new, and those on record that a row tells otherwise.

    ``is_same`` says whether two rows are of one office or coalition, ``belongs`` what a new term refers to
    beside that, ``called`` how it is told, ``column`` in which its beginning stands. The one that begins
    when the row says is meant, or the only one where either does not say; an empty end leaves what is
    on record.
    """
    left = list(known)
    taken: list[tuple[Said, Row]] = []
    for said, term in terms:
        if any(term == other for _, other in taken):
            continue  # the same row twice
        alike = [row for row in left if is_same(row, term)]
        meant = [row for row in alike if row["since"] == term["since"]] or [
            row for row in alike if term["since"] is None or row["since"] is None
        ]
        if len(meant) > 1:
            told = ", ".join(_told(row) for row in meant)
            said.problem(column, f"is missing: on record are {told}; say which is meant")
            continue
        others = [row for row in known if is_same(row, term) and row not in meant]
        meeting = [f"one on record, {_told(row)}" for row in others if _meet(row, term)]
        meeting += [
            f"that of row {one.row}" for one, other in taken if is_same(other, term) and _meet(other, term)
        ]
        if meeting:
            said.problem(column, f"begins a term that overlaps {meeting[0]}")
            continue
        taken.append((said, term))
        if meant:
            left.remove(meant[0])
            group.compare(kind, meant[0], meant[0]["pk"], _given(term), of=f"{called(term)}, ")
        else:
            group.writes.append(Write(kind, None, None, {**belongs, **term}))
            dated = f" {_told(term)}" if term["since"] or term["until"] else ""
            group.words.append(f"{called(term)}{dated}")


def _told(row: Row) -> str:
    """Since when and until when, in words."""
    ends = [
        f"{word} {reduced(row[name], row[f'{name}_precision'])}"
        for word, name in (("from", "since"), ("until", "until"))
        if row[name]
    ]
    return " ".join(ends) or "without dates"


def _given(term: Row) -> Row:
    """The ends that a row says."""
    return {key: term[key] for name in ENDS if term[name] is not None for key in (name, f"{name}_precision")}


def _meet(row: Row, term: Row) -> bool:
    return _period(row).surely_meets(_period(term))


def _period(row: Row) -> Period:
    return Period(*(span(row[name], row[f"{name}_precision"]) if row[name] else None for name in ENDS))
