"""The record as it was known: what the pages showed at a time, whatever was edited since."""

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from issues.actions.upkeep.merge import merge
from issues.domain.change import ChangeKind
from issues.models import Actor, Evidence, Participation, Position, Source, Statement
from issues.queries.history.merged import keepers
from issues.queries.pages.matrix import Matrix, add_words, matrix
from issues.queries.reading.process import read
from issues.tests.acts import add, correct, log_position, remove
from issues.tests.past import past
from issues.tests.universe import Universe

pytestmark = pytest.mark.django_db


def shown(universe: Universe, known: datetime | None = None) -> Matrix:
    found = matrix(read(universe.process, known), universe.delta)
    add_words(found.rows, known)
    return found


def told(found: Matrix) -> list[Any]:
    """Everything that a reader of the matrix sees of it, as plain values."""
    return [
        (
            cell.actor.slug,
            cell.issue.slug,
            cell.now,
            cell.was,
            cell.red_line,
            [(change.kind, change.delta, change.direction) for change in cell.changes],
            [
                (
                    position.pk,
                    position.placement,
                    position.summary,
                    position.note,
                    [(item.stance, item.statement.quote) for item in position.evidence.all()],
                )
                for position in cell.positions
            ],
        )
        for row in found.rows
        for cell in row.cells
    ]


def test_now_and_as_known_now_are_the_same(universe: Universe) -> None:
    assert told(shown(universe)) == told(shown(universe, timezone.now()))


def test_before_anything_was_recorded_nothing_was_known(universe: Universe) -> None:
    start = Position.history.order_by("history_date").first().history_date
    found = shown(universe, start.replace(year=2000))
    cells = [cell for row in found.rows for cell in row.cells]
    assert cells
    assert all(cell.standing.is_empty for cell in cells)


def test_a_correction_is_not_known_before_it_was_made(universe: Universe) -> None:
    before = timezone.now()
    position = universe.at("belmar", "flow", "ford")
    correct(position, {"option": None, "value": 30.0}, by=universe.coder, reason="Misread.")
    assert (
        read(universe.process, before).whole.history(universe.belmar.pk, universe.flow.pk)[0].entry.placement
        == 25
    )
    assert read(universe.process).whole.history(universe.belmar.pk, universe.flow.pk)[0].entry.placement == 30


def test_an_option_value_is_that_of_the_time(universe: Universe) -> None:
    before = timezone.now()
    option = universe.flow.options.get(value=75)
    correct(option, {"value": 80.0}, by=universe.coder, reason="The codebook changed.")
    old = read(universe.process, before).whole.history(universe.arden.pk, universe.flow.pk)
    new = read(universe.process).whole.history(universe.arden.pk, universe.flow.pk)
    assert (old[0].entry.placement, new[0].entry.placement) == (75, 80)


def test_a_deleted_position_is_still_known_of_the_time_before(universe: Universe) -> None:
    before, was = timezone.now(), told(shown(universe))
    remove(universe.at("arden", "flow", "weir"), by=universe.coder, reason="Entered twice.")
    assert told(shown(universe, before)) == was != told(shown(universe))


def test_removed_evidence_is_still_known_of_the_time_before(universe: Universe) -> None:
    position = Position.objects.get(pk=universe.at("belmar", "flow", "weir").pk)
    disputing = Evidence.objects.filter(position=position, stance="disputes").get()
    before, was = timezone.now(), told(shown(universe))
    remove(disputing, by=universe.coder, reason="It is of another day.")
    assert told(shown(universe, before)) == was


def test_a_corrected_quotation_is_read_as_it_was(universe: Universe) -> None:
    before, was = timezone.now(), told(shown(universe))
    statement = universe.at("arden", "flow", "ford").evidence.first().statement
    correct(statement, {"quote": "Other words."}, by=universe.coder, reason="A slip of the pen.")
    assert told(shown(universe, before)) == was


def test_a_claim_taken_back_later_still_reaffirms_as_of_then(universe: Universe) -> None:
    before = timezone.now()
    statement = universe.at("belmar", "flow", "mill").evidence.first().statement
    correct(statement, {"claimed_as": ""}, by=universe.coder, reason="It did not say so.")
    kinds = [
        reading.whole.history(universe.belmar.pk, universe.flow.pk)[1].kind
        for reading in (read(universe.process, before), read(universe.process))
    ]
    assert kinds == [ChangeKind.REAFFIRMED, ChangeKind.RESTATED]


