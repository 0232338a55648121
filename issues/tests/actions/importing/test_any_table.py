"""Any table of valid rows comes in and goes out the same, in whatever order its rows stand."""

import csv
from collections.abc import Callable
from io import StringIO
from typing import Any

from django.db import transaction
from django.http import QueryDict
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from issues.actions.importing.carry_out import File, carry_out
from issues.exports.asking import read_asked
from issues.exports.files import csv_lines
from issues.exports.tables import TABLES
from issues.history import ChangeSet
from issues.importing.item import MOVED, NEW, SAME, Plan
from issues.importing.mapping import FIELDS, Mapping
from issues.importing.opened import opened, planned
from issues.importing.stored import stored
from issues.models import Evidence, Position, Source
from issues.tests.universe import DATA, FLOW, Universe

Row = dict[str, str]
MAPPING = Mapping(make={"source": {"kind": "news"}}, values={"value": {"0": "number"}})
# What a cell may hold that is taken as it is: a spreadsheet's apostrophe before a formula is none of it.
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=30).map(str.strip)
WORDS = TEXTS.filter(lambda text: text and not text.startswith("'"))
OPTIONS = {"flow": FLOW, "data": DATA}
SCALE = st.integers(0, 400).map(lambda quarters: f"{quarters / 4:g}")
quick = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=set(Phase) - {Phase.shrink, Phase.explain},
)


@st.composite
def rows_of(draw: Callable[..., Any], issue: str, options: list[str], actor: str) -> Row:
    """One position at the spring meeting, of which nothing is on record."""
    row = {
        "issue": issue,
        "actor": actor,
        "summit": "spring",
        "state": draw(st.sampled_from(["stated", "silent"])),
    }
    row |= {"confidence": draw(st.sampled_from(["high", "moderate", "low"]))}
    row |= {name: draw(st.just("") | WORDS) for name in ("summary", "note")} | {
        "salience": draw(st.just("") | SCALE)
    }
    if row["state"] == "silent":
        return row
    row |= draw(
        st.sampled_from([{"option": option} for option in options]) | st.builds(lambda n: {"value": n}, SCALE)
    )
    low, high = sorted((draw(SCALE), draw(SCALE)), key=float)
    row |= draw(st.sampled_from([{}, {"red_line": "declared", "accepts_from": low, "accepts_to": high}]))
    row |= {name: draw(st.just("") | WORDS) for name in ("condition", "quote", "translation", "locator")}
    number = draw(st.integers(1, 3))
    row |= {"source_url": f"https://news.example/{number}", "source_title": f"Paper {number}"}
    return row | {"said_on": draw(st.sampled_from(["", "2031", "2032-03", "2032-03-09"]))}


@st.composite
def tables(draw: Callable[..., Any]) -> list[Row]:
    """Some positions, each of another actor or issue."""
    cells = [
        (actor, *of) for actor in ("arden", "belmar", "cadria") for of in (("flow", FLOW), ("data", DATA))
    ]
    chosen = draw(st.lists(st.sampled_from(cells), min_size=1, unique_by=lambda cell: cell[:2]))
    return [draw(rows_of(issue, list(options.values()), actor)) for actor, issue, options in chosen]


def plan_of(universe: Universe, content: str, mapping: Mapping = MAPPING) -> Plan:
    now = stored(universe.process)
    return planned(opened(content.encode(), mapping, now), now)


def written(rows: list[Row]) -> str:
    names = [name for name in FIELDS if any(name in row for row in rows)]
    text = StringIO()
    file = csv.DictWriter(text, names, restval="")
    file.writeheader()
    file.writerows(rows)
    return text.getvalue()


def bring_in(universe: Universe, plan: Plan) -> None:
    file = File("table.csv", "0" * 64, {})
    carry_out(plan, process=universe.process, file=file, by=universe.coder, reason="A table.")


def exported(universe: Universe, name: str, **asked: str) -> str:
    query = QueryDict(mutable=True)
    query.update(asked)
    return "".join(csv_lines(TABLES[name], read_asked(query, universe.process, TABLES[name])))


