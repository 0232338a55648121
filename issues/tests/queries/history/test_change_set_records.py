"""A change set record by record: one sentence each, the fields that changed, names and not ids."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from issues.actions.take_back.undo_change_set import undo
from issues.history import ChangeSet, recording
from issues.models import Process, Summit
from issues.queries.history.change_set_records import RECORDS_A_PAGE, Edit, edits
from issues.queries.history.change_sets import summaries
from issues.queries.reading.people import EVERYONE
from issues.queries.reading.process import read
from issues.tests.acts import add, correct, remove
from issues.tests.universe import Universe

pytestmark = pytest.mark.django_db


def opened(universe: Universe, page: int = 1, *, pk: int | None = None) -> tuple[list[Edit], bool]:
    """The records of the newest change set, or of another."""
    change_set = ChangeSet.objects.get(pk=pk) if pk else ChangeSet.objects.latest("pk")
    (summary,) = summaries(read(universe.process), [change_set])
    return edits(universe.process, summary, page, EVERYONE)


def lines(universe: Universe) -> list[str]:
    """Each record in its sentence."""
    return [
        f"{edit.verb} {edit.noun} {edit.name}"
        + "".join(f"; {field.label}: {field.old} → {field.new}" for field in edit.fields)
        + (f": {edit.gist}" if edit.gist else "")
        for edit in opened(universe)[0]
    ]


def test_only_the_fields_that_changed_are_told_in_words(universe: Universe) -> None:
    position = universe.at("belmar", "flow", "ford")
    correct(
        position,
        {"option": None, "value": 30.0, "disputed": True, "confidence": "low"},
        by=universe.coder,
        reason="Misread.",
    )
    assert lines(universe) == [
        "Corrected position Belmar on Summer flow at Ford meeting; Option: 25 a quarter → nothing;"
        " Value: nothing → 30; Confidence: moderate → low; Disputed: no → yes"
    ]


def test_a_person_is_told_by_name(universe: Universe) -> None:
    seen = {"reviewed_by": universe.coder, "reviewed_at": datetime(2032, 1, 2, 10, tzinfo=UTC)}
    correct(universe.at("belmar", "flow", "ford"), seen, by=universe.coder, reason="Read again.")
    assert lines(universe) == [
        "Reviewed position Belmar on Summer flow at Ford meeting; Reviewed by: nothing → coder;"
        " Reviewed at: nothing → 2 January 2032, 10:00 UTC"
    ]


def test_what_is_gone_keeps_its_name(universe: Universe) -> None:
    remove(universe.at("arden", "flow", "weir"), by=universe.coder, reason="Entered twice.")
    removal = ChangeSet.objects.latest("pk")
    words = "“Half, if the data are shared.” (Lenna Commission) for Arden on Summer flow at Weir meeting"
    expected = [
        "position Arden on Summer flow at Weir meeting",
        "linked issue Arden on Summer flow at Weir meeting, linked to Data sharing",
        f"evidence {words}",
    ]
    told = [line.split(": ")[0] for line in lines(universe)]
    assert told == [f"Removed {line}" for line in expected]

    undo(removal, by=universe.coder, reason="It was not.")

    told = [line.split(": ")[0] for line in lines(universe)]
    assert told == [f"Restored {line}" for line in expected]


def test_a_logged_position_leads_to_its_words(universe: Universe) -> None:
    pk = universe.at("belmar", "preamble", "delta").history.get().change_set_id
    first, evidence = opened(universe, pk=pk)[0]
    assert (first.verb, first.name, first.gist) == (
        "Logged",
        "Belmar on Preamble at Delta meeting",
        "A long reading.",
    )
    position = universe.at("belmar", "preamble", "delta").pk
    assert first.address == f"/lenna/issues/preamble/#position-{position}"
    assert evidence.name.startswith("“We have read the preamble. ")
    assert len(evidence.name) < 150


def test_an_option_says_of_which_issue(universe: Universe) -> None:
    option = universe.flow.options.get(value=25)
    correct(option, {"value": 26.0}, by=universe.coder, reason="The codebook changed.")
    assert lines(universe) == ["Corrected option 26 a quarter (Summer flow); Value: 25 → 26"]


def test_a_record_of_another_process_is_not_named(universe: Universe) -> None:
    with recording(by=universe.coder, reason="Set up."):
        other = add(Process(name="Secret", slug="secret"), by=universe.coder, reason="x")
        summit = Summit(process=other, name="Hideaway", slug="hideaway", starts_on=date(2032, 1, 1))
        add(summit, by=universe.coder, reason="x")
    statement = universe.statements["arden-1"]
    correct(statement, {"occasion": summit}, by=universe.coder, reason="It was said there.")
    (line,) = lines(universe)
    assert line.endswith("Occasion: nothing → a record of another process")


def test_many_records_come_in_pages_each_once(universe: Universe) -> None:
    pk = ChangeSet.objects.earliest("pk").pk
    pages, page, more = [], 1, True
    while more:
        shown, more = opened(universe, page, pk=pk)
        pages.append(shown)
        page += 1
    assert {len(page) for page in pages[:-1]} == {RECORDS_A_PAGE}
    told = [(edit.verb, edit.noun, edit.name, str(edit.fields)) for page in pages for edit in page]
    (summary,) = summaries(read(universe.process), [ChangeSet.objects.get(pk=pk)])
    assert len(told) == summary.records
    assert ("Added", "actor", "Arden", "[]") in told
    assert opened(universe, 1000, pk=pk) == ([], False)


@pytest.mark.parametrize("number", [1, 30])
def test_opening_takes_the_same_queries_for_any_number_of_records(
    universe: Universe, number: int, django_assert_num_queries: Any
) -> None:
    with recording(by=universe.coder, reason="Proofreading."):
        for position in list(universe.positions.values())[:number]:
            correct(position, {"note": "Read."}, by=universe.coder, reason="x")
    (summary,) = summaries(read(universe.process), [ChangeSet.objects.latest("pk")])
    # the versions and those before them; positions and the actors, issues, options, summits that name
    # them; the tracks and places of those summits and the process come along
    with django_assert_num_queries(10 if number > 1 else 9):
        assert len(edits(universe.process, summary)[0]) == number
