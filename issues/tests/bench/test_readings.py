"""The world that is measured, and the ways to read it, which have to give one answer."""

from typing import Any

import pytest

from issues.management.bench import readings as ways
from issues.management.bench.data import before_corrections, make_world, measured
from issues.management.bench.timing import FEWEST, MOST, Case, timed
from issues.models import Evidence, Position, Process, Source
from issues.queries.reading.process import read

pytestmark = pytest.mark.django_db

SOME = 450


def answers(process: Process) -> list[tuple[int, float | None]]:
    """What was stated in a process, in the order in which it was stored."""
    stored = Position.objects.filter(issue__process=process).order_by("pk")
    return [(one.pk, one.placement) for one in stored.select_related("option")]


def test_a_world_grows_and_what_is_there_stays() -> None:
    make_world(SOME)
    first = answers(measured())
    make_world(SOME + 50)
    assert answers(measured()) == first
    assert (Position.objects.count(), Process.objects.count()) == (SOME + 50, 2)
    make_world(SOME)
    assert Process.objects.count() == 2


def test_a_world_has_what_a_record_has() -> None:
    make_world(SOME)
    stated = Position.objects.filter(state="stated")
    assert set(Position.objects.values_list("state", flat=True)) == {"stated", "silent", "withdrawn"}
    assert Evidence.objects.count() == Position.objects.exclude(state="silent").count()
    assert stated.filter(red_line="declared").exists()
    assert stated.filter(salience__isnull=False).exists()
    sources = Source.objects.all()
    assert len({one.title for one in sources}) == len(sources) > 1
    assert len({one.publisher for one in sources}) > 1


def test_what_was_known_before_the_corrections_is_all_and_other() -> None:
    make_world(SOME)
    process = measured()
    then, now = read(process, before_corrections(process)), read(process)
    assert len(then.entries) == len(now.entries) == SOME
    was = {one.id: one.placement for one in then.entries}
    differing = [one.id for one in now.entries if one.placement != was[one.id]]
    assert len(differing) == Position.history.filter(history_type="~").count() > 0


def test_all_ways_give_one_answer(settings: Any) -> None:
    settings.PUBLIC_READ = True
    make_world(SOME)
    assert len(ways.readings(measured())) + len(ways.others(measured())) == 10


def test_a_way_that_gives_another_answer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    make_world(SOME)
    monkeypatch.setattr(ways, "standing", lambda process: {})
    with pytest.raises(ways.OtherAnswer, match="what stands"):
        ways.readings(measured())


def test_what_nobody_corrected_is_nothing_to_look_back_on(monkeypatch: pytest.MonkeyPatch) -> None:
    make_world(SOME)
    process = measured()
    after = Position.history.filter(history_type="~").latest("history_date").history_date
    monkeypatch.setattr(ways, "before_corrections", lambda process: after)
    with pytest.raises(ways.OtherAnswer, match="cannot be told apart"):
        ways.readings(process)


def test_a_case_is_run_in_turns_with_its_yardstick() -> None:
    done: list[str] = []

    def run() -> None:
        done.append("run")
        Process.objects.count()

    case = Case("a", run, prepare=lambda: done.append("prepare"))
    figure = timed(case, lambda: done.append("yard"))
    assert figure.queries == 1
    assert done[:5] == ["prepare", "run", "prepare", "yard", "run"]
    assert FEWEST + 1 <= done.count("run") <= MOST + 1
    assert figure.clock > 0
    assert figure.processor is not None