def rows_in(text: str) -> dict[tuple[str, str], Row]:
    rows = csv.DictReader(StringIO(text, newline=""))
    return {
        (row["actor_slug"], row["issue_slug"]): {name: _plain(text) for name, text in row.items()}
        for row in rows
    }


def _plain(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


def record_of(universe: Universe) -> list[Any]:
    """What the record says of the spring meeting, whatever was stored first."""
    positions = Position.objects.filter(summit=universe.spring).order_by("actor", "issue")
    said = ("actor", "issue", "state", "option", "value", "summary", "red_line", "accepts_from", "accepts_to")
    words = Evidence.objects.filter(position__summit=universe.spring).order_by(
        "position__actor", "position__issue"
    )
    return [
        *positions.values_list(*said, "salience", "condition", "basis", "confidence", "note"),
        *words.values_list("position__actor", "position__issue", "statement__quote", "statement__said_on"),
        *words.values_list("statement__locator", "statement__translation", "statement__source__url"),
        *Source.objects.order_by("url").values_list("url", "title", "publisher"),
    ]


@given(rows=tables())
@quick
def test_any_table_of_valid_rows_comes_in_and_goes_out_the_same(universe: Universe, rows: list[Row]) -> None:
    with transaction.atomic():
        plan = plan_of(universe, written(rows))
        assert {item.result for item in plan.items} <= {NEW, MOVED}, plan.problems
        bring_in(universe, plan)
        positions = rows_in(exported(universe, "positions", summit="spring"))
        evidence = rows_in(exported(universe, "evidence", summit="spring"))
        standing = rows_in(exported(universe, "standing", summit="spring"))
        assert positions.keys() == {(row["actor"], row["issue"]) for row in rows}
        for row in rows:
            cell = row["actor"], row["issue"]
            _is_told(
                row, positions[cell], ("state", "summary", "note", "salience", "confidence", "condition")
            )
            _is_told(row, positions[cell], ("red_line", "accepts_from", "accepts_to"))
            if row["state"] == "stated":
                _is_told(row, evidence[cell], ("quote", "translation", "locator", "said_on", "source_url"))
                at = positions[cell]["placement"]
                assert standing[cell]["placement"] == at == _place(row, positions[cell])
            else:
                assert cell not in evidence
        before = ChangeSet.objects.count()
        again = plan_of(universe, written(rows))
        assert {item.result for item in again.items} == {SAME}
        assert ChangeSet.objects.count() == before
        transaction.set_rollback(True)


def _is_told(row: Row, told: Row, names: tuple[str, ...]) -> None:
    assert {name: told[name] for name in names if row.get(name)} == {
        name: row[name] for name in names if row.get(name)
    }


def _place(row: Row, told: Row) -> str:
    if "value" in row:
        return row["value"]
    assert told["option"] == row["option"]
    return next(f"{value:g}" for value, label in OPTIONS[row["issue"]].items() if label == row["option"])


@given(rows=tables(), data=st.data())
@quick
def test_the_order_of_rows_does_not_matter(universe: Universe, rows: list[Row], data: st.DataObject) -> None:
    records = []
    for order in (rows, data.draw(st.permutations(rows))):
        with transaction.atomic():
            plan = plan_of(universe, written(list(order)))
            told = {item.names: (item.result, item.fields, len(item.statements)) for item in plan.items}
            bring_in(universe, plan)
            records.append((told, [str(one) for one in plan.made], record_of(universe)))
            transaction.set_rollback(True)
    assert records[0] == records[1]


def test_the_positions_that_leave_come_in_again_as_the_same(universe: Universe) -> None:
    before = ChangeSet.objects.count()
    plan = plan_of(universe, exported(universe, "positions"))

    assert [
        (item.names, item.result, item.changes, item.problems) for item in plan.items if item.result != SAME
    ] == []
    assert len(plan.items) == Position.objects.filter(issue__process=universe.process).count()
    assert not plan.changes_something
    assert ChangeSet.objects.count() == before
