"""Every change set is filed under the processes that it touches, with what it was about."""

import pytest

from issues.history import ChangeSet, ProcessChange, Record, Way, recording
from issues.models import RECORDS, Evidence, Participation, Place, Process, Source, Statement
from issues.queries.history.rows import history
from issues.queries.history.scope import scope
from issues.tests.acts import add, correct, remove
from issues.tests.factories import make_actor, make_office, make_process, make_statement
from issues.tests.universe import Universe


def filed(process: Process) -> list[tuple[str, str, dict[str, dict[str, int]]]]:
    """Reason, subject and counts of what touched a process, in order."""
    changes = (
        ProcessChange.objects.filter(process=process).select_related("change_set").order_by("change_set_id")
    )
    return [(item.change_set.reason, item.subject, item.written) for item in changes]


def by_scope(process: Process) -> dict[int, int]:
    """How many records each change set wrote in a process, counted from every history."""
    found: dict[int, int] = {}
    for model, only in scope(process).items():
        written = history(model).filter(only).values_list("change_set_id", "history_type", "id")
        for key, _, _ in written.order_by().distinct():
            found[key] = found.get(key, 0) + 1
    return found


def test_what_is_filed_is_what_all_histories_together_say(universe: Universe) -> None:
    stored = {
        item.change_set_id: sum(sum(how.values()) for how in item.written.values())
        for item in ProcessChange.objects.filter(process=universe.process)
    }

    assert stored == by_scope(universe.process)
    assert len(stored) > 1


def test_a_correction_says_which_record_by_its_name_as_of_then(universe: Universe) -> None:
    position = universe.at("arden", "flow", "ford")
    name = str(position)
    correct(position, {"note": "Read again."}, by=universe.coder, reason="Read.")
    correct(universe.arden, {"short_name": "Ardenia"}, by=universe.coder, reason="Renamed.")

    assert filed(universe.process)[-2:] == [
        ("Read.", name, {"position": {"~": 1}}),
        ("Renamed.", "Ardenia", {"actor": {"~": 1}}),
    ]


def test_a_source_belongs_to_a_process_from_its_first_change_set_once_it_is_cited(universe: Universe) -> None:
    source = add(
        Source(key="late", title="Late", publisher="L", kind="news"), by=universe.coder, reason="Found."
    )
    before = [reason for reason, *_ in filed(universe.process)]
    assert before
    assert "Found." not in before

    with recording(by=universe.coder, reason="Cited.", kind=Way.PAGE):
        statement = Statement(source=source, ref="s1", quote="Yes.", organ=universe.arden)
        statement.save()
        Evidence(statement=statement, position=universe.at("arden", "flow", "ford")).save()

    told = {reason: written for reason, _, written in filed(universe.process)}
    assert told["Found."] == {"source": {"+": 1}}
    assert told["Cited."] == {"statement": {"+": 1}, "evidence": {"+": 1}}


def test_of_one_sitting_each_process_has_its_own_part(universe: Universe) -> None:
    with recording(by=universe.coder, reason="Both."):
        other = make_process(slug="other")
        Participation(process=other, actor=universe.arden, role="party").save()
        universe.arden.short_name = "Ard"
        universe.arden.save()

    assert filed(universe.process)[-1] == ("Both.", "Ard", {"actor": {"~": 1}})
    reason, _, written = filed(other)[-1]
    assert (reason, written) == (
        "Both.",
        {"process": {"+": 1}, "participation": {"+": 1}, "actor": {"~": 1}},
    )
    # The history of the actor came along with it.
    assert len(filed(other)) == ChangeSet.objects.filter(pk__in=by_scope(other)).count()


def test_what_belongs_to_no_process_is_filed_nowhere(universe: Universe) -> None:
    before = ProcessChange.objects.count()

    add(Place(name="Nowhere"), by=universe.coder, reason="For later.")
    with recording(by=universe.coder, reason="Elsewhere."):
        make_actor(name="A stranger")
        make_statement()

    assert ProcessChange.objects.count() == before


def test_removing_and_restoring_are_filed_too(universe: Universe) -> None:
    position = universe.at("arden", "flow", "weir")
    name = str(position)

    remove(position, by=universe.coder, reason="Entered twice.")

    reason, subject, written = filed(universe.process)[-1]
    assert (reason, subject, written["position"]) == ("Entered twice.", name, {"-": 1})


@pytest.mark.parametrize("model", RECORDS)
def test_every_kind_of_record_leads_to_its_process(universe: Universe, model: type[Record]) -> None:
    with recording(by=universe.coder, reason="What the universe lacks."):
        make_office(actor=universe.arden)
    record = next(item for item in model._default_manager.order_by("pk") if _is_of(universe, item))
    with recording(by=universe.coder, reason="Touched."):
        record.save()

    assert filed(universe.process)[-1][0] == "Touched."


def _is_of(universe: Universe, record: object) -> bool:
    only = scope(universe.process)[type(record)]  # type: ignore[index]
    return history(type(record)).filter(only, id=record.pk).exists()  # type: ignore[arg-type,attr-defined]