def test_of_two_versions_at_one_instant_the_last_written_counts(universe: Universe) -> None:
    position = universe.at("arden", "data", "ford")
    correct(position, {"value": 20.0}, by=universe.coder, reason="First.")
    instant = Position.history.filter(id=position.pk).latest().history_date
    position.refresh_from_db()
    correct(position, {"value": 30.0}, by=universe.coder, reason="Second.")
    past(Position.history.filter(id=position.pk, value=30.0)).update(history_date=instant)
    found = read(universe.process, instant).whole.history(universe.arden.pk, universe.data.pk)
    assert found[0].entry.placement == 30


def names_shown(found: Matrix) -> dict[tuple[str, str], list[float | None]]:
    """The placements of all that is stated by each actor on each issue."""
    return {
        (cell.actor.slug, cell.issue.slug): [change.entry.placement for change in cell.changes]
        for row in found.rows
        for cell in row.cells
    }


def twin_of_belmar(universe: Universe) -> Actor:
    """Belmar recorded twice: the twin says something on the treaty at the delta meeting."""
    twin = add(Actor(name="Belmar (court)", slug="court", kind="state"), by=universe.coder, reason="x")
    add(
        Participation(process=universe.process, actor=twin, role="party", order=5),
        by=universe.coder,
        reason="x",
    )
    log_position(
        issue=universe.treaty,
        actor=twin,
        summit=universe.delta,
        value=40.0,
        statements=[universe.statements["doubt"]],
        by=universe.coder,
        reason="As reported.",
    )
    return Actor.objects.get(pk=twin.pk)


def test_a_position_of_an_actor_merged_since_is_shown_under_the_keeper(universe: Universe) -> None:
    twin = twin_of_belmar(universe)
    before = timezone.now()
    assert names_shown(shown(universe, before))["court", "treaty"] == [40.0]

    merge(Actor.objects.get(pk=universe.belmar.pk), [twin], by=universe.coder, reason="One kingdom.")

    then = names_shown(shown(universe, before))
    assert then["belmar", "treaty"] == [40.0]
    assert ("court", "treaty") not in then
    assert names_shown(shown(universe))["belmar", "treaty"] == [40.0]


def test_a_merge_of_a_merge_leads_to_the_last_keeper(universe: Universe) -> None:
    twin = twin_of_belmar(universe)
    third = add(Actor(name="Belmar, once more", slug="third", kind="state"), by=universe.coder, reason="x")
    before = timezone.now()
    merge(third, [twin], by=universe.coder, reason="The same.")
    third.refresh_from_db()
    merge(Actor.objects.get(pk=universe.belmar.pk), [third], by=universe.coder, reason="All one.")
    assert keepers(Actor, [twin.pk, third.pk]) == {twin.pk: universe.belmar.pk, third.pk: universe.belmar.pk}
    assert names_shown(shown(universe, before))["belmar", "treaty"] == [40.0]


def test_a_source_or_person_merged_since_is_read_as_the_keeper(universe: Universe) -> None:
    statement = universe.at("cadria", "flow", "delta").evidence.first().statement
    source = add(
        Source(key="twin", title="The twin", publisher="Gazette", kind="news"), by=universe.coder, reason="x"
    )
    before = timezone.now()
    old = Source.objects.get(pk=statement.source_id)
    merge(source, [old], by=universe.coder, reason="One document.")
    found = shown(universe, before)
    sources = {
        item.statement.source
        for row in found.rows
        for cell in row.cells
        for position in cell.positions
        for item in position.evidence.all()
        if item.statement_id == statement.pk
    }
    assert sources == {source}


def test_a_source_deleted_since_is_read_as_it_was_last(
    universe: Universe, client: Any, settings: Any
) -> None:
    settings.PUBLIC_READ = True
    disputed = universe.at("belmar", "flow", "weir")
    source = add(
        Source(key="gone", title="A leaflet", publisher="Unsigned", kind="news"),
        by=universe.coder,
        reason="x",
    )
    statement = add(Statement(source=source, ref="s1", quote="Never."), by=universe.coder, reason="x")
    evidence = add(
        Evidence(statement=statement, position=disputed, stance="disputes"), by=universe.coder, reason="x"
    )
    before = timezone.now()
    was = told(shown(universe))
    for record in (evidence, statement, source):
        remove(type(record).objects.get(pk=record.pk), by=universe.coder, reason="A forgery.")
    assert told(shown(universe, before)) == was
    page = client.get("/lenna/issues/flow/", {"known": before.isoformat()})
    assert page.status_code == 200
    assert "Unsigned</bdi> (this source was deleted since)" in " ".join(page.content.decode().split())
    assert client.get("/lenna/summits/weir/brief.docx", {"known": before.isoformat()}).status_code == 200
