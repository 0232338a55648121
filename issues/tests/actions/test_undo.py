"""Undoing a change set as one: everything is as it was, or nothing is touched and it is said why."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from issues.actions.correct import correct, remove
from issues.actions.log import add, log_position
from issues.actions.undo import LaterChange, undo
from issues.history import ChangeSet, Way, recording
from issues.models import (
    DRAFTS,
    RECORDS,
    Actor,
    Cell,
    Evidence,
    Issue,
    Option,
    Participation,
    Place,
    Position,
    Statement,
)
from issues.tests.actions.drafting import Desk, another, at_desk
from issues.tests.universe import Universe

MODELS = (*RECORDS, *DRAFTS)


@pytest.fixture
def desk(universe: Universe) -> Desk:
    """The coder at the shared sheet of the spring meeting."""
    return at_desk(universe)


def dump() -> dict[str, list[dict[str, Any]]]:
    """Every row of every record and draft, keys included, versions aside."""
    return {
        model.__name__: list(
            model.objects.order_by("pk").values(
                *(field.attname for field in model._meta.concrete_fields if field.name != "version")
            )
        )
        for model in MODELS
    }


def rows() -> tuple[int, ...]:
    """How many rows the histories and the change sets have."""
    return (ChangeSet.objects.count(), *(model.history.count() for model in MODELS))


def undone(desk: Desk, change_set: ChangeSet) -> ChangeSet:
    """Undo a change set for a reason."""
    return undo(change_set, by=desk.by, reason="Not so.")


def newest() -> ChangeSet:
    """The change set that was made last."""
    return ChangeSet.objects.order_by("pk").last()


def refused(desk: Desk, change_set: ChangeSet) -> LaterChange:
    """What stands in the way, once it is seen that nothing was changed."""
    before = dump(), rows()
    with pytest.raises(LaterChange) as refusal:
        undone(desk, change_set)
    assert (dump(), rows()) == before
    change_set.refresh_from_db()
    assert change_set.undone_by is None
    return refusal.value


def published(desk: Desk) -> ChangeSet:
    """A publication with every kind of cell, a joint statement among them."""
    desk.row("arden", "record", flow="b!", data="r", preamble="t")
    desk.join("arden", "belmar")
    desk.row("cadria", "cadria-press", flow="w", data="-10?", preamble="n")
    return desk.publish()


# A publication.


def test_a_publication_undone_leaves_exactly_the_rows_that_were_there(desk: Desk) -> None:
    before_cells = dump()
    change_set = published(desk)
    after = dump()

    undone(desk, change_set)

    left = dump()
    assert {name for name in after if after[name] != left[name]} == {
        "Statement",
        "Position",
        "Evidence",
        "Sheet",
    }
    for name in ("Statement", "Position", "Evidence"):
        assert left[name] == before_cells[name]


def test_an_undone_publication_leaves_the_sheet_open_with_its_cells(desk: Desk) -> None:
    desk.row("arden", "record", flow="b", data="r")
    sheet, cells = desk.sheet, dump()["Cell"]
    assert sheet.published is None
    before = dump()
    change_set = desk.publish()
    undone(desk, change_set)

    assert dump() == before
    assert dump()["Cell"] == cells
    assert desk.write("arden", "flow", "c") is not None


def test_undoing_is_a_change_set_of_its_own_and_the_undone_one_says_so(desk: Desk) -> None:
    change_set = published(desk)

    undoing = undo(change_set, by=desk.by, reason="Too early.", kind=Way.ADMIN)

    change_set.refresh_from_db()
    assert change_set.undone_by == undoing
    assert (undoing.user, undoing.reason, undoing.kind) == (desk.by, "Too early.", "admin")
    gone = Position.history.filter(change_set=undoing)
    assert {row.history_type for row in gone} == {"-"}
    assert gone.count() == Position.history.filter(change_set=change_set).count()


def test_undoing_needs_a_reason(desk: Desk) -> None:
    change_set = published(desk)
    before = dump(), rows()

    with pytest.raises(ValidationError) as refusal:
        undo(change_set, by=desk.by, reason=" ")

    assert set(refusal.value.message_dict) == {"reason"}
    assert (dump(), rows()) == before


def test_what_was_undone_is_not_undone_twice(desk: Desk) -> None:
    change_set = published(desk)
    undone(desk, change_set)
    before = dump(), rows()

    with pytest.raises(ValidationError, match="undone already"):
        undone(desk, change_set)

    assert (dump(), rows()) == before


def test_undoing_the_undoing_brings_everything_back_under_its_key(desk: Desk) -> None:
    change_set = published(desk)
    after = dump()

    undoing = undone(desk, change_set)
    redoing = undone(desk, undoing)

    assert dump() == after
    assert desk.sheet.published == change_set
    undone(desk, redoing)
    assert not Position.objects.filter(summit=desk.universe.spring).exists()


# What stands in the way.


def corrects(desk: Desk) -> None:
    position = desk.position("arden", "flow")
    correct(position, {"summary": "Less."}, by=another(desk).by, reason="Reread.")


def removes(desk: Desk) -> None:
    remove(desk.position("cadria", "preamble"), by=another(desk).by, reason="Reread.")


def corrects_the_words(desk: Desk) -> None:
    words = Statement.objects.filter(occasion=desk.universe.spring).first()
    correct(words, {"locator": "p. 9"}, by=another(desk).by, reason="Reread.")


def adds_evidence(desk: Desk) -> None:
    evidence = Evidence(
        position=desk.position("arden", "flow"), statement=desk.universe.statements["arden-3"]
    )
    add(evidence, by=another(desk).by, reason="Reread.")


def rests_a_position_on_the_words(desk: Desk) -> None:
    words = Statement.objects.filter(occasion=desk.universe.spring).first()
    evidence = Evidence(position=desk.universe.at("arden", "flow", "weir"), statement=words)
    add(evidence, by=another(desk).by, reason="Reread.")


def replies_to_the_words(desk: Desk) -> None:
    words = Statement.objects.filter(occasion=desk.universe.spring).first()
    reply = Statement(
        source=desk.universe.sources["gazette"], ref="reply", quote="Indeed not.", in_reply_to=words
    )
    add(reply, by=another(desk).by, reason="Reread.")


def reopens(desk: Desk) -> None:
    another(desk).reopen(reason="Reread.")


@pytest.mark.parametrize(
    ("later", "names"),
    [
        (corrects, "position “Arden on Summer flow at Spring meeting”, by omar: Reread."),
        (removes, "position “Cadria on Preamble at Spring meeting”, by omar: Reread."),
        (corrects_the_words, ", by omar: Reread."),
        (adds_evidence, "gazette arden-3 supports Arden on Summer flow at Spring meeting"),
        (rests_a_position_on_the_words, "supports Arden on Summer flow at Weir meeting"),
        (replies_to_the_words, "gazette reply"),
        (reopens, "sheet “Sheet of Spring meeting”, by omar: Reread."),
    ],
)
def test_a_later_change_stands_in_the_way_by_its_name(
    desk: Desk, later: Callable[[Desk], None], names: str
) -> None:
    change_set = published(desk)
    later(desk)

    refusal = refused(desk, change_set)

    assert any(names in record for record in refusal.records)
    assert names in str(refusal)


def test_a_later_change_that_was_undone_stands_in_the_way_until_that_too_is_seen(desk: Desk) -> None:
    # Undoing a correction is another version of the record: the order in which things are undone is theirs.
    change_set = published(desk)
    adds_evidence(desk)
    later = newest()
    refused(desk, change_set)

    undone(desk, later)
    undone(desk, change_set)

    assert not Position.objects.filter(summit=desk.universe.spring).exists()


def test_what_others_typed_on_the_sheet_meanwhile_is_no_later_change_of_it(universe: Universe) -> None:
    desk = at_desk(universe)
    desk.row("arden", "record", flow="b")
    cell = Cell.objects.get()
    typed = cell.history.latest().change_set
    another(desk).write("belmar", "flow", "c")

    undone(desk, typed)

    assert [item.actor for item in Cell.objects.all()] == [universe.belmar]


# Corrections and deletions.


def test_corrections_are_put_back_as_they_were(desk: Desk) -> None:
    world = desk.universe
    before = dump()
    with recording(by=desk.by, reason="A session at the admin."):
        position = world.at("arden", "flow", "weir")
        position = correct(position, {"summary": "Two.", "salience": 5.0}, by=desk.by, reason="x")
        correct(position, {"summary": "Three.", "disputed": True}, by=desk.by, reason="x")
        correct(world.flow.options.get(value=25.0), {"value": 20.0}, by=desk.by, reason="x")
        correct(world.sources["record"], {"title": "Minutes"}, by=desk.by, reason="x")

    undone(desk, newest())

    assert dump() == before


def test_what_is_put_back_counts_its_version_on(desk: Desk) -> None:
    position = desk.universe.at("arden", "flow", "weir")
    correct(position, {"summary": "Two."}, by=desk.by, reason="x")

    undone(desk, newest())

    assert Position.objects.get(pk=position.pk).version == 3


def test_deletions_are_put_back_under_their_key_with_what_hung_on_them(desk: Desk) -> None:
    before = dump()
    with recording(by=desk.by, reason="Tidying up."):
        remove(desk.universe.at("arden", "flow", "aside"), by=desk.by, reason="x")
        remove(desk.universe.outcomes["half"], by=desk.by, reason="x")
        remove(desk.universe.events["bridge"], by=desk.by, reason="x")
    assert dump() != before

    undone(desk, newest())

    assert dump() == before


def test_a_record_made_changed_and_removed_in_one_change_set_leaves_nothing_to_undo(desk: Desk) -> None:
    with recording(by=desk.by, reason="Back and forth."):
        place = add(Place(name="Nowhere"), by=desk.by, reason="x")
        place = correct(place, {"name": "Somewhere"}, by=desk.by, reason="x")
        remove(place, by=desk.by, reason="x")
    change_set = newest()
    before = dump(), rows()

    with pytest.raises(ValidationError, match="nothing to undo"):
        undone(desk, change_set)

    assert (dump(), rows()) == before


# What would break a rule.


def test_a_name_that_another_took_meanwhile_is_refused_in_words(desk: Desk) -> None:
    world = desk.universe
    correct(world.fishers, {"slug": "delta-fishers"}, by=desk.by, reason="Longer.")
    change_set = newest()
    add(Actor(name="Other fishers", slug="fishers", kind="organisation"), by=desk.by, reason="Another.")
    before = dump(), rows()

    with pytest.raises(ValidationError) as refusal:
        undone(desk, change_set)

    assert "Delta Fishers" in " ".join(refusal.value.messages)
    assert (dump(), rows()) == before


def test_what_referred_to_something_removed_meanwhile_is_refused_in_words(desk: Desk) -> None:
    position = desk.universe.at("cadria", "flow", "ford")
    none = position.option
    correct(position, {"option": None, "value": 5.0}, by=desk.by, reason="A little.")
    change_set = newest()
    remove(none, by=desk.by, reason="Nobody wants it.")
    before = dump(), rows()

    with pytest.raises(ValidationError) as refusal:
        undone(desk, change_set)

    assert str(position) in " ".join(refusal.value.messages)
    assert (dump(), rows()) == before


def test_an_option_that_became_the_reference_point_is_not_taken_from_its_issue(desk: Desk) -> None:
    data = desk.universe.data
    option = add(Option(issue=data, value=75.0, label="weekly"), by=desk.by, reason="Finer.")
    change_set = newest()
    correct(data, {"reference_point": option}, by=another(desk).by, reason="It holds now.")

    refusal = refused(desk, change_set)

    assert any("Data sharing" in record for record in refusal.records)
    assert Issue.objects.get(pk=data.pk).reference_point == option


def test_a_participation_with_positions_since_is_not_undone(desk: Desk) -> None:
    world = desk.universe
    add(Participation(process=world.process, actor=world.lower_basin, role="party"), by=desk.by, reason="x")
    change_set = newest()
    log_position(
        issue=world.flow,
        actor=world.lower_basin,
        summit=world.spring,
        statements=[world.statements["report"]],
        by=desk.by,
        reason="x",
    )
    before = dump(), rows()

    with pytest.raises(ValidationError, match="has positions in this process"):
        undone(desk, change_set)

    assert (dump(), rows()) == before


def test_what_has_no_earlier_version_is_not_passed_over_in_silence(desk: Desk) -> None:
    # As a fixture leaves a record whose history nobody wrote.
    place = Place.objects.get(name="Weirhouse")
    Place.history.filter(id=place.pk).delete()
    with recording(by=desk.by, reason="Two names."):
        correct(place, {"name": "Weir"}, by=desk.by, reason="x")
        add(Place(name="Elsewhere"), by=desk.by, reason="x")
    change_set = newest()
    before = dump(), rows()

    with pytest.raises(ValidationError, match="Weir"):
        undone(desk, change_set)

    assert (dump(), rows()) == before


def test_a_change_set_of_thousands_is_undone_as_one(desk: Desk) -> None:
    before = Place.objects.count()
    with recording(by=desk.by, reason="A gazetteer.") as opened:
        places = [Place(name=f"Place {number}") for number in range(1_200)]
        Place.objects.bulk_create(places)
        rows_of = Place.history.model
        rows_of.objects.bulk_create(
            [
                rows_of(
                    id=place.pk,
                    name=place.name,
                    history_date=opened.change_set.time,
                    history_type="+",
                    change_set=opened.change_set,
                )
                for place in Place.objects.filter(name__startswith="Place ")
            ]
        )

    undone(desk, newest())

    assert Place.objects.count() == before


# Sequences.


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_change_sets_undone_one_by_one_in_reverse_lead_back_to_the_start(desk: Desk, depth: int) -> None:
    states, made = [dump()], []
    acts: list[Callable[[], Any]] = [
        lambda: desk.row("arden", "record", flow="b"),
        lambda: desk.publish(),
        lambda: adds_evidence(desk),
        lambda: corrects(desk),
    ]
    for act in acts[:depth]:
        last = newest().pk
        act()
        made += list(ChangeSet.objects.filter(pk__gt=last).order_by("pk"))
        states.append(dump())

    for change_set in reversed(made):
        undone(desk, change_set)
    assert dump() == states[0]

    for change_set in made:
        change_set.refresh_from_db()
        undone(desk, change_set.undone_by)
    assert dump() == states[-1]
