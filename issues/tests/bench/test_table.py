"""The page of benchmarks, out of runs."""

from pathlib import Path

from django.core.management import call_command

from issues.management.bench.bounds import BOUNDS, Measured
from issues.management.bench.results import (
    ADMIN,
    AGAIN,
    CHANGED,
    CLOCK,
    DEEP,
    FIRST,
    HEALTH,
    HTTP,
    KNOWN,
    MATRIX,
    READ,
    READING,
    REMEMBERED,
    SEARCH,
    SECOND,
    STANDS,
    Run,
    write,
)
from issues.management.bench.table import table
from issues.tests.bench.runs import LARGE, SMALL, figure, line, run


def measured(words: str, of: Run) -> Measured | None:
    """What a run says to the bound whose words begin so."""
    (bound,) = [one for one in BOUNDS if one.words.startswith(words)]
    return bound.measure(of)


def rows(page: str, name: str) -> list[list[str]]:
    """The cells of the rows of a page that begin with a name."""
    split = [[cell.strip() for cell in row.split("|")[1:-1]] for row in page.splitlines() if row[:1] == "|"]
    return [cells for cells in split if cells[0].startswith(name)]


def test_both_databases_stand_beside_each_other() -> None:
    page = table(
        [run(line("x", 20.0, 30.0)), run(line("x", 40.0, 50.0), database="postgresql", sizes=(SMALL, LARGE))]
    )
    assert "- SQLite, 2030-01-02: database 3.50, Django 5.2; 2 processors, 8 GB. Positions made: " in page
    heads = [row for row in rows(page, "what") if row[0] == "what"][1]
    assert heads[2:6] == ["SQLite, 10,000", "SQLite, 100,000", "÷", "100,000 ÷ 10,000"]
    assert heads[6] == "PostgreSQL, 10,000"
    assert rows(page, "x") == [["x", "5", "20.0", "30.0", "3", "1.5", "40.0", "50.0", "5", "1.2"]]


def test_what_one_database_alone_measured_leaves_the_other_empty() -> None:
    page = table([run(line("x", 20.0)), run(line("y", 40.0), database="postgresql")])
    assert rows(page, "x")[0][2:] == ["20.0", "2", "", ""]
    assert rows(page, "y")[0][2:] == ["", "", "40.0", "4"]


def test_an_alternative_says_what_it_leaves_out_once() -> None:
    page = table([run(line("a", 20.0), *(line(name, 2.0, beside="a", note="leaves out x") for name in "bc"))])
    assert [row[0] for row in rows(page, "&nbsp;")] == [f"&nbsp;&nbsp;instead: {name} [1]" for name in "bc"]
    assert page.count("1. Leaves out x.") == 1


def test_alternatives_stand_below_what_they_are_beside() -> None:
    page = table([run(line("x", 1.0), line("y", 1.0), line("z", 1.0, beside="x"))])
    names = [cells[0] for cells in rows(page, "")[-3:]]
    assert names == ["x", "&nbsp;&nbsp;instead: z", "y"]


def test_a_group_by_the_clock_says_so_and_counts_by_it() -> None:
    page = table([run(line(HEALTH, 20.0, group=HTTP, by=CLOCK))])
    assert f"## {HTTP} (by the clock)" in page
    assert rows(page, HEALTH)[0][2:] == ["40.0", "2"]


def test_queries_that_differ_are_told_from_the_fewest_to_the_most() -> None:
    one = line("x", 20.0, 20.0)
    one.at[LARGE] = figure(20.0, queries=9)
    assert rows(table([run(one)]), "x")[0][1] == "5 to 9"


def test_a_bound_that_is_missed_stands_out() -> None:
    page = table([run(line(READ, 20.0, 31.0), line(STANDS, 10.0, 10.0))])
    assert rows(page, f"read and fold ÷ {STANDS}")[0][1:] == ["3 ×", "**3.1 ×** missed"]


def test_a_bound_that_is_held_does_not() -> None:
    page = table([run(line(READ, 20.0, 30.0), line(STANDS, 10.0, 10.0))])
    assert rows(page, f"read and fold ÷ {STANDS}")[0][1:] == ["3 ×", "3 ×"]


def test_bounds_of_which_nothing_was_measured_say_so() -> None:
    assert {row[2] for row in rows(table([run()]), "")[2 : 2 + len(BOUNDS)]} == {"not measured"}


def test_one_line_by_another_is_told_in_yardsticks_of_its_own_minutes() -> None:
    known = line(KNOWN, 30.0, 60.0, yard=20.0)
    assert measured("as known on a day", run(line(READ, 30.0, 30.0), known)) == Measured(1.0)
    some = run(line(READ, 30.0, 30.0), line(CHANGED, 20.0, 20.0), line(REMEMBERED, 1.0, 1.0))
    assert measured(f"read and fold ÷ {CHANGED}", some) == Measured(1.5)
    assert measured("the same from memory", some) == Measured(0.1)


