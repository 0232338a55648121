"""Whether anything got slower, told by ratio."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from issues.management.bench.compare import FLOOR, SLOWER, NotAlike, compare
from issues.management.bench.results import CLOCK, load, write
from issues.tests.bench.runs import LARGE, SMALL, line, run


def test_a_line_that_takes_half_as_many_yardsticks_more_got_slower() -> None:
    found = compare(run(line("a", 20.0, 20.0), line("b", 20.0)), run(line("a", 20.0, 31.0), line("b", 29.0)))
    assert [(one.line.name, one.size, round(one.times, 2)) for one in found.slower] == [("a", LARGE, 1.55)]
    assert found.figures == 3


def test_a_machine_that_is_slower_in_all_is_no_regression() -> None:
    assert not compare(run(line("a", 20.0)), run(line("a", 80.0, yard=40.0))).slower


def test_a_line_as_slow_as_before_on_a_faster_machine_is_one() -> None:
    assert compare(run(line("a", 20.0)), run(line("a", 20.0, yard=5.0))).slower[0].times == pytest.approx(2)


def test_what_is_below_the_floor_is_noise() -> None:
    less, more = FLOOR / (SLOWER - 1) - 0.5, FLOOR / (SLOWER - 1) + 0.5
    assert not compare(run(line("a", less)), run(line("a", SLOWER * less))).slower
    assert compare(run(line("a", more)), run(line("a", SLOWER * more))).slower


def test_the_slowest_is_told_first() -> None:
    found = compare(
        run(line("a", 20.0), line("b", 20.0), line("c", 20.0)),
        run(line("a", 40.0), line("b", 90.0), line("c", 60.0)),
    )
    assert [one.line.name for one in found.slower] == ["b", "c", "a"]


def test_alternatives_are_not_judged() -> None:
    was, now = line("loop", 20.0, beside="a"), line("loop", 200.0, beside="a")
    found = compare(run(line("a", 20.0), was), run(line("a", 20.0), now))
    assert (found.figures, found.slower, found.gone) == (1, [], [])


def test_what_is_not_measured_any_more_is_told() -> None:
    found = compare(run(line("a", 20.0), line("b", 1.0)), run(line("a", 20.0)))
    assert found.gone == ["Reading a process: b"]


def test_sizes_that_one_run_alone_has_are_left_out() -> None:
    assert compare(run(line("a", 20.0, 20.0)), run(line("a", 20.0))).figures == 1


def test_by_the_clock_where_the_processors_of_one_are_not_known() -> None:
    was, now = line("a", 20.0), line("a", 20.0)
    now.at[SMALL] = replace(now.at[SMALL], processor=None, yard_processor=None, clock=90.0)
    assert compare(run(was), run(now)).slower[0].times == pytest.approx(90 / 40)


def test_a_line_that_is_judged_by_the_clock_is_compared_by_it() -> None:
    was, now = line("a", 20.0, by=CLOCK), line("a", 20.0, by=CLOCK)
    now.at[SMALL] = replace(now.at[SMALL], clock=80.0)
    assert compare(run(was), run(now)).slower[0].times == pytest.approx(2)


def test_runs_on_two_databases_are_not_compared() -> None:
    with pytest.raises(NotAlike, match="sqlite, the other on postgresql"):
        compare(run(line("a", 1.0)), run(line("a", 1.0), database="postgresql"))


def test_runs_without_a_common_line_are_not_compared() -> None:
    with pytest.raises(NotAlike, match="no figure in common"):
        compare(run(line("a", 1.0)), run(line("b", 1.0)))


def test_a_run_is_read_as_it_was_written(tmp_path: Path) -> None:
    one = run(line("a", 20.0, 30.0, note="of “this”"))
    write(one, tmp_path / "new" / "sqlite.json")
    assert load(tmp_path / "new" / "sqlite.json") == one


@pytest.fixture
def kept(tmp_path: Path) -> Any:
    """Keeps runs in files."""

    def keep(name: str, *lines: Any, **how: Any) -> str:
        write(run(*lines, **how), tmp_path / name)
        return str(tmp_path / name)

    return keep


def test_the_command_fails_and_names_what_got_slower(kept: Any, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = kept("a.json", line("a", 20.0), line("b", 20.0)), kept("b.json", line("a", 40.0))
    with pytest.raises(CommandError, match="1 of 1 figures got slower"):
        call_command("bench_check", before, after)
    told = capsys.readouterr().out
    assert (
        "2.0 × as slow: Reading a process: a, 10,000 positions (2.00 yardsticks before, 4.00 after)" in told
    )
    assert "Not measured any more, or at another size: Reading a process: b" in told


def test_the_command_says_that_nothing_got_slower(kept: Any, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("bench_check", kept("a.json", line("a", 20.0)), kept("b.json", line("a", 25.0)))
    assert "None of 1 figures got 1.5 × as slow" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"lines": [{}], "made": {}}'])
def test_the_command_says_what_is_no_run(kept: Any, tmp_path: Path, text: str) -> None:
    (tmp_path / "other.json").write_text(text)
    with pytest.raises(CommandError, match="cannot be compared"):
        call_command("bench_check", kept("a.json", line("a", 1.0)), str(tmp_path / "other.json"))
    with pytest.raises(CommandError, match="cannot be compared"):
        call_command("bench_check", kept("a.json", line("a", 1.0)), str(tmp_path / "none.json"))
