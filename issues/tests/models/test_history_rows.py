"""The audit history: every change of every record, with author, time, reason and change set."""

import pytest
from django.db import models
from django.utils import timezone

from issues.history import Record, Way, recording
from issues.models import DRAFTS, RECORDS, Issue, Place
from issues.tests.factories import MAKERS, make_issue, make_place, make_position, make_user
from issues.tests.models.refusal import record_models

# An issue names one of its own options, so neither can come first.
CYCLES = {(Issue, "reference_point")}


def test_every_record_is_listed_and_has_a_maker() -> None:
    found = {model for model in record_models() if issubclass(model, Record)}

    assert found == {*RECORDS, *DRAFTS} == MAKERS.keys()
    assert len(RECORDS) == len(set(RECORDS))


@pytest.mark.parametrize("model", RECORDS)
def test_every_history_row_belongs_to_a_change_set(model: type[Record]) -> None:
    change_set = model.history.model._meta.get_field("change_set")

    assert not change_set.null
    assert change_set.remote_field.on_delete is models.PROTECT


@pytest.mark.parametrize("model", RECORDS)
def test_records_are_listed_after_those_that_they_refer_to(model: type[Record]) -> None:
    behind = {
        (model, field.name)
        for field in model._meta.concrete_fields
        if field.related_model in RECORDS
        and field.related_model is not model
        and RECORDS.index(field.related_model) > RECORDS.index(model)
    }

    assert behind <= CYCLES


@pytest.mark.django_db
@pytest.mark.parametrize("model", RECORDS)
def test_creation_change_and_removal_are_in_the_history(model: type[Record]) -> None:
    author, started = make_user(), timezone.now()
    with recording(by=author, reason="found", kind=Way.IMPORT) as creation:
        record = MAKERS[model]()
    pk = record.pk
    with recording(by=author, reason="corrected") as change:
        record.save()
    with recording(by=None, reason="removed", kind=Way.COMMAND) as removal:
        record.delete()

    rows = model.history.filter(id=pk).order_by("history_id")
    assert [
        (row.history_type, row.history_user, row.history_change_reason, row.change_set, row.version)
        for row in rows
    ] == [
        ("+", author, "found", creation.change_set, 1),
        ("~", author, "corrected", change.change_set, 2),
        ("-", None, "removed", removal.change_set, 2),
    ]
    times = [started, *(row.history_date for row in rows), timezone.now()]
    assert times == sorted(times)


@pytest.mark.django_db
def test_a_change_set_has_author_time_and_way() -> None:
    author, started = make_user(), timezone.now()
    with recording(by=author, reason="found", kind=Way.PAGE):
        place = make_place()

    stored = place.history.get().change_set
    assert (stored.user, stored.reason, stored.kind, stored.undone_by) == (author, "found", "page", None)
    assert started <= stored.time <= timezone.now()


@pytest.mark.usefixtures("recorded")
def test_what_goes_with_a_removed_record_is_in_the_history() -> None:
    issue = make_issue()
    option = issue.options.first()
    pk = option.pk

    issue.delete()

    assert [row.history_type for row in type(option).history.filter(id=pk)] == ["-", "+"]


@pytest.mark.usefixtures("recorded")
def test_a_reference_point_goes_only_with_its_issue() -> None:
    issue = make_issue()
    issue.reference_point = issue.options.first()
    issue.save()

    with pytest.raises(models.RestrictedError):
        issue.options.first().delete()
    issue.delete()

    assert not Issue.objects.exists()


@pytest.mark.usefixtures("recorded")
def test_a_history_row_keeps_what_the_record_said() -> None:
    place = make_place(name="Stepanakert")
    place.name = "Khankendi"
    place.save()

    assert [row.name for row in place.history.order_by("history_id")] == ["Stepanakert", "Khankendi"]


@pytest.mark.usefixtures("recorded")
@pytest.mark.parametrize("named", ["issue", "actor", "summit"])
def test_what_a_position_refers_to_cannot_be_removed(named: str) -> None:
    position = make_position()

    with pytest.raises(models.ProtectedError):
        getattr(position, named).delete()


@pytest.mark.usefixtures("recorded")
def test_a_new_record_is_at_version_one() -> None:
    assert Place.objects.get(pk=make_place().pk).version == 1
