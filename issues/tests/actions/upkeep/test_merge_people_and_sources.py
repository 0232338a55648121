"""Merging people and sources, with what they said, where they sat and under which address they are found."""

import pytest
from django.core.exceptions import ValidationError

from issues.actions.take_back.undo_change_set import undo
from issues.history import ChangeSet, recording
from issues.models import Attendance, Source, Statement
from issues.queries.upkeep.merge_plan import plan_merge
from issues.tests.actions.upkeep.merging import everything, into
from issues.tests.factories import (
    make_attendance,
    make_office,
    make_person,
    make_source,
    make_statement,
)
from issues.tests.universe import Universe


def test_people_are_merged_with_what_they_said_and_where_they_sat(universe: Universe) -> None:
    with recording(by=universe.coder, reason="x"):
        twin = make_person(name="Mira Sól", aliases="Sol, Mira")
        make_office(person=twin, actor=universe.ministry, title="Minister of Water")
        make_office(person=twin, actor=universe.ministry, title="Deputy")
        said = make_statement(speaker=twin)
        make_attendance(summit=universe.weir, actor=universe.arden, person=twin)
    before = everything()
    with pytest.raises(ValidationError, match="Minister of Water"):
        into(universe, universe.minister, twin)  # One says since when, the other does not.
    clash = next(clash for clash in plan_merge(universe.minister, [twin]).clashes if clash.may_choose)
    kept = into(universe, universe.minister, twin, stands={clash.key: clash.rows[0].pk})
    assert "Mira Sól" in kept.aliases.splitlines()
    assert Statement.objects.get(pk=said.pk).speaker == kept
    assert sorted(kept.offices.values_list("title", flat=True)) == ["Deputy", "Minister of Water"]
    assert Attendance.objects.filter(person=kept, summit=universe.weir).count() == 1
    undo(ChangeSet.objects.first(), by=universe.coder, reason="They are two.")
    assert everything() == before


def test_sources_are_merged_and_their_addresses_kept(universe: Universe) -> None:
    keeper = universe.sources["gazette"]
    with recording(by=universe.coder, reason="x"):
        twin = make_source(
            url="https://copy.example/x", archive_url="https://archive.example/x", note="Seen."
        )
        said = make_statement(source=twin, ref="only-here")
        report = make_source(cited_via=twin)
    before = everything()
    kept = into(universe, keeper, twin)
    assert Statement.objects.get(pk=said.pk).source == kept
    assert Source.objects.get(pk=report.pk).cited_via == kept
    assert kept.addresses == [keeper.url, "https://copy.example/x"]
    assert f"Also recorded as “{twin}”." in kept.note
    assert "Seen." in kept.note
    undo(ChangeSet.objects.first(), by=universe.coder, reason="They are two.")
    assert everything() == before


def test_an_address_is_taken_over_where_the_keeper_has_none(universe: Universe) -> None:
    with recording(by=universe.coder, reason="x"):
        bare, twin = make_source(), make_source(url="https://copy.example/x", published_on="2031-05-01")
        bare.published_on_precision = twin.published_on_precision = "month"
        twin.save()
    kept = into(universe, Source.objects.get(pk=bare.pk), twin)
    assert (kept.url, str(kept.published_on), kept.published_on_precision) == (
        "https://copy.example/x",
        "2031-05-01",
        "month",
    )


def test_a_source_that_cites_the_other_is_refused(universe: Universe) -> None:
    with recording(by=universe.coder, reason="x"):
        primary = make_source()
        report = make_source(cited_via=primary)
    with pytest.raises(ValidationError, match="is cited via"):
        into(universe, primary, report)
