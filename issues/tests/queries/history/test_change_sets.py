"""The audit history by change set: who did what and why, in a sentence; nothing of others or of drafts."""

from typing import Any

import pytest
from django.utils import timezone

from issues.actions.take_back.undo_change_set import undo
from issues.history import ChangeSet, Way, record_as_loaded, recording
from issues.models import RECORDS, Issue, Position, Process, Source
from issues.queries.history.change_sets import CHANGE_SETS_A_PAGE, ChangeSetSummary, page_of, summaries
from issues.queries.history.scope import touching
from issues.queries.reading.process import read
from issues.tests.actions.log_sheet.drafting import at_desk
from issues.tests.acts import add, correct, log_position, remove
from issues.tests.crowd import make_crowd
from issues.tests.universe import Universe
from issues.user import User

pytestmark = pytest.mark.django_db


def sentence(summary: ChangeSetSummary) -> str:
    """What a reader is told, without the marks around names."""
    done = "; ".join(
        f"{item.verb} {', '.join(item.names)}: {item.detail}".strip(": ")
        if item.names
        else f"{item.verb} {item.detail}"
        for item in summary.phrases
    )
    return f"{summary.change_set.who} {done}{summary.stop} {summary.change_set.reason}"


def told(universe: Universe, most: int = 1) -> list[str]:
    """The newest change sets in their sentences."""
    shown, _ = page_of(touching(universe.process))
    return [sentence(item) for item in summaries(read(universe.process), shown[:most])]


def test_what_was_logged_is_told_by_summit_and_kinds(universe: Universe) -> None:
    assert told(universe, 4) == [
        "coder added 6 pieces of evidence, 2 signatories, 3 outcomes, 2 events, 1 issue of an event,"
        " 2 seats at the table: What came of it.",
        "coder logged Delta meeting: 1 new. From the record of the delta meeting.",
        "coder logged Delta meeting: 1 moved. From the record of the delta meeting.",
        "coder logged Delta meeting: 1 silent. From the record of the delta meeting.",
    ]


def test_a_publication_is_one_sentence_and_the_typing_before_it_none(universe: Universe) -> None:
    before = told(universe, 50)
    desk = at_desk(universe)
    desk.row("arden", "record", flow="r", data="+5!")
    desk.row("cadria", "record", flow="d")
    private = at_desk(universe, private=True)
    private.row("belmar", "gazette", flow="a")
    assert told(universe, 50) == before

    desk.publish("Logged in the evening.")

    assert told(universe) == [
        "coder logged Spring meeting: 2 moved, 1 reaffirmed, 1 red line loosened. Logged in the evening."
    ]


def test_a_correction_says_what_kind_of_record_and_why(universe: Universe) -> None:
    position = universe.at("belmar", "flow", "ford")
    correct(position, {"option": None, "value": 30.0}, by=universe.coder, reason="Misread.")
    assert told(universe) == ["coder corrected Belmar on Summer flow at Ford meeting: Misread."]


def test_a_review_is_not_told_as_a_correction(universe: Universe) -> None:
    seen = {"reviewed_by": universe.coder, "reviewed_at": timezone.now()}
    correct(universe.at("belmar", "flow", "ford"), seen, by=universe.coder, reason="Read again.")
    assert told(universe) == ["coder reviewed Belmar on Summer flow at Ford meeting: Read again."]


def test_a_removal_and_its_undoing_are_told(universe: Universe) -> None:
    position = universe.at("arden", "flow", "weir")
    remove(position, by=universe.coder, reason="Entered twice.")
    removal = ChangeSet.objects.latest("pk")
    assert told(universe) == ["coder removed Arden on Summer flow at Weir meeting: Entered twice."]

    undo(removal, by=universe.coder, reason="It was not.")

    assert told(universe) == ["coder undid “Entered twice.”; restored Weir meeting: 1 moved. It was not."]


def test_what_was_logged_and_removed_since_is_told_so(universe: Universe) -> None:
    position = universe.at("belmar", "preamble", "delta")
    remove(position, by=universe.coder, reason="Not said.")
    assert "coder logged Delta meeting: 1 removed since. From the record of the delta meeting." in told(
        universe, 3
    )


