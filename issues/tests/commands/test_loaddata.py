"""What was loaded keeps its past, and loading again takes back no edit in silence."""

from pathlib import Path
from typing import Any

import pytest
from django.core import serializers
from django.core.management import CommandError, call_command
from django.test import Client

from issues.actions.take_back.undo_change_set import undo
from issues.history import ChangeSet, Record, recording
from issues.models import RECORDS, Issue, Place, Position
from issues.tests.acts import correct, remove
from issues.tests.factories import MAKERS
from issues.tests.past import past
from issues.tests.universe import Universe

pytestmark = pytest.mark.django_db


def without_a_past(universe: Universe) -> None:
    """The world as ``loaddata`` would leave it: every record, and no history of any."""
    for model in RECORDS:
        past(model.history.all())._raw_delete("default")


def file_of(folder: Path, *records: Any) -> str:
    """A fixture with these records, by their natural keys."""
    path = folder / "records.json"
    path.write_text(
        serializers.serialize(
            "json", records, use_natural_foreign_keys=True, use_natural_primary_keys=True, indent=1
        )
    )
    return str(path)


def whole(folder: Path) -> str:
    return file_of(folder, *(record for model in RECORDS for record in model.objects.all()))


def load(path: str) -> None:
    call_command("loaddata", path, verbosity=0)


def told(path: str) -> str:
    with pytest.raises(CommandError) as refused:
        load(path)
    return str(refused.value)


def test_the_first_edit_keeps_what_was_found(universe: Universe) -> None:
    without_a_past(universe)
    position = universe.at("arden", "flow", "ford")
    found = position.summary
    correct(position, {"summary": "Otherwise."}, by=universe.coder, reason="Misread.")

    first, edit = position.history.order_by("history_id")
    assert (first.history_type, first.summary, first.version) == ("+", found, 1)
    assert (first.change_set.reason, first.change_set.user) == ("Found as loaded.", None)
    assert (edit.history_type, edit.summary, edit.version) == ("~", "Otherwise.", 2)
    assert first.change_set != edit.change_set
    assert first.history_date < edit.history_date


@pytest.mark.parametrize("model", RECORDS)
def test_every_kind_of_record_keeps_it(model: type[Record]) -> None:
    with recording(by=None, reason="test", kind="command"):
        record = MAKERS[model]()
    past(model.history.all())._raw_delete("default")

    record = model.objects.get(pk=record.pk)
    with recording(by=None, reason="Again.", kind="command"):
        record.save()

    assert list(model.history.filter(id=record.pk).order_by("history_id").values_list("history_type")) == [
        ("+",),
        ("~",),
    ]


def test_the_second_edit_finds_a_past(universe: Universe) -> None:
    without_a_past(universe)
    for summary in ("One.", "Two."):
        position = Position.objects.get(pk=universe.at("arden", "flow", "ford").pk)
        correct(position, {"summary": summary}, by=universe.coder, reason="Again.")

    assert [row.history_type for row in position.history.order_by("history_id")] == ["+", "~", "~"]
    assert ChangeSet.objects.filter(reason="Found as loaded.").count() == 1


def test_undoing_the_first_edit_leads_back_to_what_was_found(universe: Universe) -> None:
    without_a_past(universe)
    position = universe.at("arden", "flow", "ford")
    found = position.summary
    correct(position, {"summary": "Otherwise."}, by=universe.coder, reason="Misread.")

    undo(ChangeSet.objects.get(reason="Misread."), by=universe.coder, reason="It was right.")

    assert Position.objects.get(pk=position.pk).summary == found


def test_what_is_removed_first_of_all_keeps_it(universe: Universe) -> None:
    without_a_past(universe)
    position = universe.at("arden", "flow", "ford")
    remove(position, by=universe.coder, reason="Twice.")

    rows = Position.history.filter(actor=universe.arden, issue=universe.flow, summit=universe.ford)
    assert [row.history_type for row in rows.order_by("history_id")] == ["+", "-"]


