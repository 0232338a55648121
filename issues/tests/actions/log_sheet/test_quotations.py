"""Several quotations for one cell: each is a statement of its own, and the position rests on all of them."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from issues.models import Person, Signatory, Statement
from issues.queries.log_sheet.quotations import Quotation
from issues.tests.actions.log_sheet.drafting import Desk, at_desk, words_of
from issues.tests.acts import add, remove
from issues.tests.universe import Universe


def quoting(desk: Desk, *quotations: Quotation, **details: Any) -> None:
    """Arden's row with a quotation and these beside it."""
    desk.serve("arden", "record")
    stored = [one.stored for one in quotations]
    desk.write("arden", "flow", "b", **{"quote": "First.", **details, "quotations": stored})


def test_each_quotation_is_a_statement_of_the_position(universe: Universe) -> None:
    desk = at_desk(universe)
    other = universe.sources["gazette"].pk
    quoting(
        desk,
        Quotation("Second.", locator="p. 2", speaker_id=universe.envoy.pk),
        Quotation("Трети.", "ru", "Third.", source_id=other),
    )

    desk.publish()

    said = words_of(desk.position("arden", "flow"))
    assert [(one.quote, one.language, one.locator, one.speaker, one.source.key) for one in said] == [
        ("First.", "en", "", None, "record"),
        ("Second.", "en", "p. 2", universe.envoy, "record"),
        ("Трети.", "ru", "", None, "gazette"),
    ]
    assert said[2].translation == "Third."
    assert {one.organ for one in said} == {universe.arden}
    assert not Signatory.objects.filter(statement__in=said).exists()


def test_what_is_quoted_twice_is_one_statement(universe: Universe) -> None:
    desk = at_desk(universe)
    quoting(desk, Quotation("First."), Quotation("First."))

    desk.publish()

    assert [one.quote for one in words_of(desk.position("arden", "flow"))] == ["First."]


def test_published_again_only_what_differs_is_changed(universe: Universe) -> None:
    desk = at_desk(universe)
    quoting(desk, Quotation("Second."), Quotation("Third."))
    desk.publish()
    before = {one.quote: one.pk for one in words_of(desk.position("arden", "flow"))}
    desk.reopen()

    desk.write("arden", "flow", "b", quotations=[Quotation("Third.").stored, Quotation("Fourth.").stored])
    desk.publish()

    after = {one.quote: one.pk for one in words_of(desk.position("arden", "flow"))}
    assert set(after) == {"First.", "Third.", "Fourth."}
    assert after["Third."] == before["Third."]
    assert not Statement.objects.filter(pk=before["Second."]).exists()


def test_published_again_unchanged_it_says_so(universe: Universe) -> None:
    desk = at_desk(universe)
    quoting(desk, Quotation("Second."))
    desk.publish()
    desk.reopen()
    desk.write("arden", "flow", "c")
    desk.write("arden", "flow", "b")

    with pytest.raises(ValidationError, match="Nothing on this sheet differs"):
        desk.publish()


def test_who_joins_a_statement_signs_its_further_quotations_too(universe: Universe) -> None:
    desk = at_desk(universe)
    quoting(desk, Quotation("Second."))
    desk.join("arden", "cadria")

    desk.publish()

    ours, theirs = (words_of(desk.position(name, "flow")) for name in ("arden", "cadria"))
    assert ours == theirs
    for statement in ours:
        assert {one.actor for one in statement.signatories.all()} == {universe.arden, universe.cadria}


def test_a_speaker_who_was_deleted_since_is_left_out_and_a_lost_source_is_told(
    universe: Universe,
) -> None:
    desk = at_desk(universe)
    quoting(desk, Quotation("Second.", source_id=999_999))

    with pytest.raises(ValidationError) as refused:
        desk.publish()

    assert "evidence" in str(refused.value)
    gone = add(Person(name="Gone", slug="gone"), by=desk.by, reason="Spoke.")
    key = gone.pk
    remove(gone, by=desk.by, reason="Nobody.")
    quoting(desk, Quotation("Second.", speaker_id=key))
    desk.publish()
    assert words_of(desk.position("arden", "flow"))[1].speaker is None