def test_edits_of_words_and_structure_have_their_own_verbs(universe: Universe) -> None:
    with recording(by=universe.coder, reason="Proofreading."):
        for record, changes in (
            (universe.statements["arden-1"], {"quote": "Most of the flow stays."}),
            (universe.flow.options.get(value=25), {"label": "one quarter"}),
            (universe.flow, {"name": "Flow"}),
        ):
            correct(record, changes, by=universe.coder, reason="Proofreading.")
    assert told(universe) == ["coder corrected 1 statement, 1 option; edited 1 issue: Proofreading."]


def test_a_load_is_told_by_how_many_records(db: None) -> None:
    process = make_crowd(summits=3, actors=2)
    with recording(by=None, reason="From the archive.", kind=Way.COMMAND):
        for model in RECORDS:
            record_as_loaded(model)
    shown, _ = page_of(touching(process))
    (first, *_) = summaries(read(process), shown)
    assert sentence(first).startswith("A command loaded ")
    assert sentence(first).endswith(" records: From the archive.")


def test_of_another_process_nothing_is_told(universe: Universe) -> None:
    with recording(by=universe.coder, reason="Both at once."):
        other = add(Process(name="Secret", slug="secret"), by=universe.coder, reason="x")
        hidden = Issue(process=other, name="Hidden", slug="hidden", question="?", kind="text")
        add(hidden, by=universe.coder, reason="x")
        correct(universe.flow, {"name": "Flow"}, by=universe.coder, reason="x")
    add(Source(key="x", title="X", publisher="X", kind="news"), by=universe.coder, reason="Cited nowhere.")
    assert told(universe) == ["coder edited 1 issue: Both at once."]
    assert [item.reason for item in touching(other)] == ["Both at once."]


def test_evidence_of_a_position_that_is_gone_still_belongs_to_the_process(universe: Universe) -> None:
    position = universe.at("arden", "flow", "weir")
    statement = universe.statements["arden-2"]
    remove(position, by=universe.coder, reason="Entered twice.")
    correct(statement, {"locator": "p. 9"}, by=universe.coder, reason="Found the page.")
    assert told(universe) == ["coder corrected 1 statement: Found the page."]


def test_pages_go_on_where_the_last_one_ended(universe: Universe) -> None:
    change_sets = touching(universe.process)
    position = Position.objects.get(pk=universe.at("arden", "flow", "ford").pk)
    for number in range(70):
        position = correct(position, {"note": f"{number}"}, by=universe.coder, reason=f"Note {number}.")
    first, more = page_of(change_sets)
    second, _ = page_of(change_sets, before=first[-1])
    assert more
    assert len(first) == CHANGE_SETS_A_PAGE
    assert [item.reason for item in second[:20]] == [f"Note {number}." for number in range(19, -1, -1)]


@pytest.mark.parametrize("number", [1, 60])
def test_a_page_takes_the_same_queries_for_any_number_of_change_sets(
    universe: Universe, number: int, django_assert_num_queries: Any
) -> None:
    position = Position.objects.get(pk=universe.at("arden", "flow", "ford").pk)
    by = User.objects.create_user("amina")
    for turn in range(number):
        position = correct(position, {"note": f"{turn}"}, by=by, reason="Again.")
    reading = read(universe.process)
    with django_assert_num_queries(3):  # the change sets, the figures, the positions
        shown, _ = page_of(touching(universe.process))
        found = summaries(reading, shown)
    assert found[0].change_set.who == "amina"
    assert len(found) == min(CHANGE_SETS_A_PAGE, number + 37)


def test_log_position_and_add_are_one_change_set_inside_a_recording(universe: Universe) -> None:
    with recording(by=universe.coder, reason="Two at once."):
        for actor in (universe.arden, universe.belmar):
            log_position(
                issue=universe.data,
                actor=actor,
                summit=universe.spring,
                statements=[universe.statements["joint"]],
                value=25.0,
                by=universe.coder,
                reason="x",
            )
    assert told(universe) == ["coder logged Spring meeting: 1 moved, 1 reaffirmed. Two at once."]