def test_its_history_tells_that_it_was_found(universe: Universe, admin_client: Client) -> None:
    without_a_past(universe)
    position = universe.at("arden", "flow", "ford")
    correct(position, {"summary": "Otherwise."}, by=universe.coder, reason="Misread.")

    assert "Found as loaded." in admin_client.get(f"/history/position/{position.pk}/").text


def test_loading_again_stops_and_names_what_was_edited(universe: Universe, tmp_path: Path) -> None:
    path = whole(tmp_path)
    edited: dict[Any, dict[str, Any]] = {
        universe.at("arden", "flow", "ford"): {"summary": "Otherwise."},
        universe.weir: {"summary": "Three days."},
        universe.flow: {"reference_point": universe.flow.options.get(value=0.0)},
    }
    for record, changes in edited.items():
        record.refresh_from_db()
        correct(record, changes, by=universe.coder, reason="Better.")
    past(Place.objects).update(aliases="")

    message = told(path)

    assert "Nothing was loaded" in message
    for name in (
        "issue “Summer flow”",
        "summit “Weir meeting”",
        "position “Arden on Summer flow at Ford meeting”",
    ):
        assert f"  {name}" in message.splitlines()
    assert len(message.splitlines()) == 1 + len(edited)
    for record, changes in edited.items():
        record.refresh_from_db()
        assert {name: getattr(record, name) for name in changes} == changes
    assert set(Place.objects.values_list("aliases", flat=True)) == {""}


def test_many_are_named_in_part_and_counted(universe: Universe, tmp_path: Path) -> None:
    path = whole(tmp_path)
    positions = list(Position.objects.all())[:25]
    for position in positions:
        correct(position, {"note": "Edited."}, by=universe.coder, reason="Better.")

    lines = told(path).splitlines()

    assert len(lines) == 1 + 20 + 1
    assert lines[-1] == f"  and {len(positions) - 20} more"


def test_what_was_removed_since_does_not_come_back_in_silence(universe: Universe, tmp_path: Path) -> None:
    path = whole(tmp_path)
    remove(universe.at("commission", "data", "mill"), by=universe.coder, reason="Twice.")

    assert "position “Commission on Data sharing at Mill meeting” (removed)" in told(path)


def test_where_nothing_was_edited_loading_again_is_as_it_was(universe: Universe, tmp_path: Path) -> None:
    path = whole(tmp_path)
    rows = {model: model.history.count() for model in RECORDS}

    load(path)

    assert {model: model.history.count() for model in RECORDS} == rows
    assert Issue.objects.get(slug="flow").reference_point == universe.flow.options.get(value=75.0)


def test_an_edit_that_says_what_the_fixture_says_is_not_in_the_way(
    universe: Universe, tmp_path: Path
) -> None:
    position = universe.at("arden", "flow", "ford")
    correct(position, {"summary": "Otherwise."}, by=universe.coder, reason="Better.")
    path = whole(tmp_path)

    load(path)

    assert Position.objects.get(pk=position.pk).version == 2


def test_a_fixture_of_today_is_loaded_over_what_nobody_edited(universe: Universe, tmp_path: Path) -> None:
    without_a_past(universe)
    place = Place.objects.get()
    place.aliases = "Vyrhaus\nHaus am Wehr"

    load(file_of(tmp_path, place))

    assert Place.objects.get().aliases == "Vyrhaus\nHaus am Wehr"


def test_a_file_that_does_not_know_the_lasting_id_of_a_process_leaves_it(
    universe: Universe, tmp_path: Path
) -> None:
    without_a_past(universe)
    kept = universe.process.uuid
    path = Path(file_of(tmp_path, universe.process))
    path.write_text(path.read_text().replace(f'"uuid": "{kept}",', ""))

    load(str(path))
    universe.process.refresh_from_db()

    assert universe.process.uuid == kept