def test_the_slowest_page_over_http_is_named() -> None:
    pages = [("a", 12.0), ("b", 14.0)]
    again = [line(f"{name}, {AGAIN}", cost, cost, group=HTTP) for name, cost in pages]
    second = [line(f"{name}, {SECOND}", cost, cost, group=HTTP) for name, cost in pages]
    of = run(*again, *second)
    assert measured(f"the slowest page over HTTP, {AGAIN}", of) == Measured(1.4, f"b, {AGAIN}")
    assert measured(f"the slowest page over HTTP, {SECOND}", of) == Measured(1.4, f"b, {SECOND}")


def test_what_grew_most_is_named() -> None:
    of = run(line("a", 10.0, 12.0, group=ADMIN), line("b", 10.0, 40.0, group=ADMIN))
    assert measured("what grew most of “The admin”", of) == Measured(4.0, "b")
    assert measured("what grew most of “The admin”", run(line("a", 1.0, group=ADMIN), sizes=(SMALL,))) is None


def test_searches_are_bound_in_milliseconds_and_by_how_they_grew() -> None:
    pages = [line("home page", 500.0, 900.0, group=SEARCH), line("search, x", 20.0, 50.0, group=SEARCH)]
    assert measured("the slowest search", run(*pages)) == Measured(50.0, "search, x")
    assert measured("the search that grew most", run(*pages)) == Measured(2.5, "search, x")


def test_pages_that_ask_more_at_another_size_are_counted() -> None:
    more = line("b", 20.0, 20.0, group=FIRST)
    more.at[LARGE] = figure(20.0, queries=6)
    of = run(line("a", 20.0, 20.0, group=FIRST), more)
    assert measured("pages, forms and lists that ask more", of) == Measured(1, "b")


def test_the_deep_process_is_bound_in_milliseconds() -> None:
    deep = line(MATRIX, 20.0, group=DEEP)
    deep.at = {LARGE: figure(1500.0)}
    assert measured("deep process: matrix page, first reader", run(deep)) == Measured(1500.0)
    assert measured("deep process: matrix page, next reader", run(deep)) is None


def test_many_at_once_and_a_file_are_told_where_they_were_measured() -> None:
    of = run(line("a", 20.0))
    assert "people at once" not in table([of])
    of.beside = {
        "load": {"people": 20, "seconds": 16.0, "cell": [80.0, 900], "row": [40.0, 1800]},
        "readers": {
            "readers": 200,
            "writers": 20,
            "seconds": 60.0,
            "alone": {"half": 6.0, "p95": 20.0, "answered": 6_000},
            "beside": {"half": 7.0, "p95": 50.0, "answered": 5_000},
            "changed": {"half": 8.0, "p95": 200.0, "answered": 4_000},
        },
        "memory": {
            **dict(zip(("began", "first", "last", "most"), (140.0, 200.0, 204.0, 209.0), strict=True)),
            "pages": 10_000,
            "after": 2_000,
        },
        "file": {
            **dict(zip(("planned", "stored", "undone", "alone"), (5.0, 10.0, 4.0, 20.0), strict=True)),
            **dict(zip(("idle", "storing", "undoing"), (0.1, 0.5, 0.25), strict=True)),
            **dict(zip(("positions", "amid", "answered"), (10_000, 5_000, 1234), strict=True)),
            **dict(zip(("before", "peak", "large"), (119.0, 291.0, 100_000), strict=True)),
        },
    }
    page = table([of])
    assert rows(page, "a cell of the log sheet") == [["a cell of the log sheet", "900", "80.0", "2"]]
    assert rows(page, "store it") == [["store it, as one change set", "10.0", "1,000", "2"]]
    assert "(1,234 cells, none refused)" in page
    assert "takes 291 MB at most (resident), 119 of which" in page
    assert rows(page, "20 people at the log") == [["20 people at the log sheet", "5,000", "7", "50.0", "2.5"]]
    assert rows(page, "10,000 pages") == [["10,000 pages", "204"]]
    assert measured("p95 of 200 readers", of) == Measured(2.5)
    assert measured("memory of a process", of) == Measured(1.02)


def test_the_command_writes_the_page_of_all_runs(tmp_path: Path) -> None:
    write(run(line("a", 20.0)), tmp_path / "sqlite.json")
    write(run(line("a", 20.0), database="postgresql"), tmp_path / "postgresql.json")
    call_command("bench_table", tmp_path / "page.md", tmp_path / "sqlite.json", tmp_path / "postgresql.json")
    page = (tmp_path / "page.md").read_text()
    assert page.startswith("# Benchmarks\n")
    assert "- PostgreSQL" in page
    assert READING in page
